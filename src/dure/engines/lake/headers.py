"""Turns the header cells of a factory file into tags, names and units."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dure.engines.lake.findings import Finding, info, warning
from dure.engines.lake.units import SUFFIX_UNITS, UNITS
from dure.kernel.text import Text

_BRACKETED = re.compile(r"^(?P<name>.*?)\s*[\[({<](?P<unit>[^\[\](){}<>]{1,16})[\])}>]\s*$")
_SUFFIX = re.compile(r"^(?P<name>.+?)[_ ](?P<unit>[^_ ]+)$")
_NOT_TAG = re.compile(r"[^\w.%+-]+")


@dataclass(frozen=True, slots=True)
class Header:
    """One column's header: as written (NFC), its unique tag, its name and unit apart."""

    header: str
    tag: str
    name: str
    unit: str


def clean(cell: str) -> str:
    """NFC, single spaces, no byte-order mark or control characters."""
    text = unicodedata.normalize("NFC", cell).replace("\ufeff", "")
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(kept.split())


def split_unit(header: str) -> tuple[str, str]:
    """Name and unit of a header; the unit is empty where none is written.

    >>> split_unit("Air temperature [K]"), split_unit("Usage_kWh"), split_unit("Press time(ms)")
    (('Air temperature', 'K'), ('Usage', 'kWh'), ('Press time', 'ms'))
    """
    bracketed = _BRACKETED.match(header)
    if bracketed and bracketed["name"] and is_unit(bracketed["unit"]):
        return bracketed["name"].strip(" _"), bracketed["unit"].strip()
    suffix = _SUFFIX.match(header)
    if suffix and suffix["unit"] in SUFFIX_UNITS:
        return suffix["name"].strip(" _"), suffix["unit"]
    return header, ""


def is_unit(text: str) -> bool:
    """Whether a word is a unit of measurement as factories write them."""
    word = unicodedata.normalize("NFC", text).strip()
    return word in UNITS


def make_headers(rows: Sequence[Sequence[str]], width: int) -> tuple[list[Header], list[Finding]]:
    """Headers of a table from its 0, 1 or 2 header rows; every tag is unique."""
    columns = [[clean(row[i]) if i < len(row) else "" for row in rows] for i in range(width)]
    if len(rows) == 2:
        _spread_merged(columns)
    findings: list[Finding] = []
    taken: set[str] = set()
    headers = []
    for index, cells in enumerate(columns):
        header = _header(cells, index)
        tag = _unique(header.tag, taken)
        if rows and not any(cells):
            findings.append(_unnamed(index, tag))
        elif tag != header.tag:
            findings.append(_duplicate(header, tag))
        taken.add(tag.casefold())
        headers.append(Header(header.header, tag, header.name, header.unit))
    return headers, findings


def _spread_merged(columns: list[list[str]]) -> None:
    """A merged cell is written once; its followers get it where their second row has a name."""
    above = ""
    for cells in columns:
        if not cells[0] and cells[1] and above:
            cells[0] = above
        above = cells[0]


def _header(cells: list[str], index: int) -> Header:
    words = list(dict.fromkeys(cell for cell in cells if cell))
    if not words:
        tag = f"column_{index + 1}"
        return Header("", tag, tag, "")
    if len(words) == 2 and is_unit(words[1].strip("[](){}<> ")):
        return Header(" ".join(words), make_tag(words[0]), words[0], words[1].strip("[](){}<> "))
    whole = " ".join(words)
    name, unit = split_unit(words[0])
    if len(words) == 1:
        return Header(whole, make_tag(name), name, unit)
    second, second_unit = split_unit(words[1])
    if second.isascii() and not name.isascii():
        return Header(whole, make_tag(second), name, unit or second_unit)
    return Header(whole, make_tag(f"{name} {second}"), f"{name} {second}", second_unit or unit)


def make_tag(name: str) -> str:
    """An identifier without spaces; letters of any script stay."""
    tag = _NOT_TAG.sub("_", clean(name)).strip("_")
    return tag[:120] or "column"


def _unique(tag: str, taken: set[str]) -> str:
    # Compared without case: two columns that differ only in case collide in most query engines.
    candidate, number = tag, 2
    while candidate.casefold() in taken:
        candidate, number = f"{tag}_{number}", number + 1
    return candidate


def _unnamed(index: int, tag: str) -> Finding:
    return info(
        "unnamed_column",
        Text(
            "{column}번째 열에 이름이 없어 {tag}(으)로 부릅니다.", {"column": index + 1, "tag": tag}
        ),
        tag,
    )


def _duplicate(header: Header, tag: str) -> Finding:
    return warning(
        "duplicate_header",
        Text(
            "같은 이름의 열이 또 있습니다: {header}. 이 열은 {tag}(으)로 부릅니다.",
            {"header": header.header, "tag": tag},
        ),
        header.header,
    )
