"""Documents do not rot: links lead somewhere, commands and settings named there exist."""

import re
from pathlib import Path

import pytest
from tests.architecture.house import ROOT, kept, listing, name_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
MAKE = re.compile(r"`make ([a-z-]+)")
TARGET = re.compile(r"^([a-z-]+):.*##", re.M)
ROOT_PAPERS = (
    "README.md",
    "LICENSE",
    "NOTICE",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
)
PICTURE_BYTES = 300_000
DECISION_LINES = 60


def _papers() -> tuple[Path, ...]:
    return kept(ROOT, ".md")


def _anchor(heading: str) -> str:
    bare = re.sub(r"[^\w\s-]", "", heading.replace("`", "").lower())
    return re.sub(r"\s", "-", bare.strip())


def _is_reachable(link: str, paper: Path) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = link.partition("#")
    target = (paper.parent / path).resolve() if path else paper
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    if not anchor or target.suffix != ".md":
        return True
    headings = HEADING.findall(CODE.sub("", target.read_text(encoding="utf-8")))
    return anchor in {_anchor(found) for found in headings}


@pytest.mark.parametrize("paper", ROOT_PAPERS)
def test_the_papers_of_the_house_exist(paper: str) -> None:
    assert (ROOT / paper).read_text(encoding="utf-8").strip()


def test_every_link_between_papers_leads_somewhere() -> None:
    dead = [
        f"{name_of(paper)}: {link}"
        for paper in _papers()
        for link in LINK.findall(CODE.sub("", paper.read_text(encoding="utf-8")))
        if not _is_reachable(link, paper)
    ]

    assert dead == [], listing(dead)


def test_every_make_verb_a_paper_names_exists() -> None:
    verbs = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    unknown = [
        f"{name_of(paper)}: make {verb}"
        for paper in _papers()
        for verb in MAKE.findall(paper.read_text(encoding="utf-8"))
        if verb not in verbs
    ]

    assert unknown == [], listing(unknown)


def test_decision_records_are_numbered_once_and_short() -> None:
    records = kept(ROOT / "docs" / "decisions", ".md")
    numbered = [record for record in records if record.name[:4].isdigit()]
    numbers = [record.name[:4] for record in numbered]
    wrong = [
        name_of(record)
        for record in numbered
        if record.read_text(encoding="utf-8").count("\n") > DECISION_LINES
    ]

    assert numbers == sorted(set(numbers)), "번호가 겹칩니다"
    assert wrong == [], f"{DECISION_LINES}줄이 넘는 결정 기록:" + listing(wrong)


def test_pictures_stay_small() -> None:
    heavy = [
        name_of(picture)
        for picture in kept(ROOT / "docs", ".png", ".jpg", ".svg", ".webp")
        if picture.stat().st_size > PICTURE_BYTES
    ]

    assert heavy == [], listing(heavy)
