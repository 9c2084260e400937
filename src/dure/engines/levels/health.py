"""How healthy one series is: filled cells, usual distance between rows, gaps, constancy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import GAP_STEPS, possible
from dure.engines.lake.series import Series, TextSeries

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without rows, microseconds since 1970 UTC."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.end - self.start) / _SECOND


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Distances between the different times of a frame; shared by its series.

    Attributes:
        cadence_seconds: the usual (median) one, None without two different times.
        gaps: those longer than `cadence.GAP_STEPS` usual ones, longest first.
    """

    cadence_seconds: float | None
    gaps: tuple[Gap, ...]

    @property
    def gap_seconds(self) -> float:
        """Total length of the gaps."""
        return sum(gap.seconds for gap in self.gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesHealth:
    """What one series looks like.

    Attributes:
        rows: rows present, counting empty cells.
        filled: rows with a value.
        minimum, maximum: of the filled values; None for words or an empty series.
        is_constant: at least two filled rows, all equal.
        words: number of different words, None for numbers.
    """

    rows: int
    filled: int
    minimum: float | None = None
    maximum: float | None = None
    is_constant: bool = False
    words: int | None = None


def rhythm_of(times: npt.NDArray[np.int64]) -> Rhythm:
    """The usual distance between rows and the gaps, from times in any order.

    >>> import numpy as np
    >>> seconds = np.array([0, 1, 2, 3, 60], dtype=np.int64) + 1_600_000_000
    >>> rhythm_of(seconds * 1_000_000).gaps[0].seconds
    57.0
    """
    moments = np.unique(times[possible(times)])
    if moments.size < 2:
        return Rhythm(None, ())
    steps = np.diff(moments)
    usual = float(np.median(steps))
    wide = np.flatnonzero(steps > GAP_STEPS * usual)
    gaps = [Gap(int(moments[i]), int(moments[i + 1])) for i in wide]
    gaps.sort(key=lambda gap: gap.start - gap.end)
    return Rhythm(usual / _SECOND, tuple(gaps))


def number_health(series: Series) -> SeriesHealth:
    """Health of a numeric series; infinite values count as empty."""
    filled = series.values[np.isfinite(series.values)]
    low = float(filled.min()) if filled.size else None
    high = float(filled.max()) if filled.size else None
    return SeriesHealth(
        rows=int(series.values.size),
        filled=int(filled.size),
        minimum=low,
        maximum=high,
        is_constant=filled.size > 1 and low == high,
    )


def text_health(series: TextSeries) -> SeriesHealth:
    """Health of a series of words."""
    filled = series.codes[series.codes >= 0]
    words = int(np.unique(filled).size)
    return SeriesHealth(
        rows=int(series.codes.size),
        filled=int(filled.size),
        is_constant=filled.size > 1 and words == 1,
        words=words,
    )
