"""Finds which column, or pair of columns, says when a row was measured, and how it is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.findings import Finding, info, warning
from dure.engines.lake.times import (
    DAY_MICROS,
    DEFAULT_ZONE,
    EARLIEST_MICROS,
    Instants,
    TimeLayout,
    numbers_of,
    read_times,
)
from dure.kernel.text import Text

_NAMED = re.compile(
    r"time|date|일시|시각|시간|날짜|일자|작업일|생산일|등록일|측정일|timestamp|(^|_)(dt|ts|dtm|ymd)(_|$)"
    r"|일$",
    re.IGNORECASE,
)
_CLOCK_NAMED = re.compile(r"time|시각|시간|hms|clock", re.IGNORECASE)
_DATE_LIKE = re.compile(
    r"\d[\s년]*[-/.년\s]\s*\d{1,2}|\d{1,2}[-\s](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|^\d{8,17}$",
    re.IGNORECASE,
)
_CLOCK_LIKE = re.compile(r"^\s*(?:오전|오후|[AaPp][Mm])?\s*\d{1,2}\s*[:시]\s*\d{1,2}|^\d{5,6}$")
_READABLE_SHARE = 0.6
_PROBED = 1_000


@dataclass(frozen=True, slots=True)
class ColumnText:
    """A column's texts in the sample, as an Arrow string array; `typed` holds native times."""

    index: int
    header: str
    texts: pa.Array
    typed: bool = False


@dataclass(frozen=True, slots=True)
class TimeProposal:
    """Where and how the time stands.

    Attributes:
        columns: index of the column, or of the date column and the time-of-day column.
        layout: how it is written.
        zone: zone of texts without an offset.
        resolution: `day`, `minute`, `second` or `fraction`, the finest part ever used.
        cadence_seconds: median step between rows; None with fewer than three rows.
        readable: share of non-empty cells that are instants.
        confidence: 0–1 that this is the time of measurement.
    """

    columns: tuple[int, ...]
    layout: TimeLayout
    zone: str = DEFAULT_ZONE
    resolution: str = "second"
    cadence_seconds: float | None = None
    readable: float = 1.0
    confidence: float = 0.0


def find_time(columns: Sequence[ColumnText]) -> tuple[TimeProposal | None, list[Finding]]:
    """The best time column of a table, with what is odd about it; None where there is none."""
    best: TimeProposal | None = None
    for column in columns:
        proposal = _propose(column)
        if proposal and (best is None or proposal.confidence > best.confidence + 0.02):
            best = proposal
    if best is None:
        return None, [_no_time()]
    best = _with_clock(best, columns)
    return best, _remarks(best, columns)


def _propose(column: ColumnText) -> TimeProposal | None:
    if column.typed:
        return _judged(column, TimeLayout.TYPED)
    present = _present(column.texts)
    if len(present) == 0:
        return None
    layout = guess_layout(present, named=bool(_NAMED.search(column.header)))
    return _judged(column, layout) if layout else None


def _present(texts: pa.Array) -> pa.Array:
    return texts.filter(pc.greater(pc.utf8_length(pc.fill_null(texts, "")), 0))


def guess_layout(present: pa.Array, *, named: bool) -> TimeLayout | None:
    """Layout of a column's non-empty texts; None where they are no times."""
    probe = [text for text in present.slice(0, 50).to_pylist() if text]
    start = present.slice(0, _PROBED)
    numbers, are_numbers = numbers_of(start)
    if are_numbers.mean() > _READABLE_SHARE:
        if _number_layout(numbers[are_numbers], start, named=named) is None:
            return None
        numbers, are_numbers = numbers_of(present)
        return _number_layout(numbers[are_numbers], present, named=named)
    if not any(_DATE_LIKE.search(text) for text in probe):
        return None
    return _calendar_order(present)


def _number_layout(numbers: np.ndarray, present: pa.Array, *, named: bool) -> TimeLayout | None:
    low, high = float(np.quantile(numbers, 0.02)), float(np.quantile(numbers, 0.98))
    if np.all(numbers == np.floor(numbers)) and low >= 19_900_101:
        lengths = pc.utf8_length(pc.utf8_trim_whitespace(present.slice(0, 2_000)))
        if pc.all(pc.is_in(lengths, pa.array([8, 12, 14, 17], pa.int32()))).as_py():
            read = read_times(present.slice(0, 2_000), TimeLayout.YEAR_FIRST, DEFAULT_ZONE)
            sane = read.valid & (read.micros >= EARLIEST_MICROS) & (read.micros < 4.1e15)
            if sane.mean() > (0.9 if named else 0.999):
                return TimeLayout.YEAR_FIRST
    steps = np.diff(numbers)
    rising = len(steps) > 2 and (steps >= 0).mean() > 0.95 and high > low
    for layout, second in _EPOCHS:
        if 6.3e8 * second <= low and high <= 2.5e9 * second and (named or rising):
            return layout
    fits = low >= 32_874 and high <= 60_000
    return TimeLayout.SPREADSHEET if fits and named else None


_EPOCHS = (
    (TimeLayout.EPOCH_SECONDS, 1.0),
    (TimeLayout.EPOCH_MILLIS, 1e3),
    (TimeLayout.EPOCH_MICROS, 1e6),
    (TimeLayout.EPOCH_NANOS, 1e9),
)


def _calendar_order(present: pa.Array) -> TimeLayout | None:
    """The order that reads most; where two read all, the one in which time runs forward."""
    # A year of four digits in front leaves nothing to choose between.
    year_first = pc.match_substring_regex(present.slice(0, _PROBED), r"^\s*\d{4}\D")
    if pc.all(year_first).as_py():
        read = read_times(present, TimeLayout.YEAR_FIRST, DEFAULT_ZONE)
        return TimeLayout.YEAR_FIRST if read.valid.mean() >= _READABLE_SHARE else None
    tried = []
    for layout in (TimeLayout.YEAR_FIRST, TimeLayout.DAY_FIRST, TimeLayout.MONTH_FIRST):
        read = read_times(present, layout, DEFAULT_ZONE)
        sane = read.valid & (read.micros >= EARLIEST_MICROS)
        if not sane.any():
            continue
        steps = np.diff(read.micros[sane])
        backward = float((steps < 0).mean()) if len(steps) else 0.0
        tried.append((round(float(sane.mean()), 3), -backward, layout))
    if not tried:
        return None
    share, _, layout = max(tried, key=lambda t: t[:2])
    return layout if share >= _READABLE_SHARE else None


def _judged(column: ColumnText, layout: TimeLayout) -> TimeProposal | None:
    present = column.texts if column.typed else _present(column.texts)
    read = read_times(present, layout, DEFAULT_ZONE)
    if not read.valid.any():
        return None
    named = bool(_NAMED.search(column.header))
    steps = np.diff(read.micros[read.valid])
    rising = float((steps >= 0).mean()) if len(steps) else 1.0
    finest = _resolution(read)
    confidence = (
        0.5 + 0.2 * named + 0.15 * rising + 0.1 * (finest != "day") - 0.02 * min(column.index, 4)
    )
    return TimeProposal(
        (column.index,),
        layout,
        resolution=finest,
        cadence_seconds=_cadence(read),
        readable=round(float(read.valid.mean()), 4),
        confidence=round(min(confidence, 0.99), 2),
    )


def _resolution(read: Instants) -> str:
    micros = read.micros[read.valid]
    if (micros % 1_000_000).any():
        return "fraction"
    if (micros % 60_000_000).any():
        return "second"
    # Local midnight in Korea is 15:00 UTC.
    return "minute" if ((micros + 9 * 3_600_000_000) % DAY_MICROS).any() else "day"


def _cadence(read: Instants) -> float | None:
    micros = read.micros[read.valid]
    return float(np.median(np.diff(micros))) / 1e6 if len(micros) > 2 else None


def _with_clock(best: TimeProposal, columns: Sequence[ColumnText]) -> TimeProposal:
    """Joins a column of times of day to a column that holds only days."""
    if best.resolution != "day" or not (best.layout.is_calendar and len(best.columns) == 1):
        return best
    date = next(c for c in columns if c.index == best.columns[0])
    for column in columns:
        if column.index in best.columns or column.typed or not _CLOCK_NAMED.search(column.header):
            continue
        present = _present(column.texts).slice(0, 200).to_pylist()
        if not present or not all(_CLOCK_LIKE.match(text) for text in present):
            continue
        read = read_times(date.texts, best.layout, best.zone, column.texts)
        if read.valid.mean() > _READABLE_SHARE:
            return TimeProposal(
                (*best.columns, column.index),
                best.layout,
                resolution=_resolution(read),
                cadence_seconds=_cadence(read),
                readable=round(float(read.valid.mean()), 4),
                confidence=best.confidence,
            )
    return best


def _remarks(best: TimeProposal, columns: Sequence[ColumnText]) -> list[Finding]:
    column = next(c for c in columns if c.index == best.columns[0])
    found = []
    if best.layout in (TimeLayout.DAY_FIRST, TimeLayout.MONTH_FIRST) and _either_order(column):
        found.append(
            warning(
                "ambiguous_date_order",
                Text(
                    "{column}: 날짜의 일과 월 순서를 데이터만으로 정할 수 없습니다.",
                    {"column": column.header},
                ),
                column.header,
            )
        )
    if best.resolution in ("minute", "day") and best.cadence_seconds == 0:
        found.append(
            info(
                "coarse_time",
                Text(
                    "{column}: {unit} 단위까지만 적혀 같은 시각의 행이 여럿입니다.",
                    {
                        "column": column.header,
                        "unit": "분" if best.resolution == "minute" else "일",
                    },
                ),
                column.header,
            )
        )
    return found


def _either_order(column: ColumnText) -> bool:
    present = _present(column.texts)
    both = [
        read_times(present, layout, DEFAULT_ZONE)
        for layout in (TimeLayout.DAY_FIRST, TimeLayout.MONTH_FIRST)
    ]
    return bool(all(r.valid.all() for r in both) and (both[0].micros != both[1].micros).any())


def _no_time() -> Finding:
    return warning(
        "no_time_column",
        Text(
            "시각 열을 찾지 못했습니다. 값은 보관하지만 주기와 공백, 실시간 여부는 알 수 없습니다.",
        ),
    )
