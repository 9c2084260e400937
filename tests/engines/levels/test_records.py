"""기초: records, their times and their lots."""

import numpy as np
import pytest
from tests.engines.levels.making import cell, measured
from tests.engines.sites import DAY, START, MadeSite, every, walk

from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Status


def test_records_are_told_by_the_largest_table_that_is_filled() -> None:
    empty = np.where(np.arange(500) % 10 == 0, 1.0, np.nan)
    site = MadeSite().add("sparse", empty, frame="big").add("temp", walk(40, 1), frame="small")

    found = cell(measured(site), "digitised_events")

    assert (found.status, found.rows) == (Status.SUPPORTED, (1, 40))
    assert found.series == ("small/temp",)


def test_too_few_records_say_how_many_are_needed() -> None:
    found = cell(measured(MadeSite().add("temp", walk(29, 1))), "digitised_events")

    assert found.status is Status.NOT_SUPPORTED
    assert str(found.missing) == "빈칸이 50%보다 적은 기록을 30행 이상 내보내 주세요."


def test_a_running_number_stands_for_order_but_not_for_time() -> None:
    site = MadeSite().add("shot", np.arange(200.0)).add("temp", walk(200, 1))

    found = cell(measured(site), "event_time")

    assert (found.status, found.confidence) == (Status.SUPPORTED, pytest.approx(0.3))
    assert "순번이 있습니다. 시각이 없어" in str(found.found)


def test_days_without_hours_are_said() -> None:
    midnight = START - START % DAY - 9 * 3_600_000_000
    site = MadeSite().add("made", walk(40, 1), midnight + np.arange(40) * DAY)

    assert "날짜가 있습니다. 시·분·초는 없습니다." in str(cell(measured(site), "event_time").found)


def test_a_table_without_times_beside_makes_it_less_sure() -> None:
    timed = MadeSite().add("temp", walk(60, 1), every(60, 60))
    alone = cell(measured(timed), "event_time").confidence

    beside = cell(measured(timed.add("x", walk(20, 2), frame="other")), "event_time")

    assert beside.status is Status.SUPPORTED
    assert beside.confidence == pytest.approx(alone * 60 / 80, abs=1e-3)


def lots(words: list[str | None], name: str = "로트번호") -> MadeSite:
    return MadeSite().add(name, words, role=ColumnRole.LOT)


def test_lots_in_most_records_can_be_followed() -> None:
    found = cell(measured(lots([f"L{i // 5}" for i in range(50)])), "lot_history")

    assert found.status is Status.SUPPORTED
    assert "100.0%에 적혀 있고 서로 다른 값이 10가지입니다." in str(found.found)


@pytest.mark.parametrize(
    "site",
    [
        lots(["L1"] * 50),
        lots(["L1", "L2", None, None] * 10),
        lots([f"2026-05-{1 + i % 28:02}" for i in range(50)], "납품일"),
        MadeSite().add("temp", walk(50, 1)),
    ],
    ids=["one lot", "half empty", "a date", "no lot"],
)
def test_what_is_no_lot_history(site: MadeSite) -> None:
    found = cell(measured(site), "lot_history")

    assert found.status is Status.NOT_SUPPORTED
    assert "로트·작업지시·일련번호 열을 기록마다 채워" in str(found.missing)
