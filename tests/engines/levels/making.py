"""Measures made sites, and finds what was said of them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
from tests.engines.sites import MadeSite

from dure.engines.kpi.frames import Window
from dure.engines.levels.findings import CellFinding, Doubt, IntegrityFinding, Measurement
from dure.engines.levels.integrity.dates import RefusedDate
from dure.engines.levels.measure import measure
from dure.kernel.evidence import EvidenceGrade
from dure.policy.level_grid import LevelGrid, load_level_grid

TODAY = date(2026, 11, 24)


def grid() -> LevelGrid:
    """The grid of the day."""
    return load_level_grid(TODAY)


def measured(
    site: MadeSite,
    *,
    grade: EvidenceGrade | None = None,
    refused: Sequence[RefusedDate] = (),
    window: Window | None = None,
) -> Measurement:
    """The measurement of a made site on the day."""
    return measure(site, grid=grid(), as_of=TODAY, grade=grade, refused=refused, window=window)


def cell(measurement: Measurement, criterion: str) -> CellFinding:
    """The finding of one criterion."""
    return next(one for one in measurement.cells if one.criterion == criterion)


def doubts(measurement: Measurement) -> set[Doubt]:
    """Kinds of doubt found."""
    return {finding.kind for finding in measurement.integrity}


def doubt(measurement: Measurement, kind: Doubt) -> IntegrityFinding:
    """The first finding of a kind."""
    return next(finding for finding in measurement.integrity if finding.kind is kind)


def control_loop(
    rows: int,
    mode: str,
    *,
    seed: int = 0,
    gain: float = 1.0,
    seconds: int = 1,
    lag: float = 20.0,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A first-order process about 50 with disturbance and sensor noise, and who moves its valve.

    Args:
        mode: pi (a controller), operator (looks every two minutes), random (moves without
            looking), script (a new position every minute).
        seconds: of the simulation's one-second steps, how many apart rows are taken.
        lag: seconds in which the process follows the valve.
    """
    random = np.random.default_rng(seed)
    value, valve, drift, error = 50.0, 50.0, 0.0, 0.0
    measured, moved = [], []
    for second in range(rows * seconds):
        drift = 0.98 * drift + random.normal(0, 0.3)
        value += (gain * (valve - 50) + 50 + drift - value) / lag + random.normal(0, 0.05)
        reading = round(value + random.normal(0, 0.1), 2)
        before, error = error, 50 - reading
        if mode == "pi":
            valve += np.sign(gain) * (0.8 * (error - before) + 0.05 * error)
        elif mode == "operator" and second % 120 == 0 and abs(error) > 0.3:
            valve += float(np.clip(0.5 * error * np.sign(gain), -2, 2))
        elif mode == "random":
            valve += random.normal(0, 0.3)
        elif mode == "script" and second % 60 == 0:
            valve = 50 + random.normal(0, 2)
        measured.append(reading)
        moved.append(round(valve, 2))
    return np.array(measured[::seconds]), np.array(moved[::seconds])
