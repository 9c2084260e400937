"""A little physical simulator of an injection-moulding cell.

Four barrel zones lose heat to the hall and to the plastic each shot takes away, and a PI
controller holds each at its set-point; the mould warms with each shot and is cooled by water.
Two shifts run on weekdays, with breaks, stops, material lots and sensor noise. Deterministic
by seed and start day. Temperatures in °C, times in seconds, pressure in bar, power in kW.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import cos, exp, pi

import numpy as np

STEP_SECONDS = 2.0
LOG_EVERY_STEPS = 5
SET_POINTS = (205.0, 215.0, 225.0, 230.0)
HEATER_KW = 3.2
ZONE_KJ_PER_K = 9.0
LOSS_KW_PER_K = 0.0045
BETWEEN_ZONES_KW_PER_K = 0.004
SHOT_HEAT_KJ = 11.0
SHEAR_SHARE = (0.1, 0.2, 0.35, 0.35)
GAIN, RESET_SECONDS = 0.045, 260.0
MOULD_WATER = 38.0
MOULD_PER_SHOT_K, MOULD_COOLING_SECONDS = 2.1, 240.0
CYCLE_SECONDS, USUAL_BAR = 31.5, 820.0
SHIFT_START, SHIFT_CHANGE, SHIFT_END = 6, 14, 22
WARM_UP_SECONDS = 2_700
BREAKS = ((10, 0, 10), (12, 0, 30), (16, 0, 10), (18, 0, 30), (20, 0, 10))
RUN_BETWEEN_STOPS_SECONDS, STOP_SECONDS = 16_000.0, 700.0
SHOTS_PER_LOT = 1_400
SCRAP_AFTER_START = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of the sensor log."""

    at: datetime
    barrel: tuple[float, ...]
    mould: float
    power_kw: float


@dataclass(frozen=True, slots=True)
class Shot:
    """One moulded shot; `count` starts anew with each day."""

    at: datetime
    lot: str
    shift: str
    cycle_seconds: float
    pressure_bar: float
    cushion_mm: float
    weight_g: float
    count: int
    is_good: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What the cell wrote down."""

    readings: list[Reading] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)


class MouldingCell:
    """The cell at one moment, stepped through days."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._barrel = [24.0] * 4
        self._integral = [0.0] * 4
        self._mould = 24.0
        self._until_shot = CYCLE_SECONDS
        self._since_start = 0
        self._stopped_seconds = 0.0
        self._until_stop = self._random.exponential(RUN_BETWEEN_STOPS_SECONDS)
        self._total = 0
        self._viscosity = 1.0

    def run(self, first_day: date, days: int) -> Record:
        """Run from midnight of `first_day` for `days` days."""
        record = Record()
        for number in range(days):
            self._run_day(datetime.combine(first_day + timedelta(days=number), time()), record)
        return record

    def _run_day(self, midnight: datetime, record: Record) -> None:
        made = 0
        for step in range(round(86_400 / STEP_SECONDS)):
            second = step * STEP_SECONDS
            runs = self._runs(midnight, second)
            heat = self._control(_is_heated(midnight, second), _hall_temperature(second))
            if runs:
                self._until_shot -= STEP_SECONDS
                if self._until_shot <= 0:
                    made += 1
                    record.shots.append(self._shoot(midnight, second, made))
            if step % LOG_EVERY_STEPS == 0 and _is_heated(midnight, second):
                record.readings.append(self._read(midnight, second, heat, runs=runs))

    def _runs(self, midnight: datetime, second: float) -> bool:
        if not _is_shift(midnight, second) or _is_break(second):
            self._since_start = 0
            return False
        if self._stopped_seconds > 0:
            self._stopped_seconds -= STEP_SECONDS
            self._since_start = 0
            return False
        self._until_stop -= STEP_SECONDS
        if self._until_stop <= 0:
            self._until_stop = self._random.exponential(RUN_BETWEEN_STOPS_SECONDS)
            self._stopped_seconds = 120 + self._random.exponential(STOP_SECONDS)
        return True

    def _control(self, heated: bool, hall: float) -> float:
        """One step of the heat balance; returns the heaters' power in kW."""
        power = 0.0
        before = tuple(self._barrel)
        for zone, temperature in enumerate(before):
            duty = self._duty(zone, SET_POINTS[zone] - temperature) if heated else 0.0
            neighbours = [before[n] for n in (zone - 1, zone + 1) if 0 <= n < len(before)]
            flow = HEATER_KW * duty - LOSS_KW_PER_K * (temperature - hall)
            flow += sum(BETWEEN_ZONES_KW_PER_K * (other - temperature) for other in neighbours)
            self._barrel[zone] = temperature + flow * STEP_SECONDS / ZONE_KJ_PER_K
            power += HEATER_KW * duty
        rest = MOULD_WATER if heated else hall
        self._mould += (rest - self._mould) * STEP_SECONDS / MOULD_COOLING_SECONDS
        return power

    def _duty(self, zone: int, error: float) -> float:
        wanted = GAIN * (error + self._integral[zone] / RESET_SECONDS)
        if 0.0 < wanted < 1.0:  # no wind-up while the heater is at its limit
            self._integral[zone] += error * STEP_SECONDS
        return min(max(wanted, 0.0), 1.0)

    def _shoot(self, midnight: datetime, second: float, made: int) -> Shot:
        for zone, share in enumerate(SHEAR_SHARE):
            self._barrel[zone] -= SHOT_HEAT_KJ * share / ZONE_KJ_PER_K
        self._mould += MOULD_PER_SHOT_K
        self._since_start += 1
        if self._total % SHOTS_PER_LOT == 0:
            self._viscosity = 1.0 + self._noise(0.025)
        self._total += 1
        cycle = CYCLE_SECONDS + 0.06 * max(self._mould - 55, 0) + abs(self._noise(0.35))
        self._until_shot += cycle
        pressure = self._pressure()
        weight = 48.0 + 0.012 * (pressure - USUAL_BAR) - 0.02 * (self._mould - 55)
        return Shot(
            at=midnight + timedelta(seconds=second),
            lot=_lot(midnight, self._total),
            shift="주간" if second < SHIFT_CHANGE * 3600 else "야간",
            cycle_seconds=round(cycle, 2),
            pressure_bar=round(pressure, 1),
            cushion_mm=round(5.2 + 0.004 * (pressure - USUAL_BAR) + self._noise(0.06), 2),
            weight_g=round(weight + self._noise(0.05), 2),
            count=made,
            is_good=self._is_good(pressure),
        )

    def _pressure(self) -> float:
        cooler = SET_POINTS[-1] - self._barrel[-1]
        return USUAL_BAR * self._viscosity * exp(0.009 * cooler) * (1 + self._noise(0.006))

    def _is_good(self, pressure: float) -> bool:
        if self._since_start <= SCRAP_AFTER_START or self._mould < 45:
            return False
        risk = 0.004 + min(abs(pressure / USUAL_BAR - 1), 0.2) ** 2 * 6
        return bool(self._random.random() > risk)

    def _read(self, midnight: datetime, second: float, heat: float, *, runs: bool) -> Reading:
        drive = 7.5 + 5.5 * max(cos(2 * pi * self._until_shot / CYCLE_SECONDS), 0) if runs else 0.8
        return Reading(
            at=midnight + timedelta(seconds=second),
            barrel=tuple(round(zone + self._noise(0.15), 1) for zone in self._barrel),
            mould=round(self._mould + self._noise(0.2), 1),
            power_kw=round(heat + drive + abs(self._noise(0.12)), 2),
        )

    def _noise(self, spread: float) -> float:
        return float(self._random.normal(0.0, spread))


def _is_shift(midnight: datetime, second: float) -> bool:
    return midnight.weekday() < 5 and SHIFT_START * 3600 <= second < SHIFT_END * 3600


def _is_heated(midnight: datetime, second: float) -> bool:
    return _is_shift(midnight, second + WARM_UP_SECONDS) or _is_shift(midnight, second)


def _is_break(second: float) -> bool:
    return any(
        0 <= second - hour * 3600 - minute * 60 < length * 60 for hour, minute, length in BREAKS
    )


def _hall_temperature(second: float) -> float:
    return 21.0 + 3.5 * cos(2 * pi * (second / 86_400 - 0.62))


def _lot(midnight: datetime, total: int) -> str:
    return f"HB{midnight:%y%m%d}-{1 + (total - 1) // SHOTS_PER_LOT:03d}"
