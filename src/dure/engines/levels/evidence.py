"""What the criteria are held against: tables, cadences, doubts, and how sure one can be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dure.engines.kpi.cadence import DAY, KOREA_OFFSET, Cadence, possible
from dure.engines.kpi.frames import Frame, NumberColumn
from dure.engines.kpi.indicator import Table
from dure.engines.lake.findings import Severity
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Doubt, IntegrityFinding, Status
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text
from dure.policy.level_grid import LevelGrid

# Values drawn by lot or written by hand are no signals of a machine, whatever else they are.
_NO_SIGNAL = frozenset({Doubt.NOISE, Doubt.DIGITS})
_SIGNAL_ROLES = frozenset({ColumnRole.READING, ColumnRole.COUNT, ColumnRole.VALUE})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a criterion may look at.

    Attributes:
        now: microseconds since 1970 UTC; later rows are no measurements.
        refused: rows refused for their date, by frame.
        grid: criteria, thresholds and limits of the day.
    """

    tables: tuple[Table, ...]
    findings: tuple[IntegrityFinding, ...]
    grade: EvidenceGrade
    now: int
    refused: Mapping[str, int]
    grid: LevelGrid

    @property
    def unusable(self) -> frozenset[str]:
        """Series that are no signals of a machine: drawn by lot or written by hand."""
        return frozenset(
            series
            for finding in self.findings
            if finding.kind in _NO_SIGNAL and finding.severity is not Severity.INFO
            for series in finding.series
        )

    def signals_of(self, table: Table) -> tuple[NumberColumn, ...]:
        """Numeric series of a table that vary, count nothing row by row and raise no doubt."""
        unusable = self.unusable
        return tuple(
            column
            for column in table.frame.numbers
            if column.info.role in _SIGNAL_ROLES
            and column.distinct > 1
            and not column.steady_step
            and column.info.id not in unusable
        )

    def observed(self, *tables: Table) -> float:
        """How far the length of the record can be trusted to stand for the plant, 0.5–1.

        A day says half as much as a month; without times nobody knows how long it was.
        """
        days = max((_days(table.frame, self.now) for table in tables), default=0)
        return 0.5 + 0.5 * min(1.0, days / self.grid.limit("full_days"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A criterion's answer; `measure` adds where it stands in the grid."""

    status: Status
    found: Text
    confidence: float = 0.0
    missing: Text | None = None
    series: tuple[str, ...] = ()
    rows: tuple[int, int] | None = None


def cannot_tell(found: Text, missing: Text, series: tuple[str, ...] = ()) -> Reply:
    """The data do not settle it; `missing` says what would."""
    return Reply(status=Status.CANNOT_TELL, found=found, missing=missing, series=series)


def decide(
    holds: bool,
    found: Text,
    missing: Text,
    *,
    confidence: float,
    series: tuple[str, ...],
    tables: tuple[Table, ...],
) -> Reply:
    """Supported or not, on the rows of the tables it rests on."""
    return Reply(
        status=Status.SUPPORTED if holds else Status.NOT_SUPPORTED,
        found=found,
        confidence=round(confidence, 4),
        missing=None if holds else missing,
        series=series,
        rows=_rows_of(tables),
    )


def sureness(share: float, threshold: float, count: int) -> float:
    """How sure it is that a share of `count` lies on the side of the threshold where it fell.

    >>> round(sureness(0.95, 0.9, 100), 2), round(sureness(0.95, 0.9, 10_000), 2)
    (0.95, 1.0)
    """
    middle = min(max(threshold, 0.01), 0.99)
    spread = math.sqrt(middle * (1 - middle) / max(count, 1))
    return 0.5 * math.erfc(-abs(share - threshold) / spread / math.sqrt(2))


def names_of(columns: tuple[NumberColumn, ...], most: int = 3) -> str:
    """The first column names, for a sentence."""
    names = ", ".join(column.info.name for column in columns[:most])
    return f"{names} …" if len(columns) > most else names


def ids_of(columns: tuple[NumberColumn, ...]) -> tuple[str, ...]:
    """Series ids of columns."""
    return tuple(column.info.id for column in columns)


def is_day_only(cadence: Cadence) -> bool:
    """Whether the times give the day and no more."""
    return cadence.resolution >= DAY


def _days(frame: Frame, now: int) -> int:
    kept = frame.times[possible(frame.times, now)]
    return len(np.unique((kept + KOREA_OFFSET) // DAY))


def _rows_of(tables: tuple[Table, ...]) -> tuple[int, int] | None:
    """Rows of one table; of several tables rows mean nothing together."""
    ranges = [table.frame.row_range for table in tables]
    return ranges[0] if len(ranges) == 1 else None
