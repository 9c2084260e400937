"""Does an actuator answer deviations, does a measurement follow its set-point?"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.levels.loops import Loop
from dure.engines.levels.statistics import correlation, ranks

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_FEWEST_MOVES = 10
_SHIFTS = 39
_SAME = 0.95
_UNDOES = -0.3
# A set-point held for fewer rows than this is a path to be tracked, not a step to be reached.
_HELD_ROWS = 5
_MOST_LAG = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """How an actuator's moves go with what was measured.

    Attributes:
        moves: rows in which the actuator moved.
        moves_per_minute: while the record runs.
        forward: per window, rank correlation of deviation and move, the actuator's own
            position held equal.
        chance: per window, the largest absolute correlation that shifted data give.
        tells_order: whether a correlation can only mean that moves answer measurements.
    """

    moves: int
    moves_per_minute: float
    forward: tuple[float, ...]
    chance: tuple[float, ...]
    tells_order: bool

    def windows_above(self, least: float) -> int:
        """Windows that answer more than `least` and more than chance, all in one direction."""
        signs = [
            int(np.sign(rho))
            for rho, chance in zip(self.forward, self.chance, strict=True)
            if abs(rho) >= least and abs(rho) > chance
        ]
        return len(signs) if len(set(signs)) == 1 else 0

    @property
    def strength(self) -> float:
        """Median absolute correlation of deviation and move."""
        return float(np.median(np.abs(self.forward))) if self.forward else 0.0


def answers_of(loop: Loop, windows: int) -> tuple[Answer, ...]:
    """The moves held against measurements before, beside and after them.

    Measurements before a move can be its cause; those of the same row only where they are
    mostly sensor noise, which no actuator can make; those after are its effect.

    Args:
        windows: stretches of equal length, each judged by itself.
    """
    change, deviation = _changes(loop), loop.process - float(np.nanmedian(loop.process))
    later = np.append(change[2:], (np.nan, np.nan))
    return (
        _answer(loop, windows, change, tells_order=True),
        _answer(loop, windows, deviation, tells_order=True),
        _answer(loop, windows, change[1:], tells_order=_is_sensor_noise(change)),
        _answer(loop, windows, later, tells_order=False),
    )


def _answer(loop: Loop, windows: int, measured: Floats, *, tells_order: bool) -> Answer:
    """`measured[i]` is held against the move between rows i and i + 1."""
    move = np.diff(loop.drive)
    moved = loop.joined & np.isfinite(move) & (move != 0)
    forward, chance = [], []
    for part in np.array_split(np.arange(len(move)), windows):
        moves = _Moves(move[part], loop.drive[part], moved[part])
        if moves.count(measured[part]) >= _FEWEST_MOVES:
            forward.append(moves.follow(measured[part]))
            chance.append(moves.by_chance(measured[part]))
    minutes = float(loop.joined.sum()) * loop.step_seconds / 60
    count = int(moved.sum())
    return Answer(count, count / max(minutes, 1e-9), tuple(forward), tuple(chance), tells_order)


@dataclass(frozen=True, slots=True)
class _Moves:
    """A stretch of moves, the actuator's position before each, and which rows moved at all."""

    move: Floats
    position: Floats
    moved: Flags

    def count(self, measured: Floats) -> int:
        return int((self.moved & np.isfinite(measured)).sum())

    def follow(self, measured: Floats) -> float:
        """Rank correlation of measurement and move; 0 with too few rows.

        The position is held equal: an actuator that only returns to its middle would seem
        to answer a measurement that follows its position.
        """
        if self.count(measured) < _FEWEST_MOVES:
            return 0.0
        use = self.moved & np.isfinite(measured)
        a, b, c = (ranks(one[use]) for one in (measured, self.move, self.position))
        ab, ac, bc = correlation(a, b), correlation(a, c), correlation(b, c)
        if max(abs(ac), abs(bc)) > _SAME:
            return 0.0
        return (ab - ac * bc) / math.sqrt((1 - ac**2) * (1 - bc**2))

    def by_chance(self, measured: Floats) -> float:
        """Largest correlation with measurements of another time, which drift just as much."""
        count = len(measured)
        shifts = np.linspace(count // 10, count - count // 10, _SHIFTS).astype(int)
        return max(abs(self.follow(np.roll(measured, shift))) for shift in shifts)


def _changes(loop: Loop) -> Floats:
    """Change of the measurement up to each row, NaN for the first and after a gap."""
    return np.concatenate(([np.nan], np.where(loop.joined, np.diff(loop.process), np.nan)))


def _is_sensor_noise(change: Floats) -> bool:
    """Whether changes mostly undo the change before, as a sensor's noise does."""
    before, after = change[:-1], change[1:]
    both = np.isfinite(before) & np.isfinite(after)
    return int(both.sum()) >= _FEWEST_MOVES and correlation(before[both], after[both]) <= _UNDOES


@dataclass(frozen=True, slots=True)
class Following:
    """How a measurement follows its set-point.

    Attributes:
        changes: times the set-point changed.
        followed: share of changes (of rows, where it changes all the time) that came true.
        is_copy: the measurement equals the set-point in every row.
    """

    changes: int
    followed: float
    is_copy: bool


def following_of(loop: Loop, most_error: float) -> Following:
    """Whether the measurement comes within `most_error` of each step of the set-point."""
    known = np.isfinite(loop.drive) & np.isfinite(loop.process)
    setpoint, process = loop.drive[known], loop.process[known]
    at = np.flatnonzero(np.diff(setpoint) != 0) + 1
    is_copy = len(setpoint) > 0 and bool(np.mean(setpoint == process) > 0.99)
    if len(at) == 0:
        return Following(0, 0.0, is_copy)
    ends = np.append(at[1:], len(setpoint))
    if float(np.median(ends - at)) < _HELD_ROWS:
        return Following(len(at), _tracked(setpoint, process, most_error), is_copy)
    reached = [
        float(np.min(np.abs(process[start:end] - setpoint[start])))
        <= most_error * abs(float(setpoint[start] - setpoint[start - 1]))
        for start, end in zip(at, ends, strict=True)
    ]
    return Following(len(at), float(np.mean(reached)), is_copy)


def _tracked(setpoint: Floats, process: Floats, most_error: float) -> float:
    """Share of rows near a moving set-point, at the best lag of a row or two."""
    low, high = np.quantile(setpoint, (0.05, 0.95))
    span = float(high - low) or float(np.ptp(setpoint))
    count = len(setpoint)
    return max(
        float(np.mean(np.abs(process[lag:] - setpoint[: count - lag]) <= most_error * span))
        for lag in range(min(_MOST_LAG + 1, count))
    )


def explained_share(target: Floats, features: Floats, blocks: int = 5) -> float:
    """Share of the target's variance that other columns explain in stretches not fitted, ≤ 1.

    Args:
        target: shape (n,).
        features: shape (k, n); rows with an empty cell are left out.
    """
    known = np.isfinite(target) & np.isfinite(features).all(axis=0)
    y, x = target[known], features[:, known].T
    if len(y) < 10 * (x.shape[1] + 1) or float(y.std()) == 0:
        return 0.0
    x = np.column_stack((np.ones(len(y)), (x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-12)))
    missed = 0.0
    for part in np.array_split(np.arange(len(y)), blocks):
        rest = np.setdiff1d(np.arange(len(y)), part)
        # A little ridge keeps columns that say the same from blowing up.
        gram = x[rest].T @ x[rest] + 1e-3 * len(rest) * np.eye(x.shape[1])
        weights = np.linalg.solve(gram, x[rest].T @ y[rest])
        missed += float(np.sum((y[part] - x[part] @ weights) ** 2))
    return 1 - missed / float(np.sum((y - y.mean()) ** 2))
