"""Turns blocks of delimited text into columns: Arrow where regular, Python where not."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from dure.engines.lake.batches import Batch, Refusal, batch_of_rows, cut, fit_width, ragged
from dure.engines.lake.blocks import Block
from dure.engines.lake.encoding import illegal_byte
from dure.engines.lake.facts import EMPTY_WORDS, LONGEST_RECORD_BYTES, FileFacts
from dure.kernel.text import Text

_MOST_LINES = 50


@dataclass(slots=True)
class _Ragged:
    """Rows Arrow found to have another number of cells."""

    rows: list[tuple[int, str]] = field(default_factory=list)

    def __call__(self, row: Any) -> str:  # noqa: ANN401 - pyarrow ships no types
        self.rows.append((row.number or 0, row.text))
        return "skip"


def parse_block(
    block: Block, facts: FileFacts, codec: str, numeric: Sequence[bool] | None = None
) -> Batch:
    """Columns of one block; columns marked `numeric` come as float64 if every cell allows it."""
    if block.overlong:
        return _overlong(block, facts)
    data = _plain_utf8(block.data, codec, facts)
    if data is not None:
        batch = _quick(data, block, facts, numeric)
        if batch is not None:
            return batch
    return _careful(block, facts, codec)


def _plain_utf8(data: bytes, codec: str, facts: FileFacts) -> bytes | None:
    """The block as UTF-8; None where it holds NUL or is not in the codec.

    UTF-8 is left for Arrow to check, which does so without holding up other threads.
    """
    if b"\0" in data:
        return None
    if codec != "utf-8" and not data.isascii():
        try:
            data = data.decode(codec).encode()
        except UnicodeDecodeError:
            return None
    return _laid_out(data, facts)


def _laid_out(data: bytes, facts: FileFacts) -> bytes:
    if facts.wrapped:
        data = re.sub(rb'(?m)^"|"\r?$', b"", data)
    if facts.spaced:
        data = re.sub(rb"(?m)^ +| +\r?$", b"", re.sub(rb" +", b" ", data))
    return data


def _quick(
    data: bytes, block: Block, facts: FileFacts, numeric: Sequence[bool] | None
) -> Batch | None:
    """Arrow's reading of a regular block; None where it must be read with care."""
    ragged_rows = _Ragged()
    try:
        table = _read(data, facts, numeric, ragged_rows)
    except pa.ArrowInvalid:
        if numeric is None or not any(numeric):
            return None
        return _quick(data, block, facts, None)
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    odd = ragged_rows.rows
    if table.num_rows + len(odd) != lines or (odd and b'"' in data):
        return None
    rows = np.arange(block.first_row, block.first_row + lines)
    refused = []
    for number, text in odd:
        cells = text.rstrip("\r\n").split(facts.delimiter) if facts.delimiter else [text]
        if fit_width(cells, facts.width) is not None or not text.strip():
            return None
        refused.append(ragged(block.first_row + number - 1, cells, facts.width))
    if odd:
        rows = np.delete(rows, [number - 1 for number, _ in odd])
    filled = _filled(table)
    if filled is not None:
        table, rows = table.filter(pa.array(filled)), rows[filled]
    columns = [column.combine_chunks() for column in table.columns]
    lookup = _Lines(data, block.first_row, rows, facts)
    return Batch(rows, columns, lookup, refused, len(block.data))


def _filled(table: pa.Table) -> Any:  # noqa: ANN401
    """Which rows hold anything; None where all do. Spreadsheets end in rows of bare commas."""
    if table.num_rows == 0 or any(column.null_count == 0 for column in table.columns):
        return None
    filled = np.zeros(table.num_rows, np.bool_)
    for column in table.columns:
        filled |= np.asarray(column.is_valid())
    return None if filled.all() else filled


def _read(
    data: bytes, facts: FileFacts, numeric: Sequence[bool] | None, handler: _Ragged
) -> pa.Table:
    names = [str(i) for i in range(facts.width)]
    types = {
        name: pa.float64() if numeric and numeric[i] else pa.string()
        for i, name in enumerate(names)
    }
    return arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, column_names=names, block_size=max(len(data) + 1, 1024)
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=facts.delimiter or "\x1f",
            quote_char='"',
            newlines_in_values=False,
            ignore_empty_lines=False,
            invalid_row_handler=handler,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=types,
            null_values=list(EMPTY_WORDS),
            strings_can_be_null=True,
        ),
    )


@dataclass(slots=True)
class _Lines:
    """Finds a row of a regular block again, as it was written."""

    data: bytes
    first_row: int
    rows: Any
    facts: FileFacts
    lines: list[bytes] = field(default_factory=list)

    def __call__(self, index: int) -> tuple[str, ...]:
        if not self.lines:
            self.lines = self.data.split(b"\n")
        text = self.lines[int(self.rows[index]) - self.first_row].decode().rstrip("\r")
        return tuple(next(csv.reader([text], delimiter=self.facts.delimiter or "\x1f"), ()))


def _overlong(block: Block, facts: FileFacts) -> Batch:
    text = block.data.decode("utf-8", errors="backslashreplace").rstrip("\n")
    reason = Text(
        "한 행이 {limit}바이트를 넘습니다. 줄바꿈이 빠졌거나 따옴표가 닫히지 않았습니다.",
        {"limit": LONGEST_RECORD_BYTES},
    )
    empty = batch_of_rows([], facts.width, len(block.data))
    empty.refused.append(Refusal(block.first_row, "", cut(text), reason, (cut(text),)))
    return empty


def _careful(block: Block, facts: FileFacts, codec: str) -> Batch:
    """Reads line by line, setting aside the lines that cannot be read as text."""
    refused: list[Refusal] = []
    lines = list(_readable_lines(block, facts, codec, refused))
    batch = batch_of_rows(_records(lines, facts), facts.width, len(block.data))
    batch.refused[:0] = refused
    return batch


def _readable_lines(
    block: Block, facts: FileFacts, codec: str, refused: list[Refusal]
) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(block.data.split(b"\n"), block.first_row):
        illegal = illegal_byte(line, codec)
        if illegal or b"\0" in line:
            refused.append(_unreadable(number, line, codec, illegal))
        elif line.strip():
            yield number, _laid_out(line, facts).decode(codec).rstrip("\r").replace("\r", " ")


def _unreadable(number: int, line: bytes, codec: str, illegal: tuple[int, int] | None) -> Refusal:
    shown = line.decode(codec, errors="backslashreplace").replace("\0", "\\x00").rstrip("\r")
    if illegal is None:
        reason = Text("빈 문자(NUL)가 들어 있습니다. 저장이 끊긴 행으로 보입니다.")
    else:
        reason = Text(
            "{position}번째 바이트 0x{byte}: {codec} 글자가 아닙니다.",
            {"position": illegal[0] + 1, "byte": f"{illegal[1]:02X}", "codec": codec.upper()},
        )
    return Refusal(number, "", cut(shown), reason, (cut(shown),))


def _records(lines: list[tuple[int, str]], facts: FileFacts) -> list[tuple[int, list[str]]]:
    """Records of the lines; a quote that is never closed spoils its own line only."""
    csv.field_size_limit(LONGEST_RECORD_BYTES)
    delimiter = facts.delimiter or "\x1f"
    found: list[tuple[int, list[str]]] = []
    at = 0
    while at < len(lines):
        span = _span(lines, at)
        cells = _cells("\n".join(text for _, text in lines[at : at + span]), delimiter)
        if span > 1 and fit_width(cells, facts.width) is None:
            span, cells = 1, lines[at][1].split(delimiter)
        found.append((lines[at][0], cells))
        at += span
    return found


def _span(lines: list[tuple[int, str]], at: int) -> int:
    """How many lines a record takes: up to where its quotes come in pairs."""
    quotes = 0
    for count, (_, text) in enumerate(lines[at : at + _MOST_LINES], 1):
        quotes += text.count('"')
        if quotes % 2 == 0:
            return count
    return 1


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []
    return records[0] if len(records) == 1 else []
