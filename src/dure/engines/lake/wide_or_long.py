"""Tells a long table (time, tag name, value) from a wide one (time and a column per tag)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.facts import Kind
from dure.engines.lake.time_columns import TimeProposal

_TAG_NAME = re.compile(
    r"^(tag|tag.?name|tag.?id|sensor|sensor.?name|sensor.?id|variable|parameter|param|item|item.?name"
    r"|metric|measure|name|point|태그|태그명|항목|항목명|측정항목|센서|센서명|변수|변수명|데이터명)$",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"^(value|val|data|reading|measurement|값|측정값|데이터|수치|계측값|tag.?value)$", re.IGNORECASE
)
_MOST_COLUMNS = 8


class _Column(Protocol):
    @property
    def index(self) -> int: ...
    @property
    def header(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def distinct(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LongTable:
    """Indices of the columns that name the tag, and of the value."""

    tag_names: tuple[int, ...]
    value: int


def find_long(
    columns: Sequence[_Column], cells: Sequence[pa.Array], time: TimeProposal | None
) -> LongTable | None:
    """The long layout of a table; None where it is wide.

    Asks for a column named like a tag name whose words come again, and a numeric column named
    like a value; guessing from the shape alone would tear wide tables apart.
    """
    if time is None or len(columns) > _MOST_COLUMNS:
        return None
    free = [c for c in columns if c.index not in time.columns]
    names = [c for c in free if _TAG_NAME.match(c.header) and c.kind is Kind.TEXT]
    values = [c for c in free if _VALUE.match(c.header) and c.kind is Kind.NUMBER]
    if len(names) != 1 or len(values) != 1:
        return None
    filled = len(cells[names[0].index]) - cells[names[0].index].null_count
    repeated = filled >= 2 * int(pc.count_distinct(cells[names[0].index]).as_py())
    return LongTable((names[0].index,), values[0].index) if repeated else None
