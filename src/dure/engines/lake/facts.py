"""How a file is written: format, encoding, delimiter, header; and the limits of what is read."""

from dataclasses import dataclass
from enum import StrEnum

MEBIBYTE = 1 << 20
BLOCK_BYTES = 8 * MEBIBYTE
LONGEST_RECORD_BYTES = 4 * MEBIBYTE
SAMPLE_BYTES = 6 * MEBIBYTE
WIDEST_TABLE = 20_000

ENCODINGS = ("utf-8", "cp949", "utf-16-le", "utf-16-be", "cp1252")

EMPTY_WORDS = (
    "",
    "-",
    "--",
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "NaN",
    "nan",
    "NAN",
    "NULL",
    "Null",
    "null",
    "(null)",
    "None",
    "\\N",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NUM!",
    "#NAME?",
)


class Format(StrEnum):
    """Formats the lake reads."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSON = "json"
    JSON_LINES = "jsonl"


class Layout(StrEnum):
    """WIDE has one column per tag; LONG has a column of tag names and one of values."""

    WIDE = "wide"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of how a file is written; None leaves it to be found.

    Attributes:
        encoding: one of `ENCODINGS`.
        delimiter: one character, or empty where a row holds one cell.
        skip_rows, header_rows: rows before the header, and rows of the header (0, 1 or 2).
        sheet: name of the worksheet to read.
    """

    encoding: str | None = None
    delimiter: str | None = None
    skip_rows: int | None = None
    header_rows: int | None = None
    sheet: str | None = None


class Kind(StrEnum):
    """How a column's values are kept."""

    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """How one file is written.

    Attributes:
        format: after decompression.
        compressed: gzip around the whole file.
        encoding: Python codec name; empty for XLSX and Parquet.
        delimiter: one character; empty where a row holds one cell or the format has none.
        sheet: the worksheet read; empty where the format has none.
        skip_rows: rows before the header (title lines, `sep=`).
        header_rows: 0, 1 or 2.
        preface_lines: physical lines before the first data line; more than `skip_rows` plus
            `header_rows` where a header holds line breaks.
        width: cells in a regular row.
        wrapped: each row is enclosed in one pair of quotes.
        spaced: cells are separated by runs of spaces.
        carriage: rows end in a bare carriage return.
    """

    format: Format
    compressed: bool = False
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip_rows: int = 0
    header_rows: int = 1
    preface_lines: int = 1
    width: int = 0
    wrapped: bool = False
    spaced: bool = False
    carriage: bool = False
