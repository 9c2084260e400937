"""Finds how a text table is laid out: delimiter, title lines, header rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import EMPTY_WORDS, LONGEST_RECORD_BYTES, WIDEST_TABLE, Told
from dure.engines.lake.headers import is_unit
from dure.kernel.text import Text

_DELIMITERS = (",", "\t", ";", "|")
_SEPARATOR_LINE = re.compile(r"^\"?sep=(.)\"?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?\.?\d*([eE][+-]?\d+)?\s*%?$")
_DATE = re.compile(r"^\d{1,4}\s*[-/.년]\s*\d{1,2}\s*[-/.월]\s*\d{1,4}|^\d{1,2}:\d{2}")
_PROBED_LINES = 400
_LONGEST_NAME = 80
_EMPTY = frozenset(EMPTY_WORDS)
NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the sample is laid out; see `FileFacts` for the attributes."""

    delimiter: str
    skip_rows: int
    header_rows: int
    preface_lines: int
    width: int
    wrapped: bool = False
    spaced: bool = False


def find_dialect(text: str, name: str, told: Told = NOTHING_TOLD) -> Dialect:
    """Layout of the start of a text file; what a person told is taken as it is.

    Raises:
        UnreadableFileError: no table in it, or a line or table beyond all limits.
    """
    lines = text.split("\n", _PROBED_LINES)[:_PROBED_LINES]
    if len(lines[0]) >= LONGEST_RECORD_BYTES // 4:
        raise _too_long(name)
    written, wrapped = _written_delimiter(lines[0]), _is_wrapped(lines)
    body = unwrap(text) if wrapped else text
    if told.delimiter is not None:
        delimiter, spaced = told.delimiter, told.delimiter == " "
    else:
        delimiter, spaced = (written, False) if written else _delimiter(body, wrapped=wrapped)
    records = read_records(squeeze(body) if spaced else body, delimiter, _PROBED_LINES)
    rows = [cells for cells, _ in records]
    skip, header, width = locate_table(rows, name, 1 if written else 0, told)
    cells = [cells for cells, _ in records[skip:]]
    prose = len(records) == 1 and any(len(cell) > _LONGEST_NAME for cell in cells[0])
    if prose or (delimiter == "" and not _holds_numbers(cells)):
        raise no_table(name)
    used = [line for _, line in records[: skip + header]]
    return Dialect(delimiter, skip, header, used[-1] if used else 0, width, wrapped, spaced)


def locate_table(
    rows: Sequence[Sequence[str]], name: str, skip: int = 0, told: Told = NOTHING_TOLD
) -> tuple[int, int, int]:
    """Title rows to skip, header rows after them, and cells in a regular row.

    Raises:
        UnreadableFileError: no row at all, or more columns than any table of measurements has.
    """
    skip = skip if told.skip_rows is None else told.skip_rows
    width = _width(rows[skip:])
    if width == 0:
        raise no_table(name)
    if width > WIDEST_TABLE:
        raise _too_wide(name, width)
    while told.skip_rows is None and skip < len(rows) - 1 and not _spans(rows[skip], width):
        skip += 1
    filled = [cells for cells in rows[skip:] if any(cell.strip() for cell in cells)]
    header = count_header_rows(filled) if told.header_rows is None else told.header_rows
    return skip, header, width


def read_records(text: str, delimiter: str, limit: int) -> list[tuple[list[str], int]]:
    """Records of a text, each with the number of physical lines up to its end."""
    csv.field_size_limit(LONGEST_RECORD_BYTES)
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter or "\x1f"
    )
    records: list[tuple[list[str], int]] = []
    try:
        for cells in reader:
            records.append((cells, reader.line_num))
            if len(records) >= limit:
                break
    except csv.Error:
        return records
    return records


def unwrap(text: str) -> str:
    """Takes off the pair of quotes around each whole row."""
    return re.sub(r'(?m)^"|"\r?$', "", text)


def squeeze(text: str) -> str:
    """Runs of spaces as one, none at the ends of lines."""
    return re.sub(r"(?m)^ +| +\r?$", "", re.sub(r" +", " ", text))


def _written_delimiter(first: str) -> str:
    written = _SEPARATOR_LINE.match(first.lstrip("\ufeff"))
    return written[1] if written else ""


def _is_wrapped(lines: Sequence[str]) -> bool:
    whole = [line.rstrip("\r") for line in lines if line.strip()][:-1]
    return (
        bool(whole)
        and all(
            len(line) > 2 and line[0] == line[-1] == '"' and line.count('"') == 2 for line in whole
        )
        and any(d in whole[0] for d in (*_DELIMITERS, " "))
    )


def _delimiter(body: str, *, wrapped: bool) -> tuple[str, bool]:
    """The character that splits most lines into the same number of cells."""
    scores = []
    for delimiter in _DELIMITERS:
        records = [c for c, _ in read_records(body, delimiter, _PROBED_LINES)]
        scores.append((_evenness(records), delimiter))
    best, delimiter = max(scores, key=lambda s: s[0])
    if best > 1:
        return delimiter, False
    spaced = [c for c, _ in read_records(squeeze(body), " ", _PROBED_LINES)]
    numeric = [c for cells in spaced for c in cells]
    mostly = sum(is_number(c) for c in numeric) > 0.8 * max(1, len(numeric))
    if _evenness(spaced) > 1 and (mostly or wrapped):
        return " ", True
    return "", False


def _evenness(records: Sequence[Sequence[str]]) -> float:
    """Cells per row, discounted by how many rows differ; at most 1 where nothing is split."""
    counts = Counter(len(cells) for cells in records if cells)
    if not counts:
        return 0.0
    width, rows = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    share = rows / counts.total()
    return min(width, 50) * share**2 if width > 1 and share >= 0.3 else 1.0


def _width(rows: Sequence[Sequence[str]]) -> int:
    counts = Counter(len(cells) for cells in rows if cells)
    if not counts:
        return 0
    most = max(counts.values())
    return max(width for width, rows in counts.items() if rows == most)


def _spans(cells: Sequence[str], width: int) -> bool:
    """Whether a row reaches over the table, as title lines do not."""
    if len(cells) != width:
        return False
    return width < 3 or sum(bool(c.strip()) for c in cells) > 1


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """0, 1 or 2 rows of names above the data."""
    if not rows:
        return 0
    if _is_names(rows[0], rows[1:]) is False:
        return 0
    if len(rows) > 2 and _is_second_header(rows[0], rows[1], rows[2:]):
        return 2
    return 1


def _is_names(row: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    values = [cell for cell in filled if is_value(cell)]
    if not values:
        return bool(filled) and not _recurs(row, rest)
    if _counts_up(filled) and rest:
        return True
    # Numbers among names (a year, sensors called 1, 2, 3) do not make a row of names data.
    named_over_numbers = any(
        bool(cell.strip()) and not is_value(cell) and _mostly_values(rest, i)
        for i, cell in enumerate(row)
    )
    plain = all(cell.isdecimal() for cell in values) and len(set(values)) == len(values)
    return named_over_numbers and plain


def _recurs(row: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether an all-text first row is data: its words come again below in their columns."""
    if not rest or any(_mostly_values(rest, i) for i in range(len(row))):
        return False
    again = sum(
        any(i < len(other) and other[i] == cell for other in rest) for i, cell in enumerate(row)
    )
    return again > 0.5 * len(row)


def _counts_up(cells: Sequence[str]) -> bool:
    if len(cells) < 3 or not all(cell.isdecimal() for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    return numbers[0] == 0 and all(b - a == 1 for a, b in pairwise(numbers))


def _is_second_header(
    first: Sequence[str], second: Sequence[str], rest: Sequence[Sequence[str]]
) -> bool:
    if any(is_value(cell) for cell in second if cell.strip()):
        return False
    named = [i for i, cell in enumerate(second) if cell.strip() and cell.strip() not in _EMPTY]
    if not named:
        return False
    if all(is_unit(second[i].strip("[](){} ")) for i in named):
        return True
    measured = [i for i in range(min(len(first), len(second))) if _mostly_values(rest, i)]
    return bool(measured) and all(i in named for i in measured)


def _mostly_values(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column].strip() for row in rows if column < len(row)]
    filled = [cell for cell in cells if cell not in _EMPTY]
    return bool(filled) and sum(is_value(cell) for cell in filled) > 0.5 * len(filled)


def _holds_numbers(rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[0].strip() for row in rows if row]
    return sum(is_number(cell) for cell in cells) >= max(1, 0.5 * len(cells))


def is_number(cell: str) -> bool:
    """A number as factories write it, thousands commas and percent sign allowed."""
    text = cell.strip()
    return bool(text) and any(c.isdigit() for c in text) and bool(_NUMBER.match(text))


def is_value(cell: str) -> bool:
    """A number, a date or a time of day: something no header would be."""
    text = cell.strip()
    return is_number(text) or bool(_DATE.match(text)) or text.lower() in ("nan", "inf", "-inf")


def _too_long(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Text(
            "{name}: 첫 줄이 {limit}자를 넘습니다. 줄바꿈이 없는 파일로 보입니다.",
            {"name": name, "limit": LONGEST_RECORD_BYTES // 4},
        ),
        Text("행마다 줄을 바꾸어 CSV로 다시 내보내 주세요."),
    )


def _too_wide(name: str, width: int) -> UnreadableFileError:
    return UnreadableFileError(
        Text(
            "{name}: 열이 {width}개입니다. {limit}개까지 읽습니다.",
            {"name": name, "width": width, "limit": WIDEST_TABLE},
        ),
        Text("행과 열이 바뀌지 않았는지 확인하고, 설비별로 나누어 올려 주세요."),
    )


def no_table(name: str) -> UnreadableFileError:
    """The content is no table."""
    return UnreadableFileError(
        Text("{name}: 표를 찾지 못했습니다. 글로 된 문서로 보입니다.", {"name": name}),
        Text("한 행에 한 번의 측정이 있는 CSV나 XLSX로 내보내 주세요."),
    )
