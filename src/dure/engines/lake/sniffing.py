"""Finds how a file is written and what its headers are, before its values are looked at."""

import struct
from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from dure.engines.lake.columnar import open_parquet
from dure.engines.lake.container import Source, open_bytes, recognise
from dure.engines.lake.dialect import (
    NOTHING_TOLD,
    find_dialect,
    locate_table,
    read_records,
    squeeze,
    unwrap,
)
from dure.engines.lake.encoding import find_encoding
from dure.engines.lake.facts import MEBIBYTE, FileFacts, Format, Told
from dure.engines.lake.findings import Finding, info
from dure.engines.lake.headers import Header, make_headers
from dure.engines.lake.json_rows import json_header
from dure.engines.lake.times import DAY_MICROS
from dure.engines.lake.workbook import read_sheet
from dure.kernel.text import Text

_HEAD_BYTES = 8 * MEBIBYTE
_SNIFFED_BYTES = MEBIBYTE
_WINDOWS = 24
_WINDOW_BYTES = 64 * 1024
_PROBED_ROWS = 400


@dataclass(frozen=True, slots=True)
class Sniffed:
    """How a file is written.

    Attributes:
        content_bytes: size after decompression, as far as the file tells.
        latest_micros: a day after the file was last written; nothing in it was measured later.
    """

    name: str
    facts: FileFacts
    headers: list[Header]
    findings: list[Finding]
    size_bytes: int
    content_bytes: int
    latest_micros: int


def latest_of(path: Path) -> int:
    """Microseconds UTC a day after the file was written: no row can be from later than that."""
    return path.stat().st_mtime_ns // 1_000 + DAY_MICROS


def sniff(path: Path, name: str, told: Told = NOTHING_TOLD) -> Sniffed:
    """Recognises the file and reads its headers; what a person told is taken as it is.

    Raises:
        UnreadableFileError: not a table; the message says what to do.
    """
    source = recognise(path, name)
    if source.format is Format.XLSX:
        facts, headers, findings = _sheet(source, told)
    elif source.format is Format.PARQUET:
        facts, headers, findings = _parquet(source)
    elif source.format is Format.CSV:
        facts, headers, findings = _delimited(source, told)
    else:
        facts, headers, findings = _json(source)
    content = content_bytes(path, compressed=source.compressed)
    return Sniffed(name, facts, headers, findings, source.size_bytes, content, latest_of(path))


def content_bytes(path: Path, *, compressed: bool) -> int:
    """Size of the content; gzip tells it modulo 4 GiB."""
    size = path.stat().st_size
    if not compressed:
        return size
    with path.open("rb") as raw:
        raw.seek(-4, 2)
        told = int(struct.unpack("<I", raw.read(4))[0])
    return max(told, size)


def _parquet(source: Source) -> tuple[FileFacts, list[Header], list[Finding]]:
    with open_parquet(source.path, source.name, compressed=source.compressed) as file:
        names = list(file.schema_arrow.names)
    headers, findings = make_headers([names], len(names))
    facts = FileFacts(Format.PARQUET, source.compressed, header_rows=0, preface_lines=0)
    return replace(facts, width=len(names)), headers, findings


def _json(source: Source) -> tuple[FileFacts, list[Header], list[Finding]]:
    bom = source.head.startswith(b"\xef\xbb\xbf")
    facts = FileFacts(
        source.format,
        source.compressed,
        encoding="utf-8-sig" if bom else "utf-8",
        header_rows=0,
        preface_lines=0,
    )
    keys = json_header(source.path, source.name, facts)
    headers, findings = make_headers([keys], len(keys))
    raw = [replace(header, header=key) for header, key in zip(headers, keys, strict=True)]
    return replace(facts, width=len(keys)), raw, findings


def _sheet(source: Source, told: Told) -> tuple[FileFacts, list[Header], list[Finding]]:
    sheet, cells, _ = read_sheet(source.path, source.name, told.sheet or "")
    rows = [_trimmed(row) for row in islice(cells, _PROBED_ROWS)]
    wide = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (wide - len(row)) for row in rows]
    skip, header, width = locate_table(rows, source.name, told=told)
    headers, findings = make_headers(rows[skip : skip + header], width)
    facts = FileFacts(Format.XLSX, source.compressed, sheet=sheet, skip_rows=skip)
    return (
        replace(facts, header_rows=header, preface_lines=skip + header, width=width),
        headers,
        _preface_findings(facts, rows[0]) + findings,
    )


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _delimited(source: Source, told: Told) -> tuple[FileFacts, list[Header], list[Finding]]:
    head, windows = _read_windows(source)
    encoding = _told_encoding(head, told) or find_encoding(head, windows, source.name)
    text = head[:_SNIFFED_BYTES].decode(encoding, errors="replace").removeprefix("\ufeff")
    carriage = "\n" not in text and "\r" in text
    text = text.replace("\r", "\n") if carriage else text
    if len(head) > _SNIFFED_BYTES and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    dialect = find_dialect(text, source.name, told)
    facts = FileFacts(
        Format.CSV,
        source.compressed,
        encoding=encoding,
        delimiter=dialect.delimiter,
        skip_rows=dialect.skip_rows,
        header_rows=dialect.header_rows,
        preface_lines=dialect.preface_lines,
        width=dialect.width,
        wrapped=dialect.wrapped,
        spaced=dialect.spaced,
        carriage=carriage,
    )
    body = unwrap(text) if facts.wrapped else text
    records = read_records(
        squeeze(body) if facts.spaced else body,
        facts.delimiter,
        facts.skip_rows + facts.header_rows + 1,
    )
    rows = [cells for cells, _ in records]
    names = rows[facts.skip_rows : facts.skip_rows + facts.header_rows]
    headers, findings = make_headers(names, facts.width)
    return facts, headers, _preface_findings(facts, rows[0]) + findings


def _told_encoding(head: bytes, told: Told) -> str:
    marked = told.encoding == "utf-8" and head.startswith(BOM_UTF8)
    return "utf-8-sig" if marked else told.encoding or ""


def _read_windows(source: Source) -> tuple[bytes, list[bytes]]:
    """The start of the text, and whole lines from places all over a larger file."""
    with open_bytes(source.path, source.name, compressed=source.compressed) as stream:
        head = stream.read(_HEAD_BYTES)
        if source.compressed or len(head) < _HEAD_BYTES:
            return head, []
        windows = []
        for place in range(1, _WINDOWS + 1):
            stream.seek(len(head) + (source.size_bytes - len(head)) * place // (_WINDOWS + 1))
            lines = stream.read(_WINDOW_BYTES).split(b"\n")
            windows.append(b"\n".join(lines[1:-1]))
        return head[: head.rfind(b"\n") + 1] or head, windows


def _preface_findings(facts: FileFacts, first: list[str]) -> list[Finding]:
    found = []
    if facts.encoding == "cp949":
        found.append(info("encoding_cp949", Text("글자 인코딩: CP949(한글 윈도우).")))
    if facts.header_rows == 0:
        found.append(info("no_header", Text("열 이름 행이 없어 column_1, column_2 … 로 부릅니다.")))
    if facts.skip_rows:
        shown = " ".join(cell for cell in first if cell)[:80]
        found.append(
            info(
                "preface_skipped",
                Text(
                    "표 위의 {count}행을 건너뜁니다: {shown}",
                    {"count": facts.skip_rows, "shown": shown},
                ),
            )
        )
    return found
