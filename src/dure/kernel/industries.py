"""KSIC: which division a trade code belongs to, and whether it is manufacturing (section C)."""

import re

from dure.kernel.codes import POLICY_ROOT, Code, CodeList, CodeListError, load_code_list
from dure.kernel.text import Text

_CODE = re.compile(r"([A-Za-z]?)(\d{2,5})")


def _list() -> CodeList:
    return load_code_list(POLICY_ROOT / "codes" / "ksic_divisions.yaml")


def divisions() -> tuple[Code, ...]:
    """The 25 manufacturing divisions, 10 to 34, in order."""
    return _list().codes


def division_key(code: str) -> str | None:
    """The two digits of the division, or None where the text is no trade code.

    >>> division_key("C22232"), division_key("56111"), division_key("?")
    ('22', '56', None)
    """
    match = _CODE.fullmatch(code.strip())
    return match.group(2)[:2] if match else None


def division_of(code: str) -> Code:
    """The manufacturing division of `C22232`, `22232`, `C22` or `22`.

    Raises:
        CodeListError: not a code of manufacturing.
    """
    if not is_manufacturing(code):
        raise CodeListError(
            Text("제조업 업종코드가 아닙니다: {code}", {"code": code}),
            Text("한국표준산업분류의 제조업(C) 코드를 입력해 주세요. 예: C22232"),
        )
    return _list().get(division_key(code) or "")


def is_manufacturing(code: str) -> bool:
    """Whether the code is in section C; a stated section letter must agree."""
    match = _CODE.fullmatch(code.strip())
    if not match or match.group(1).upper() not in ("", "C"):
        return False
    return _list().find(match.group(2)[:2]) is not None
