"""Running numbers: whether records carry one, and how many numbers it skips."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.frames import Frame, NumberColumn, WordColumn
from dure.engines.lake.series import ColumnRole

Integers = npt.NDArray[np.int64]

# A counter steps by one and starts again at a shift or mould; a measurement does neither.
_ONES = 0.9
_FEWEST_ROWS = 100
_MOST_GROUPS = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """What a running number says of the rows beside it.

    Attributes:
        due: numbers that should have come while it ran; restarts are not counted.
        came: of those, how many did.
    """

    column: NumberColumn
    due: int
    came: int

    @property
    def share(self) -> float:
        """Numbers that came of those due, 0–1."""
        return self.came / self.due


def is_numbered(frame: Frame) -> bool:
    """Whether a running number gives the rows their order."""
    return any(column.steady_step for column in frame.numbers) or find_counter(frame) is not None


def find_counter(frame: Frame) -> Counted | None:
    """The running number of a table, counted within each label (mould, line) where that fits."""
    groups = [word for word in frame.words if 1 < word.distinct <= _MOST_GROUPS]
    found = [
        counted
        for column in frame.numbers
        if column.info.role is ColumnRole.COUNT
        for counted in (_count(frame, column, None), *(_count(frame, column, w) for w in groups))
        if counted is not None
    ]
    return max(found, key=lambda counted: counted.share, default=None)


def _count(frame: Frame, column: NumberColumn, group: WordColumn | None) -> Counted | None:
    values = column.values
    if len(values) < _FEWEST_ROWS:
        return None
    codes = np.zeros(len(values), np.int64) if group is None else group.codes[frame.sampled]
    window = np.concatenate(([0], np.cumsum(np.diff(frame.sampled) != 1)))
    order = np.lexsort((np.arange(len(values)), codes, window))
    steps = np.diff(values[order])
    same = (np.diff(codes[order]) == 0) & (np.diff(window[order]) == 0) & np.isfinite(steps)
    steps = steps[same]
    if len(steps) == 0 or float(np.mean(steps == 1)) < _ONES:
        return None
    forward = steps[steps > 0]
    return Counted(column, due=int(forward.sum()), came=len(forward))
