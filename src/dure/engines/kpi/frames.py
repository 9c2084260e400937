"""A site's tables as the measurement sees them: times whole, values in sampled windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.row_hash import RowHash
from dure.engines.lake.series import ColumnRole, Series, SeriesInfo, SiteData, TextSeries

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

# Above this many rows values are looked at in windows; every statistic here is settled by less.
SAMPLE_ROWS = 200_000
SAMPLE_WINDOWS = 8
# A row number may start again at a new shift or mould; a reading never climbs like this.
STEADY_SHARE = 0.98
_LARGEST = 1e100
_NUMERIC_ROLES = frozenset({ColumnRole.READING, ColumnRole.COUNT, ColumnRole.VALUE})
_TEXT_ROLES = frozenset({ColumnRole.LABEL, ColumnRole.LOT})


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open row range of the times a measurement looks at, microseconds since 1970 UTC."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A numeric series: values of the sampled rows, counts of all rows.

    Attributes:
        values: sampled values in file order, NaN where empty, shape (sampled rows,).
        filled: rows with a value, of all rows.
        distinct: different values among the sampled ones.
        steady_step: nearly all successive values differ by the same amount (a row number).
    """

    info: SeriesInfo
    values: Floats
    filled: int
    distinct: int
    steady_step: bool


@dataclass(frozen=True, slots=True)
class WordColumn:
    """A label or lot series: codes of all rows, -1 where empty."""

    info: SeriesInfo
    codes: npt.NDArray[np.int32]
    words: tuple[str, ...]
    distinct: int
    filled: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One table of a site.

    Attributes:
        times: of all rows, microseconds since 1970 UTC; empty where the table has no time.
        row_numbers: row of the table, from 1, of each row looked at; header and refused rows are
            not counted; shape (rows,).
        sampled: rows whose values were read, ascending indices into the rows looked at.
        hashes: one 64-bit hash per row over its varying numeric values; empty where there
            are none.
        hashed: ids of the series the hashes cover.
    """

    name: str
    times: Integers
    row_numbers: Integers
    sampled: Integers
    numbers: tuple[NumberColumn, ...]
    words: tuple[WordColumn, ...]
    hashes: npt.NDArray[np.uint64]
    hashed: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Rows looked at."""
        return len(self.row_numbers)

    @property
    def is_sampled(self) -> bool:
        """Whether values were read in windows instead of whole."""
        return len(self.sampled) < self.rows

    @property
    def series_ids(self) -> tuple[str, ...]:
        """Ids of all series, numbers first."""
        return tuple(info.id for info in self.infos)

    @property
    def infos(self) -> tuple[SeriesInfo, ...]:
        """All series, numbers first."""
        return (
            *(column.info for column in self.numbers),
            *(column.info for column in self.words),
        )

    @property
    def row_range(self) -> tuple[int, int] | None:
        """First and last row of the table looked at."""
        return self.row_range_of(0, self.rows - 1) if self.rows else None

    def row_range_of(self, first: int, last: int) -> tuple[int, int]:
        """Rows of the table of two row indices."""
        return int(self.row_numbers[first]), int(self.row_numbers[last])


def read_frames(data: SiteData, window: Window | None = None) -> Iterator[Frame]:
    """The tables of a site one at a time; rows outside `window` are left out.

    A table without times has no place in a window and is left out when one is given.
    """
    by_frame: dict[str, list[SeriesInfo]] = {}
    for info in data.list_series():
        by_frame.setdefault(info.frame, []).append(info)
    for name, infos in by_frame.items():
        frame = _read_frame(data, name, infos, window)
        if frame is not None:
            yield frame


def _read_frame(
    data: SiteData, name: str, infos: Iterable[SeriesInfo], window: Window | None
) -> Frame | None:
    numbers: list[NumberColumn] = []
    words: list[WordColumn] = []
    rows = _Rows(window)
    hashes = RowHash()
    for info in infos:
        if info.role in _NUMERIC_ROLES:
            series = data.read(info.id)
            values = _measured(rows.pick(series.times, series.values))
            column = _number_column(series, values, rows)
            numbers.append(column)
            if column.distinct > 1 and not column.steady_step:
                hashes.add(info.id, values)
        elif info.role in _TEXT_ROLES:
            words.append(_word_column(data.read_text(info.id), rows))
    if not rows.is_known or (window is not None and not rows.has_times):
        return None
    return Frame(
        name,
        rows.times,
        rows.numbers,
        rows.sampled,
        tuple(numbers),
        tuple(words),
        hashes.values,
        hashes.series,
    )


def _measured(values: Floats) -> Floats:
    """The values with overflows and infinities made empty."""
    # Larger numbers are a controller's overflow, and squares of them no numbers at all.
    return np.where(np.abs(values) <= _LARGEST, values, np.nan)


def _number_column(series: Series, values: Floats, rows: "_Rows") -> NumberColumn:
    sample = values[rows.sampled]
    present = values[~np.isnan(values)]
    distinct = len(np.unique(sample[~np.isnan(sample)]))
    return NumberColumn(series.info, sample, len(present), distinct, _is_steady(present))


def _is_steady(present: Floats) -> bool:
    if len(present) < 3:
        return False
    steps = np.diff(present)
    step = float(np.median(steps))
    return step != 0 and float(np.mean(steps == step)) >= STEADY_SHARE


def _word_column(series: TextSeries, rows: "_Rows") -> WordColumn:
    codes = rows.pick(series.times, series.codes)
    present = codes[codes >= 0]
    return WordColumn(series.info, codes, series.words, len(np.unique(present)), len(present))


class _Rows:
    """Which rows of a table are looked at; learnt from its first series."""

    def __init__(self, window: Window | None) -> None:
        self._window = window
        self._kept: Flags | None = None
        self.is_known = False
        self.has_times = False
        self.times: Integers = np.zeros(0, np.int64)
        self.numbers: Integers = np.zeros(0, np.int64)
        self.sampled: Integers = np.zeros(0, np.int64)

    def pick(self, times: Integers, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        if not self.is_known:
            self._learn(times, len(values))
        return values if self._kept is None else values[self._kept]

    def _learn(self, times: Integers, count: int) -> None:
        self.is_known = True
        self.has_times = len(times) > 0
        numbers = np.arange(1, count + 1, dtype=np.int64)
        if self._window is not None and self.has_times:
            self._kept = (times >= self._window.start) & (times < self._window.end)
            times, numbers = times[self._kept], numbers[self._kept]
        self.times, self.numbers = times, numbers
        self.sampled = sample_rows(len(numbers))


def sample_rows(count: int) -> Integers:
    """Row indices to read: all, or evenly spread windows of successive rows."""
    if count <= SAMPLE_ROWS:
        return np.arange(count, dtype=np.int64)
    length = SAMPLE_ROWS // SAMPLE_WINDOWS
    starts = np.linspace(0, count - length, SAMPLE_WINDOWS).astype(np.int64)
    return np.unique((starts[:, None] + np.arange(length)).ravel())
