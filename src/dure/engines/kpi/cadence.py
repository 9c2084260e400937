"""How regularly a table's rows come: step, gaps, coverage, order, resolution of its clock."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# Korea has kept one offset since 1988; the days and hours of a factory are Korean ones.
KOREA_OFFSET = 9 * HOUR

# Earlier instants are the zero of a spreadsheet or of a clock that nobody set.
EARLIEST = int(np.datetime64("1980-01-01", "us").astype(np.int64))
LATEST = int(np.datetime64("2100-01-01", "us").astype(np.int64))
# Clocks of two machines differ and files are written in other zones; a day ahead is no future.
AHEAD = DAY

STEP_TOLERANCE = 0.2
# A pause this many steps long is a stop or a loss, not a late row.
GAP_STEPS = 5
_RESOLUTIONS = (DAY, HOUR, MINUTE, SECOND, 1_000)


@dataclass(frozen=True, slots=True)
class Cadence:
    """When the rows of a table came.

    Attributes:
        rows: rows with a possible time.
        moments: different times among them.
        first, last: microseconds since 1970 UTC.
        step: usual microseconds from one row to the next; where several rows share each moment
            in equal number (times cut to the minute), the moment's length divided by them.
        regular_share: gaps between moments within ±20 % of the usual one.
        exact_share: gaps between moments equal to the usual one to the microsecond.
        longest_gap: microseconds.
        gaps: pauses longer than five steps.
        gap_share: part of the whole span lost in such pauses.
        completeness: moments received of those expected over the whole span, 0–1.
        running_completeness: the same outside the pauses.
        backward_share: rows that are earlier than the row before.
        rows_per_moment: median number of rows that share one time.
        even_moments: whether nearly all moments hold equally many rows.
        resolution: microseconds that the clock was cut to (86,400 s where only days are given).
    """

    rows: int
    moments: int
    first: int
    last: int
    step: int
    regular_share: float
    exact_share: float
    longest_gap: int
    gaps: int
    gap_share: float
    completeness: float
    running_completeness: float
    backward_share: float
    rows_per_moment: int
    even_moments: bool
    resolution: int

    @property
    def step_seconds(self) -> float:
        """Usual seconds from one row to the next."""
        return self.step / SECOND

    @property
    def span_seconds(self) -> float:
        """Seconds from the first to the last row."""
        return (self.last - self.first) / SECOND

    @property
    def places_rows(self) -> bool:
        """Whether times tell rows apart: not when only days are given and rows share them."""
        return self.rows_per_moment == 1 or self.even_moments


def possible(times: Integers, now: int | None = None) -> Flags:
    """Which times can be real: from 1980 to a day after `now` (to 2100 where it is not given)."""
    latest = LATEST if now is None else now + AHEAD
    return (times >= EARLIEST) & (times <= latest)


def measure_cadence(
    times: Integers,
    now: int | None = None,
    *,
    tolerance: float = STEP_TOLERANCE,
    gap_steps: float = GAP_STEPS,
) -> Cadence | None:
    """The cadence of a table's times; None with fewer than three different possible times.

    Args:
        now: microseconds since 1970 UTC; later times are no measurements.
        tolerance: deviation from the usual gap that still counts as regular, as a share of it.
        gap_steps: usual gaps after which a pause begins.
    """
    kept = times[possible(times, now)]
    moments, counts = _moments(kept)
    if len(moments) < 3:
        return None
    gaps = np.diff(moments)
    usual = int(np.median(gaps))
    per_moment = int(np.median(counts))
    # The first and last moments of a file are cut anywhere.
    even = per_moment > 1 and float(np.mean(counts[1:-1] == per_moment)) >= 0.9
    pauses = gaps[gaps > gap_steps * usual]
    span = int(moments[-1] - moments[0])
    lost = int(pauses.sum()) - len(pauses) * usual
    return Cadence(
        rows=len(kept),
        moments=len(moments),
        first=int(moments[0]),
        last=int(moments[-1]),
        step=max(usual // per_moment, 1) if even else usual,
        regular_share=float(np.mean(np.abs(gaps - usual) <= tolerance * usual)),
        exact_share=float(np.mean(gaps == usual)),
        longest_gap=int(gaps.max()),
        gaps=len(pauses),
        gap_share=lost / span,
        completeness=min(1.0, len(moments) / (span / usual + 1)),
        running_completeness=min(1.0, len(moments) / ((span - lost) / usual + 1)),
        backward_share=float(np.mean(np.diff(kept) < 0)),
        rows_per_moment=per_moment,
        even_moments=even,
        resolution=_resolution(moments),
    )


def _moments(times: Integers) -> tuple[Integers, Integers]:
    """Different times in order, and how many rows each has; sorts only what is not sorted."""
    if len(times) == 0:
        return times, times
    if not bool(np.all(times[1:] >= times[:-1])):
        times = np.sort(times)
    starts = np.flatnonzero(np.concatenate(([True], times[1:] != times[:-1])))
    return times[starts], np.diff(np.append(starts, len(times)))


def _resolution(moments: Integers) -> int:
    local = moments + KOREA_OFFSET
    for resolution in _RESOLUTIONS:
        if bool(np.all(local % resolution == 0)):
            return resolution
    return 1
