"""Questions to the lake: charts of any length, figures of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from dure.engines.lake.convert import TAG, TIME, VALUE
from dure.engines.lake.errors import StoreError
from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.site import LakeSite, StoredSeries, kind_of
from dure.engines.lake.store import Lake
from dure.kernel.text import Text

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# A pause this many usual steps long is a stop or a loss, not a late row; as the levels count it.
GAP_STEPS = 5.0
MOST_PIXELS = 8_192


@dataclass(frozen=True, slots=True)
class Downsample:
    """A series as a chart draws it: one entry per pixel column that holds a point.

    Attributes:
        t: microseconds UTC of the first point in the pixel, shape (n,); row positions where
            the series has no time (`timed` false).
        lo, hi, first, last: smallest, largest, first and last value in the pixel.
        until: instant (row position) of the last point in the pixel.
        count: points in the pixel.
        gap_before: a gap lies between the pixel before and this one; no line joins them.
    """

    timed: bool
    t: Integers
    until: Integers
    lo: Floats
    hi: Floats
    first: Floats
    last: Floats
    count: Integers
    gap_before: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a numeric series; None where no cell is filled or there is no time."""

    rows: int
    filled: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    deviation: float | None
    first: int | None
    last: int | None
    cadence_seconds: float | None


def downsample(
    lake: Lake,
    site: str,
    series_id: str,
    start_us: int | None,
    end_us: int | None,
    pixels: int,
    imports: Sequence[str] | None = None,
) -> Downsample:
    """Smallest and largest value per pixel between two instants, so that no peak is lost.

    Args:
        start_us, end_us: microseconds UTC, end excluded; None is the series' own end. Row
            positions for a series without time.
        pixels: 1–8192 columns.
        imports: only these imports; None is all of the site.

    Raises:
        StoreError: no such series, it holds words, or the range is empty.
    """
    data = lake.site_data(site, imports)
    stored = _numeric(data, series_id)
    if not 1 <= pixels <= MOST_PIXELS:
        raise StoreError(
            Text("그래프 너비는 1에서 {most}까지입니다.", {"most": MOST_PIXELS}), _AGAIN
        )
    info = stored.info
    timed = info.first is not None and info.last is not None
    start = start_us if start_us is not None else (info.first or 0)
    last = info.last if info.last is not None else info.rows - 1
    end = end_us if end_us is not None else last + 1
    if end <= start:
        raise StoreError(Text("기간의 끝이 시작보다 앞에 있습니다."), _AGAIN)
    width = max(1, -(-(end - start) // pixels))
    if not timed:
        return _by_position(data.read(series_id).values, start, end, width)
    return _by_time(data, stored, start, end, width)


_FILES = "read_parquet(?, union_by_name => true, hive_partitioning => false)"
_AGAIN = Text("기간과 너비를 다시 정해 주세요.")


def _numeric(data: LakeSite, series_id: str) -> StoredSeries:
    stored = data.find(series_id)
    if kind_of(stored) is not Kind.NUMBER:
        raise StoreError(
            Text("글자로 된 데이터 계열입니다: {id}", {"id": series_id}),
            Text("숫자 계열을 골라 주세요."),
        )
    return stored


def _by_time(data: LakeSite, stored: StoredSeries, start: int, end: int, width: int) -> Downsample:
    source, parameters = scan(data, stored)
    rows = _connection().execute(
        f"""
        SELECT min(t), max(t), min(v), max(v), arg_min(v, t), arg_max(v, t), count(*)
        FROM (SELECT epoch_us("{TIME}") AS t, v FROM ({source})
              WHERE "{TIME}" BETWEEN to_timestamp(?) AND to_timestamp(?))
        WHERE v IS NOT NULL AND t >= ? AND t < ?
        GROUP BY (t - ?) // ? ORDER BY 1
        """,  # noqa: S608 - the names are our own; values are bound
        # The outer bounds in whole seconds let row groups be skipped; the inner ones are exact.
        [*parameters, start // 10**6, end // 10**6 + 1, start, end, start, width],
    )
    t, until, lo, hi, first, last, count = _arrays(rows)
    cadence = _cadence_micros(stored, t, count)
    gap = np.zeros(len(t), np.bool_)
    if cadence and len(t) > 1:
        gap[1:] = t[1:] - until[:-1] > GAP_STEPS * cadence
    return Downsample(True, t, until, lo, hi, first, last, count, gap)


def scan(data: LakeSite, stored: StoredSeries) -> tuple[str, list[Any]]:
    """SQL that yields `_time` and `v` of a series, with its bound values."""
    files = [str(path) for path in data.files(stored.info.id)]
    if stored.manifests[0].layout is Layout.LONG:
        named = f'SELECT "{TIME}", "{VALUE}" AS v FROM {_FILES} WHERE "{TAG}" = ?'  # noqa: S608
        return named, [files, stored.info.name]
    tag = stored.info.tag.replace('"', '""')
    return f'SELECT "{TIME}", "{tag}" AS v FROM {_FILES}', [files]  # noqa: S608


def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 2, "memory_limit": "512MB"})


def _arrays(rows: Any) -> list[Any]:  # noqa: ANN401
    columns = rows.fetchnumpy()
    return [np.asarray(column) for column in columns.values()]


def _cadence_micros(stored: StoredSeries, t: Integers, count: Integers) -> float | None:
    """The usual step: of the import for a wide table, of the points themselves for a long one."""
    told = [m.cadence_seconds for m in stored.manifests if m.cadence_seconds]
    if stored.manifests[0].layout is Layout.WIDE and told:
        return max(told) * 1e6
    if len(t) < 2:
        return None
    return float(np.median(np.diff(t) / np.maximum(count[:-1], 1)))


def _by_position(values: Floats, start: int, end: int, width: int) -> Downsample:
    start, end = max(start, 0), min(end, len(values))
    at = np.flatnonzero(~np.isnan(values[start:end])) + start
    if len(at) == 0:
        none = np.zeros(0)
        whole = np.zeros(0, np.int64)
        flags = whole.astype(np.bool_)
        return Downsample(False, whole, whole, none, none, none, none, whole, flags)
    edges = np.flatnonzero(np.diff((at - start) // width, prepend=-1))
    known = values[at]
    count = np.diff(np.append(edges, len(at)))
    last = np.append(edges[1:], len(at)) - 1
    gap = np.zeros(len(edges), np.bool_)
    gap[1:] = at[edges[1:]] - at[edges[1:] - 1] > GAP_STEPS
    return Downsample(
        timed=False,
        t=at[edges],
        until=at[last],
        lo=np.minimum.reduceat(known, edges),
        hi=np.maximum.reduceat(known, edges),
        first=known[edges],
        last=known[last],
        count=count,
        gap_before=gap,
    )


def summary(lake: Lake, site: str, series_id: str, imports: Sequence[str] | None = None) -> Summary:
    """Figures of a numeric series over all its imports, or over some.

    Raises:
        StoreError: no such series, or it holds words.
    """
    data = lake.site_data(site, imports)
    stored = _numeric(data, series_id)
    values = data.read(series_id).values
    known = values[~np.isnan(values)]
    cadences = [m.cadence_seconds for m in stored.manifests if m.cadence_seconds]
    filled = len(known) > 0
    return Summary(
        rows=len(values),
        filled=len(known),
        minimum=float(known.min()) if filled else None,
        maximum=float(known.max()) if filled else None,
        mean=float(known.mean()) if filled else None,
        deviation=float(known.std(ddof=1)) if len(known) > 1 else None,
        first=stored.info.first,
        last=stored.info.last,
        cadence_seconds=max(cadences, default=None),
    )
