"""Data someone made: each cheap forgery is seen, and an honest twin of it is not."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from tests.engines.levels.making import cell, doubt, doubts, measured
from tests.engines.sites import DAY, SECOND, START, MadeSite, every, walk

from dure.engines.lake.findings import Severity
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Doubt, Status

Floats = npt.NDArray[np.float64]


def plant(rows: int = 1_500, *, seed: int = 0) -> dict[str, Floats]:
    """Four signals of one machine: load, and what follows it."""
    load = walk(rows, seed)
    random = np.random.default_rng(seed + 1)
    return {
        "load": load,
        "current": np.round(0.3 * load + random.normal(0, 0.2, rows), 2),
        "temp": np.round(150 + 0.5 * walk(rows, seed + 2) + 0.2 * load, 1),
        "flow": np.round(12 + 0.1 * walk(rows, seed + 3), 3),
    }


def site_of(columns: dict[str, Floats], times: npt.NDArray[np.int64] | None = None) -> MadeSite:
    rows = len(next(iter(columns.values())))
    site = MadeSite()
    for name, values in columns.items():
        site.add(name, values, every(1, rows) if times is None else times)
    return site


@pytest.mark.parametrize("seed", range(6))
def test_an_honest_plant_raises_no_doubt(seed: int) -> None:
    result = measured(site_of(plant(seed=10 * seed)))

    assert doubts(result) == set()
    assert result.system_level == "mid1"
    assert not result.has_doubts


def test_a_replayed_week_is_seen() -> None:
    """Four weeks by the quarter hour; the fourth is the second again."""
    columns = plant(4 * 672)
    for values in columns.values():
        values[3 * 672 :] = values[672 : 2 * 672]

    result = measured(site_of(columns, every(900, 4 * 672)))

    found = doubt(result, Doubt.COPY)
    assert (found.severity, found.rows) == (Severity.ERROR, (2_017, 2_688))
    assert "673–1344행과 모두 같습니다" in str(found.text).replace("table ", "").replace(
        "의 값이", ""
    )
    assert not result.looks_fabricated


def test_a_copied_block_lowers_confidence_by_its_share() -> None:
    honest = measured(site_of(plant()))
    columns = plant()
    for values in columns.values():
        values[900:960] = values[100:160]

    result = measured(site_of(columns))

    assert doubt(result, Doubt.COPY).severity is Severity.WARNING
    assert doubt(result, Doubt.COPY).rows == (901, 960)
    assert result.confidence == pytest.approx(honest.confidence * (1 - 0.2 * 0.95), abs=1e-3)


def test_a_block_copied_from_another_machine_is_seen() -> None:
    first, second = plant(seed=1), plant(seed=50)
    for name, values in second.items():
        values[200:700] = first[name][800:1_300]
    site = MadeSite()
    for frame, columns in (("m1", first), ("m2", second)):
        for name, values in columns.items():
            site.add(name, values, every(1, 1_500), frame=frame)

    found = doubt(measured(site), Doubt.COPY)

    assert found.rows == (201, 700)
    assert "m1 801–1300행과" in str(found.text)


def test_the_same_rows_twice_are_a_duplicate_not_a_forgery() -> None:
    columns = plant()
    site = MadeSite()
    for frame in ("may", "may_again"):
        for name, values in columns.items():
            site.add(name, values, every(1, 1_500), frame=frame)

    result = measured(site)

    assert Doubt.COPY not in doubts(result)
    assert doubt(result, Doubt.DUPLICATE).severity is Severity.WARNING


def test_a_recipe_that_comes_again_is_no_copy() -> None:
    """Set values of a few programmes repeat by nature."""
    programmes = np.repeat(np.arange(30) % 5, 50).astype(np.float64)
    columns = {"zone1": 800 + 10 * programmes, "zone2": 820 + 5 * programmes}

    assert Doubt.COPY not in doubts(measured(site_of(columns)))


def _white(kind: str, rows: int, seed: int) -> dict[str, Floats]:
    random = np.random.default_rng(seed)
    draw: Callable[[], Floats] = {
        "uniform": lambda: random.uniform(20, 80, rows),
        "normal": lambda: random.normal(50, 5, rows),
        "skewed": lambda: random.gamma(2, 5, rows),
    }[kind]
    return {name: np.round(draw(), 3) for name in ("temp", "pressure", "flow", "current")}


@pytest.mark.parametrize("kind", ["uniform", "normal", "skewed"])
@pytest.mark.parametrize("seed", range(4))
def test_white_noise_by_a_clock_is_no_machine(kind: str, seed: int) -> None:
    result = measured(site_of(_white(kind, 2_000, seed)))

    assert doubt(result, Doubt.NOISE).severity is Severity.ERROR
    assert result.system_level == "basic"
    assert cell(result, "automatic_collection").status is Status.CANNOT_TELL


@pytest.mark.parametrize(
    ("kind", "severity"), [("uniform", Severity.ERROR), ("normal", Severity.WARNING)]
)
def test_white_noise_without_times(kind: str, severity: Severity) -> None:
    site = MadeSite()
    for name, values in _white(kind, 500, 1).items():
        site.add(name, values)

    assert doubt(measured(site), Doubt.NOISE).severity is severity


def test_measurements_of_single_parts_are_not_called_noise() -> None:
    """Two dimensions of independent parts; or three that share the tool's wear."""
    random = np.random.default_rng(1)
    two = MadeSite().add("d1", random.normal(10, 0.1, 400)).add("d2", random.normal(5, 0.1, 400))
    wear = random.normal(0, 0.1, 400)
    three = MadeSite()
    for name in ("d1", "d2", "d3"):
        three.add(name, 10 + wear + random.normal(0, 0.1, 400))

    assert Doubt.NOISE not in doubts(measured(two))
    assert Doubt.NOISE not in doubts(measured(three))


def test_a_long_normal_column_is_told_and_costs_nothing() -> None:
    site = MadeSite().add("torque", np.random.default_rng(1).normal(40, 10, 4_000))
    site.add("temp", walk(4_000, 1))

    result = measured(site)

    assert doubt(result, Doubt.IDEAL).severity is Severity.INFO
    assert not result.has_doubts


def typed(spread: float, seed: int, share: float = 0.5) -> Floats:
    random = np.random.default_rng(seed)
    read = np.round(random.normal(180, spread, 600))
    rounded = random.random(600) < share
    return np.where(rounded, 5 * np.round(read / 5), read)


@pytest.mark.parametrize(("spread", "seed"), [(8, 1), (15, 2), (40, 3)])
def test_digits_a_person_wrote_are_seen(spread: float, seed: int) -> None:
    result = measured(MadeSite().add("온도", typed(spread, seed)))

    assert doubt(result, Doubt.DIGITS).severity is Severity.WARNING
    assert "온도" in str(doubt(result, Doubt.DIGITS).text)


@pytest.mark.parametrize(
    "values",
    [
        5 * np.round(np.random.default_rng(1).normal(36, 4, 600)),
        np.round(np.random.default_rng(2).normal(180, 10, 600)),
        np.random.default_rng(3).normal(180, 10, 600),
        np.where(np.random.default_rng(4).random(600) < 0.7, 0.0, typed(20, 5, 0.0)),
        np.random.default_rng(6).choice([540, 550, 551, 560, 570, 580], 600)
        + np.round(np.random.default_rng(7).normal(0, 0.6, 600)),
        np.random.default_rng(8).integers(0, 10**7, 600).astype(np.float64),
    ],
    ids=["counts in fives", "whole", "fine", "mostly off", "settings", "wide"],
)
def test_resolution_and_settings_are_not_taken_for_typing(values: Floats) -> None:
    assert Doubt.DIGITS not in doubts(measured(MadeSite().add("x", values)))


def test_typed_readings_are_no_automatic_signals() -> None:
    times, site = every(60, 700), MadeSite()
    for index, name in enumerate("abc"):
        random = np.random.default_rng(index)
        read = np.round(walk(700, index, 3))
        site.add(name, np.where(random.random(700) < 0.5, 5 * np.round(read / 5), read), times)

    assert cell(measured(site), "automatic_collection").status is Status.CANNOT_TELL


def strewn(rows: int = 500, seed: int = 1) -> npt.NDArray[np.int64]:
    return START + np.random.default_rng(seed).integers(0, 300 * 86_400, rows) * SECOND


def test_times_drawn_by_lot_with_values_drawn_by_lot_look_fabricated() -> None:
    result = measured(site_of(_white("uniform", 500, 1), strewn()))

    assert {Doubt.CLOCK, Doubt.NOISE, Doubt.LOOKS_FABRICATED} <= doubts(result)
    assert result.looks_fabricated
    assert result.integrity[0].kind is Doubt.LOOKS_FABRICATED
    assert result.confidence <= 0.1
    assert "서로 독립인 근거 2가지가 겹쳤습니다. 판단은 사람이 합니다." in str(
        result.integrity[0].text
    )


def test_shuffled_rows_of_a_real_plant_are_not_called_fabricated() -> None:
    order = np.random.default_rng(1).permutation(1_500)
    columns = {name: values[order] for name, values in plant().items()}

    result = measured(site_of(columns, strewn(1_500)[order]))

    assert doubt(result, Doubt.CLOCK).severity is Severity.ERROR
    assert not result.looks_fabricated


def test_a_day_shift_in_no_order_is_not_strewn() -> None:
    random = np.random.default_rng(1)
    days = random.integers(0, 200, 500) * DAY
    times = START - START % DAY + days + random.integers(0, 8 * 3_600, 500) * SECOND

    assert Doubt.CLOCK not in doubts(measured(site_of(plant(500), times)))


def scanned(times: npt.NDArray[np.int64]) -> MadeSite:
    codes = [f"B{i:05}" for i in range(len(times))]
    return MadeSite().add("barcode", codes, times, role=ColumnRole.LOT)


def test_barcodes_at_equal_steps_were_not_scanned() -> None:
    steps = np.random.default_rng(1).integers(20, 90, 200)

    assert doubt(measured(scanned(every(30, 200))), Doubt.LATTICE).severity is Severity.WARNING
    assert Doubt.LATTICE not in doubts(measured(scanned(START + np.cumsum(steps) * SECOND)))


def test_a_sensor_that_stands_still_is_told() -> None:
    times = every(1, 700)
    site = site_of(plant(700), times).add("dead", np.full(700, 3.2), times)
    site.add("line", ["L1"] * 700, times, role=ColumnRole.LABEL)

    result = measured(site)

    assert doubt(result, Doubt.CONSTANT).severity is Severity.INFO
    assert "2개 있습니다(dead, line)" in str(doubt(result, Doubt.CONSTANT).text)


def test_a_table_that_mostly_stands_still_costs_confidence() -> None:
    times, site = every(1, 700), MadeSite().add("a", walk(700, 1), every(1, 700))
    for name in ("b", "c", "d"):
        site.add(name, np.full(700, 1.0), times)

    assert doubt(measured(site), Doubt.CONSTANT).severity is Severity.WARNING
