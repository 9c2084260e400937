"""Every setting of an installation is documented, and every documented one exists."""

import re

from tests.architecture.house import ROOT, product_code

VARIABLE = re.compile(r"\bDURE_[A-Z0-9_]+\b")
DOCUMENT = ROOT / "docs" / "operations" / "environment.md"


def test_the_documented_variables_are_the_ones_the_product_reads() -> None:
    read = {name for file in product_code() for name in VARIABLE.findall(file.read_text("utf-8"))}
    documented = set(VARIABLE.findall(DOCUMENT.read_text(encoding="utf-8")))

    assert sorted(read - documented) == [], f"{DOCUMENT.name}에 없는 환경 변수"
    assert sorted(documented - read) == [], f"{DOCUMENT.name}에만 있는 환경 변수"
