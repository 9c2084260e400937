"""Turns batches of cells into typed columns; a row with a cell that cannot be read is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.batches import Batch, Refusal, cut
from dure.engines.lake.calendar_text import array_of
from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.mapping import ColumnMapping, Mapping, TimeMapping
from dure.engines.lake.numbers import read_numbers
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.times import EARLIEST_MICROS, Instants, TimeLayout, read_times
from dure.kernel.text import Text

Flags = npt.NDArray[np.bool_]
TIME = "_time"
ROW = "_row"
TAG = "_tag"
VALUE = "_value"

_TIME_EMPTY = Text("시각이 비어 있습니다.")
_TIME_UNREADABLE = Text("없는 날짜이거나 시각으로 읽을 수 없습니다.")
_TIME_TOO_EARLY = Text("1990년 이전의 날짜입니다. 시계가 맞지 않은 기록입니다.")
_TIME_AHEAD = Text("아직 오지 않은 날짜입니다.")
# Dates no row can have been measured at; whoever judges the file wants to see them.
IMPOSSIBLE_TIMES = (_TIME_UNREADABLE, _TIME_TOO_EARLY, _TIME_AHEAD)
_TAG_EMPTY = Text("항목 이름이 비어 있습니다.")
_UNREADABLE = Text("숫자로 읽을 수 없습니다.")
_INFINITE = Text("무한대는 측정값이 될 수 없습니다.")


@dataclass(frozen=True, slots=True)
class Converted:
    """Typed rows: an Arrow table with `_row`, `_time` where there is one, and one column per tag.

    `sentinels` counts the cells emptied, by tag.
    """

    table: pa.Table
    refused: list[Refusal]
    sentinels: dict[str, int] = field(default_factory=dict)
    bytes_read: int = 0


@dataclass(slots=True)
class _Faults:
    """The first fault of each row."""

    batch: Batch
    bad: Flags
    found: list[Refusal] = field(default_factory=list)

    def add(self, column: ColumnMapping, flags: Flags, reason: Text) -> None:
        for index in np.flatnonzero(flags & ~self.bad):
            cells = self.batch.cells(int(index))
            value = cells[column.index] if column.index < len(cells) else ""
            row = int(self.batch.rows[index])
            self.found.append(Refusal(row, column.header or column.tag, cut(value), reason, cells))
        self.bad |= flags


class Converter:
    """Converts the batches of one file by its mapping.

    Args:
        latest_micros: instants after this cannot have been measured (UTC).
    """

    def __init__(self, mapping: Mapping, latest_micros: int) -> None:
        self._mapping = mapping
        self._latest = latest_micros
        self._by_index = {column.index: column for column in mapping.columns}

    def numeric(self) -> list[bool]:
        """Which file columns are worth reading straight as numbers."""
        wanted = {c.index for c in self._kept() if c.kind is Kind.NUMBER and not _words(c)}
        return [index in wanted for index in range(self._mapping.file.width)]

    def _kept(self) -> tuple[ColumnMapping, ...]:
        if self._mapping.layout is Layout.WIDE:
            return self._mapping.stored
        return self._mapping.with_role(ColumnRole.VALUE)

    def convert(self, batch: Batch) -> Converted:
        """Typed columns of a batch, the faulty rows apart."""
        faults = _Faults(batch, np.zeros(len(batch.rows), np.bool_))
        arrays: dict[str, Any] = {ROW: pa.array(batch.rows, pa.int64())}
        sentinels: dict[str, int] = {}
        if self._mapping.time:
            arrays[TIME] = self._times(batch, self._mapping.time, faults)
        if self._mapping.layout is Layout.LONG:
            arrays[TAG] = self._tag_names(batch, faults)
        for column in self._kept():
            values, emptied = self._values(batch, column, faults)
            arrays[VALUE if column.role is ColumnRole.VALUE else column.tag] = values
            if emptied:
                sentinels[column.tag] = emptied
        table = pa.table(arrays)
        if faults.bad.any():
            table = table.filter(pa.array(~faults.bad))
        refused = sorted(batch.refused + faults.found, key=lambda refusal: refusal.row)
        return Converted(table, refused, sentinels, batch.bytes_read)

    def _times(self, batch: Batch, time: TimeMapping, faults: _Faults) -> Any:  # noqa: ANN401
        column = self._by_index[time.columns[0]]
        texts = batch.columns[time.columns[0]]
        clock = batch.columns[time.columns[1]] if len(time.columns) == 2 else None
        instants = self._instants(texts, time, clock)
        early = instants.valid & (instants.micros < EARLIEST_MICROS)
        late = instants.valid & (instants.micros > self._latest)
        faults.add(column, np.asarray(texts.is_null()), _TIME_EMPTY)
        faults.add(column, ~instants.valid, _TIME_UNREADABLE)
        faults.add(column, early, _TIME_TOO_EARLY)
        faults.add(column, late, _TIME_AHEAD)
        return pa.array(instants.micros).cast(pa.timestamp("us", tz="UTC"))

    def _instants(self, texts: Any, time: TimeMapping, clock: Any) -> Instants:  # noqa: ANN401
        layout = time.layout
        typed = pa.types.is_timestamp(texts.type)
        if typed != (layout is TimeLayout.TYPED):
            layout = TimeLayout.TYPED if typed else TimeLayout.YEAR_FIRST
        return read_times(texts, layout, time.zone, clock)

    def _tag_names(self, batch: Batch, faults: _Faults) -> Any:  # noqa: ANN401
        columns = self._mapping.with_role(ColumnRole.TAG_NAME)
        for column in columns:
            texts = batch.columns[column.index]
            faults.add(column, np.asarray(texts.is_null()), _TAG_EMPTY)
        names = [
            pc.fill_null(pc.utf8_trim_whitespace(array_of(batch.columns[c.index])), "")
            for c in columns
        ]
        return pc.utf8_normalize(pc.binary_join_element_wise(*names, "."), form="NFC")

    def _values(self, batch: Batch, column: ColumnMapping, faults: _Faults) -> tuple[Any, int]:
        cells = batch.columns[column.index]
        if column.kind is Kind.TEXT:
            return _texts(cells, column)
        numbers = read_numbers(cells, column.unit, _words(column))
        faults.add(column, numbers.unreadable, _UNREADABLE)
        faults.add(column, numbers.infinite, _INFINITE)
        values, emptied = _without_sentinels(numbers.values, _codes(column))
        return values, emptied + numbers.emptied


def _words(column: ColumnMapping) -> tuple[str, ...]:
    return tuple(s for s in column.sentinels if _number(s) is None)


def _codes(column: ColumnMapping) -> list[float]:
    return [number for s in column.sentinels if (number := _number(s)) is not None]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _without_sentinels(values: Any, codes: Sequence[float]) -> tuple[Any, int]:  # noqa: ANN401
    if not codes:
        return values, 0
    hit = pc.fill_null(pc.is_in(values, pa.array(codes, pa.float64())), False)
    emptied = pc.sum(hit).as_py() or 0
    return (
        (pc.if_else(hit, pa.scalar(None, pa.float64()), values), emptied)
        if emptied
        else (values, 0)
    )


def _texts(cells: Any, column: ColumnMapping) -> tuple[Any, int]:  # noqa: ANN401
    if pa.types.is_floating(cells.type):
        cells = _number_texts(cells)
    texts = pc.utf8_normalize(pc.utf8_trim_whitespace(array_of(cells)), form="NFC")
    # The apostrophe with which a spreadsheet, or our own CSV, keeps a text from being run.
    texts = pc.replace_substring_regex(texts, r"^'([=+\-@])", r"\1")
    if not column.sentinels:
        return texts, 0
    hit = pc.fill_null(pc.is_in(texts, pa.array(column.sentinels, pa.string())), False)
    return pc.if_else(hit, pa.scalar(None, pa.string()), texts), pc.sum(hit).as_py() or 0


def _number_texts(values: Any) -> Any:  # noqa: ANN401
    """Numbers as people write them: whole ones without a decimal point."""
    return pa.array([None if v is None else f"{v:.15g}" for v in values.to_pylist()], pa.string())
