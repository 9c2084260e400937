"""Columns that belong to one control loop, brought to the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import Cadence
from dure.engines.kpi.frames import NumberColumn
from dure.engines.kpi.indicator import Table
from dure.engines.levels.column_words import LoopName, Part, loop_name

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_GAP_STEPS = 5


@dataclass(frozen=True, slots=True)
class Loop:
    """What is set or moved, and what is measured of the same thing, row by row.

    Attributes:
        table: of the measured column.
        driver: the set-point or actuator column.
        measured: the process value column.
        drive, process: their values on common rows in time order, shape (n,).
        joined: whether row i + 1 follows row i without a gap, shape (n - 1,).
        cadence: of the measured column's table; None without times.
    """

    table: Table
    driver: NumberColumn
    measured: NumberColumn
    drive: Floats
    process: Floats
    joined: Flags
    cadence: Cadence | None

    @property
    def step_seconds(self) -> float:
        """Usual seconds between rows; 0 without times."""
        return self.cadence.step_seconds if self.cadence is not None else 0.0

    @property
    def series(self) -> tuple[str, str]:
        """Ids of both columns."""
        return self.driver.info.id, self.measured.info.id


def find_loops(tables: Sequence[Table], part: Part) -> tuple[Loop, ...]:
    """Pairs of a set-point or actuator (`part`) and the process value of the same subject."""
    named = [
        (table, column, loop_name(column.info.name))
        for table in tables
        for column in table.frame.numbers
    ]
    drivers = [one for one in named if one[2].part is part and one[1].distinct > 1]
    loops = []
    for table, driver, name in drivers:
        partner = _partner(name, table, named)
        if partner is not None:
            loops.append(_aligned(table, driver, *partner))
    return tuple(loop for loop in loops if len(loop.drive) > 2)


def _partner(
    name: LoopName, table: Table, named: Sequence[tuple[Table, NumberColumn, LoopName]]
) -> tuple[Table, NumberColumn] | None:
    """The measured column of the same subject, named so or the only one that speaks of it."""
    near = [
        (other, column, theirs)
        for other, column, theirs in named
        if _root(other) == _root(table)
        and theirs.part in (Part.PROCESS, None)
        and column.distinct > 1
        and name.subject
        and name.subject <= theirs.subject
    ]
    same = [one for one in near if one[2].subject == name.subject]
    chosen = [one for one in same if one[2].part is Part.PROCESS] or same or near
    return chosen[0][:2] if len(chosen) == 1 else None


def _root(table: Table) -> str:
    """Tags of a long file each have a table of their own, named after the file."""
    return table.frame.name.split("/")[0]


def _aligned(table: Table, driver: NumberColumn, other: Table, measured: NumberColumn) -> Loop:
    drive, process = driver.values, measured.values
    times = other.frame.times[other.frame.sampled] if len(other.frame.times) else None
    if table.frame is other.frame:
        joined = np.diff(other.frame.sampled) == 1
    else:
        theirs = table.frame.times[table.frame.sampled]
        mine = times if times is not None else np.zeros(0, np.int64)
        times, at, there = np.intersect1d(mine, theirs, return_indices=True)
        process, drive = process[at], drive[there]
        joined = np.ones(max(0, len(times) - 1), np.bool_)
    if times is not None and other.cadence is not None:
        steps = np.diff(times)
        joined = joined & (steps >= 0) & (steps <= _GAP_STEPS * other.cadence.step)
    return Loop(other, driver, measured, drive, process, joined, other.cadence)
