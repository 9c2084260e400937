"""Does an actuator answer deviations, does a measurement follow its set-point?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.levels.loops import Loop
from dure.engines.levels.statistics import correlation, ranks

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_FEWEST_MOVES = 10
_SHIFTS = 39
# A set-point held for fewer rows than this is a path to be tracked, not a step to be reached.
_HELD_ROWS = 5
_MOST_LAG = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """How an actuator's moves go with the deviation just before them.

    Attributes:
        moves: rows in which the actuator moved.
        forward: per window, rank correlation of the deviation with the next move.
        backward: per window, rank correlation of a move with the next change measured.
        chance: per window, the largest absolute correlation that shifted data give.
    """

    moves: int
    forward: tuple[float, ...]
    backward: tuple[float, ...]
    chance: tuple[float, ...]

    def windows_above(self, least: float) -> int:
        """Windows that answer more than `least` and more than chance, all in one direction."""
        signs = [
            np.sign(rho)
            for rho, chance in zip(self.forward, self.chance, strict=True)
            if abs(rho) >= least and abs(rho) > chance
        ]
        return len(signs) if len(set(signs)) == 1 else 0

    @property
    def strength(self) -> float:
        """Median absolute correlation of deviation and move."""
        return float(np.median(np.abs(self.forward))) if self.forward else 0.0

    @property
    def is_led_by_the_actuator(self) -> bool:
        """Whether measurements follow moves more than moves follow measurements."""
        return bool(self.forward) and float(np.median(np.abs(self.backward))) > self.strength


def answer_of(loop: Loop, windows: int) -> Answer:
    """Looks at `windows` stretches of equal length; the better of change and deviation counts."""
    move = np.diff(loop.drive)
    moved = loop.joined & np.isfinite(move) & (move != 0)
    count = int(moved.sum())
    parts = np.array_split(np.arange(len(move)), windows)
    kinds = (_changes(loop), _deviations(loop))
    best: Answer | None = None
    for deviation in kinds:
        measured = [_window(deviation, move, loop, moved, part) for part in parts]
        known = [one for one in measured if one is not None]
        forward, backward, chance = zip(*known, strict=True) if known else ((), (), ())
        answer = Answer(count, forward, backward, chance)
        if best is None or answer.strength > best.strength:
            best = answer
    return best or Answer(count, (), (), ())


def _changes(loop: Loop) -> Floats:
    """Change of the measurement up to each row, 0 for the first."""
    return np.concatenate(([np.nan], np.where(loop.joined, np.diff(loop.process), np.nan)))


def _deviations(loop: Loop) -> Floats:
    return loop.process - float(np.nanmedian(loop.process))


def _window(
    deviation: Floats, move: Floats, loop: Loop, moved: Flags, part: npt.NDArray[np.intp]
) -> tuple[float, float, float] | None:
    """Correlations in one stretch: move i is what happened between rows i and i + 1."""
    part = part[:-1]
    use = moved[part] & np.isfinite(deviation[part])
    if int(use.sum()) < _FEWEST_MOVES:
        return None
    before = deviation[part]
    forward = _rho(before[use], move[part][use])
    after = np.where(loop.joined[part + 1], np.diff(loop.process)[part + 1], np.nan)
    known = moved[part] & np.isfinite(after)
    backward = _rho(after[known], move[part][known]) if known.sum() >= _FEWEST_MOVES else 0.0
    return forward, backward, _by_chance(before, move[part], moved[part])


def _by_chance(before: Floats, move: Floats, moved: Flags) -> float:
    """Largest correlation of moves with deviations of another time, which drift just as much."""
    count = len(before)
    most = 0.0
    for shift in np.linspace(count // 10, count - count // 10, _SHIFTS).astype(int):
        shifted = np.roll(before, shift)
        use = moved & np.isfinite(shifted)
        if use.sum() >= _FEWEST_MOVES:
            most = max(most, abs(_rho(shifted[use], move[use])))
    return most


def _rho(a: Floats, b: Floats) -> float:
    return correlation(ranks(a), ranks(b))


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
    ends = np.append(at[1:], len(setpoint))
    if len(at) and float(np.median(ends - at)) < _HELD_ROWS:
        return Following(len(at), _tracked(setpoint, process, most_error), is_copy)
    reached = [
        float(np.min(np.abs(process[start:end] - setpoint[start])))
        <= most_error * abs(float(setpoint[start] - setpoint[start - 1]))
        for start, end in zip(at, ends, strict=True)
    ]
    return Following(len(at), float(np.mean(reached)) if reached else 0.0, is_copy)


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
