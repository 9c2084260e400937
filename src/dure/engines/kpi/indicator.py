"""What an indicator is, and the tables it is computed from."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import Cadence
from dure.engines.kpi.frames import Frame
from dure.kernel.text import Text

Floats = npt.NDArray[np.float64]

# Equal steps without exception are a sampling clock, not products leaving a machine.
CLOCKED_SHARE = 0.99
PERIODIC_SHARE = 0.8


class Direction(StrEnum):
    """Which way an indicator should move."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class KpiValue:
    """One indicator.

    Attributes:
        key: good_rate, cycle_time, hourly_output, completeness, running_share.
        value: None where the data do not settle it; `basis` then says why.
        low, high: where the value may lie given what is missing; None with the value.
        unit: %, 초 … as shown after the value; empty where the file gives none.
        series: ids of the series it was computed from.
    """

    key: str
    name: Text
    value: float | None
    low: float | None
    high: float | None
    unit: str
    direction: Direction
    basis: Text
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its cadence; None without usable times."""

    frame: Frame
    cadence: Cadence | None

    @property
    def is_placed(self) -> bool:
        """Whether the times tell its rows apart."""
        return self.cadence is not None and self.cadence.places_rows

    @property
    def is_periodic(self) -> bool:
        """Whether rows come by a clock, not by events."""
        return (
            self.cadence is not None
            and self.cadence.places_rows
            and self.cadence.regular_share >= PERIODIC_SHARE
        )


def undefined(key: str, name: Text, unit: str, direction: Direction, why: Text) -> KpiValue:
    """An indicator the data do not settle, with the reason."""
    return KpiValue(key, name, None, None, None, unit, direction, why, ())
