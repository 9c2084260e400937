"""What inspection and import have to say about a file, for people to read."""

from dataclasses import dataclass
from enum import StrEnum

from dure.kernel.text import Text


class Severity(StrEnum):
    """How much a finding matters to the person who uploads."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a file or a column.

    Attributes:
        code: stable key of the kind of finding.
        text: the remark, naming column and numbers.
        column: header of the column concerned, None for the file.
        rows: the first file rows concerned, counted from 1 with the header, at most ten.
    """

    code: str
    severity: Severity
    text: Text
    column: str | None = None
    rows: tuple[int, ...] = ()


def restored(text: Text) -> Text:
    """A text read back from JSON, texts within it made texts again."""
    params = {
        key: restored(Text(value["source"], value["params"]))
        if isinstance(value, dict) and value.keys() == {"source", "params"}
        else value
        for key, value in text.params.items()
    }
    return Text(text.source, params)


def info(code: str, text: Text, column: str | None = None, rows: tuple[int, ...] = ()) -> Finding:
    """A remark that needs nothing from the reader."""
    return Finding(code, Severity.INFO, text, column, rows[:10])


def warning(
    code: str, text: Text, column: str | None = None, rows: tuple[int, ...] = ()
) -> Finding:
    """A remark the reader should check."""
    return Finding(code, Severity.WARNING, text, column, rows[:10])


def error(code: str, text: Text, column: str | None = None, rows: tuple[int, ...] = ()) -> Finding:
    """A remark about data that cannot be right."""
    return Finding(code, Severity.ERROR, text, column, rows[:10])
