"""The simulated cell: heat is held, shots follow shifts, and chance follows the seed."""

from datetime import date
from pathlib import Path
from statistics import fmean, median

import pytest

from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import ColumnRole, propose
from dure.web.example.machine_files import make_machine_files
from dure.web.example.moulding_cell import SET_POINTS, MouldingCell, Record

MONDAY, SATURDAY = date(2026, 11, 16), date(2026, 11, 21)


@pytest.fixture(scope="module")
def day() -> Record:
    return MouldingCell(7).run(MONDAY, 1)


def test_the_barrel_is_held_at_its_set_points(day: Record) -> None:
    warm = [reading for reading in day.readings if reading.at.hour >= 7]

    for zone, wanted in enumerate(SET_POINTS):
        assert fmean(reading.barrel[zone] for reading in warm) == pytest.approx(wanted, abs=0.5)
        assert max(reading.barrel[zone] for reading in warm) < wanted + 4


def test_the_log_has_a_reading_each_ten_seconds_while_heated(day: Record) -> None:
    steps = {
        (after.at - before.at).total_seconds()
        for before, after in zip(day.readings, day.readings[1:], strict=False)
    }

    assert steps == {10.0}
    assert f"{day.readings[0].at:%H:%M}" == "05:15"
    assert f"{day.readings[-1].at:%H:%M}" == "21:59"


def test_shots_are_counted_in_order_within_the_two_shifts(day: Record) -> None:
    assert [shot.count for shot in day.shots] == list(range(1, len(day.shots) + 1))
    assert {shot.shift for shot in day.shots} == {"주간", "야간"}
    assert min(shot.at.hour for shot in day.shots) == 6
    assert max(shot.at.hour for shot in day.shots) == 21
    assert median(shot.cycle_seconds for shot in day.shots) == pytest.approx(31.7, abs=0.2)


def test_the_first_shots_after_a_start_are_scrap(day: Record) -> None:
    assert [shot.is_good for shot in day.shots[:6]] == [False] * 6
    assert fmean(shot.is_good for shot in day.shots) > 0.9


def test_nothing_runs_at_the_weekend() -> None:
    weekend = MouldingCell(7).run(SATURDAY, 2)

    assert weekend == Record([], [])


def test_one_seed_gives_one_record_and_another_seed_another() -> None:
    again = MouldingCell(7).run(MONDAY, 1)

    assert MouldingCell(7).run(MONDAY, 1) == again
    assert MouldingCell(8).run(MONDAY, 1) != again


def test_its_files_are_read_without_a_question(tmp_path: Path) -> None:
    sensors, shots = make_machine_files(7, MONDAY, 1)
    (tmp_path / "sensors.csv").write_bytes(sensors)
    (tmp_path / "shots.csv").write_bytes(shots)

    log = propose(inspect(tmp_path / "sensors.csv"))
    production = propose(inspect(tmp_path / "shots.csv"))

    assert [column.unit for column in log.columns] == ["", "℃", "℃", "℃", "℃", "℃", "kW"]
    assert (log.file.encoding, production.file.encoding) == ("utf-8-sig", "cp949")
    assert [
        column.role for column in production.columns if column.header in {"로트번호", "생산수량"}
    ] == [
        ColumnRole.LOT,
        ColumnRole.COUNT,
    ]
