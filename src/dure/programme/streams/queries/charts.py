"""Charts of a signal: smallest and largest value per pixel, gaps apart, one sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dure.engines.lake import exporting
from dure.engines.lake.query import MOST_PIXELS, Downsample, downsample
from dure.kernel.durations import duration_text
from dure.kernel.quantities import quantity_text
from dure.kernel.text import Text
from dure.programme.streams.lake import get_lake, site_of
from dure.programme.streams.queries.signals import (
    SignalView,
    counted_keys,
    get_signal,
    site_data,
)

_TABLE_ROWS = 24
_MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without data; microseconds since 1970 UTC, or row positions."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One line of the chart's table: from when, lowest, highest, how many values."""

    start: int
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A signal between two instants, as a chart and as a table draw it.

    Attributes:
        timed: positions are microseconds since 1970 UTC; else row numbers from 0.
        start, end: what is shown, end excluded; `full_start`, `full_end` are all there is.
        at, low, high: one entry per pixel column that holds a value, equally long.
        gaps: stretches between two pixels without data, never to be joined by a line.
        count: values in the range.
        says: what the chart shows, from the same figures.
    """

    signal: SignalView
    timed: bool
    start: int
    end: int
    full_start: int
    full_end: int
    at: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    gaps: tuple[Gap, ...]
    rows: tuple[ChartRow, ...]
    count: int
    says: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WordCount:
    """How often a word stands in a signal of words."""

    word: str
    count: int


def chart(
    organisation_id: int,
    workplace_id: int,
    series_id: str,
    *,
    start: int | None = None,
    end: int | None = None,
    pixels: int = 1_200,
) -> ChartView:
    """A numeric signal between two instants (its own ends where None is given).

    Raises:
        SignalNotFoundError: the workplace has no such signal.
        StoreError: it holds words, or the range is empty.
    """
    signal = get_signal(organisation_id, workplace_id, series_id)
    keys = counted_keys(organisation_id, workplace_id)
    drawn = downsample(
        get_lake(),
        site_of(workplace_id),
        series_id,
        start,
        end,
        min(max(1, pixels), MOST_PIXELS),
        keys,
    )
    full_start, full_end = _ends(signal, timed=drawn.timed)
    shown = (full_start if start is None else start, full_end if end is None else end)
    gaps = _gaps(drawn)
    return ChartView(
        signal=signal,
        timed=drawn.timed,
        start=shown[0],
        end=shown[1],
        full_start=full_start,
        full_end=full_end,
        at=tuple(drawn.t.tolist()),
        low=tuple(drawn.lo.tolist()),
        high=tuple(drawn.hi.tolist()),
        gaps=gaps,
        rows=_table(drawn, *shown),
        count=int(drawn.count.sum()),
        says=tuple(_says(signal, drawn, gaps)),
    )


def export_csv(organisation_id: int, workplace_id: int, series_id: str) -> Iterator[bytes]:
    """Every value of a signal as a CSV, piece by piece.

    Raises:
        SignalNotFoundError: the workplace has no such signal; before the first piece.
    """
    get_signal(organisation_id, workplace_id, series_id)
    keys = counted_keys(organisation_id, workplace_id)
    parts = exporting.stream_csv(get_lake(), site_of(workplace_id), [series_id], imports=keys)
    return (part.content for part in parts)


def count_words(
    organisation_id: int, workplace_id: int, series_id: str, *, most: int = 50
) -> tuple[WordCount, ...]:
    """The most frequent words of a label or lot signal; raises `SignalNotFoundError`."""
    get_signal(organisation_id, workplace_id, series_id)
    series = site_data(organisation_id, workplace_id).read_text(series_id)
    counts = np.bincount(series.codes[series.codes >= 0], minlength=len(series.words))
    named: Counter[str] = Counter()
    for word, count in zip(series.words, counts.tolist(), strict=True):
        named[word] += count
    return tuple(WordCount(word, count) for word, count in named.most_common(most) if count)


def _ends(signal: SignalView, *, timed: bool) -> tuple[int, int]:
    if timed and signal.first_at and signal.last_at:
        first = round(signal.first_at.timestamp() * _MICROS)
        return first, round(signal.last_at.timestamp() * _MICROS) + 1
    return 0, max(1, signal.rows)


def _gaps(drawn: Downsample) -> tuple[Gap, ...]:
    after = np.flatnonzero(drawn.gap_before)
    return tuple(
        Gap(int(start), int(end))
        for start, end in zip(drawn.until[after - 1], drawn.t[after], strict=True)
    )


def _table(drawn: Downsample, start: int, end: int) -> tuple[ChartRow, ...]:
    """The same figures in a few equal stretches."""
    if len(drawn.t) == 0:
        return ()
    width = max(1, -(-(end - start) // _TABLE_ROWS))
    stretch = (drawn.t - start) // width
    edges = np.flatnonzero(np.diff(stretch, prepend=stretch[0] - 1))
    lows = np.minimum.reduceat(drawn.lo, edges)
    highs = np.maximum.reduceat(drawn.hi, edges)
    counts = np.add.reduceat(drawn.count, edges)
    starts = drawn.t[edges]
    return tuple(
        ChartRow(int(at), float(low), float(high), int(count))
        for at, low, high, count in zip(starts, lows, highs, counts, strict=True)
    )


def _says(signal: SignalView, drawn: Downsample, gaps: Sequence[Gap]) -> Iterator[Text]:
    if len(drawn.t) == 0:
        yield Text("이 기간에는 값이 없습니다.")
        return
    yield Text(
        "값 {count:,}개 가운데 가장 낮은 값 {low}, 가장 높은 값 {high}입니다.",
        {
            "count": int(drawn.count.sum()),
            "low": quantity_text(float(drawn.lo.min()), signal.unit),
            "high": quantity_text(float(drawn.hi.max()), signal.unit),
        },
    )
    if signal.is_constant:
        yield Text("처음부터 끝까지 같은 값입니다. 센서가 연결되어 있는지 확인해 주세요.")
    if gaps and drawn.timed:
        longest = max(gap.end - gap.start for gap in gaps) / _MICROS
        yield Text(
            "회색은 데이터가 오지 않은 구간입니다. 이 그래프에 {count:,}곳이 보이고, 가장 긴 것은 "
            "{length}입니다.",
            {"count": len(gaps), "length": duration_text(longest)},
        )
    elif gaps:
        yield Text(
            "회색은 값이 비어 있는 구간입니다. 이 그래프에 {count:,}곳이 보입니다.",
            {"count": len(gaps)},
        )
