"""The data folder as a whole: sources exist, both languages are there, lists are complete."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from dure.kernel.codes import POLICY_ROOT, load_code_list
from dure.policy.checks import MARKS

FILES = sorted(path.relative_to(POLICY_ROOT).as_posix() for path in POLICY_ROOT.rglob("*.yaml"))


def mappings(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from mappings(value)
    elif isinstance(node, list):
        for value in node:
            yield from mappings(value)


def read(name: str) -> Any:
    return yaml.safe_load((POLICY_ROOT / name).read_text(encoding="utf-8"))


SOURCES = {source["id"] for source in read("sources.yaml")["sources"]}


@pytest.mark.parametrize("name", FILES)
def test_cited_sources_exist_and_are_marked(name: str) -> None:
    # Announced figures name an address of their own instead of an entry of the list.
    cited = [m for m in mappings(read(name)) if not str(m.get("source", "http")).startswith("http")]

    assert [m["source"] for m in cited if m["source"] not in SOURCES] == []
    assert [m for m in cited if m.get("mark") not in MARKS] == []


@pytest.mark.parametrize("name", FILES)
def test_words_are_in_both_languages(name: str) -> None:
    words = [m for m in mappings(read(name)) if "ko" in m or "en" in m]

    assert [m for m in words if not m.get("ko") or not m.get("en")] == []
    assert [m["en"] for m in words if re.search("[가-힣]", str(m["en"]))] == []


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("ksic_divisions", 25),
        ("solutions", 22),
        ("after_service_needs", 11),
        ("firm_sizes", 5),
    ],
)
def test_code_lists_are_complete(name: str, size: int) -> None:
    assert len(load_code_list(POLICY_ROOT / "codes" / f"{name}.yaml").codes) == size


def test_changelog_names_each_version() -> None:
    changelog = (POLICY_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    starts = {str(read(name)["from"]) for name in FILES if name.startswith("programmes/")}
    assert {start for start in starts if start not in changelog} == set()
