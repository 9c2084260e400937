"""The level that data support: it rises only while everything below is shown."""

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.levels.making import TODAY, cell, grid, measured
from tests.engines.sites import DAY, START, MadeSite, every, walk

from dure.engines.kpi.frames import Window
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Measurement, Status
from dure.engines.levels.integrity.dates import RefusedDate
from dure.engines.levels.measure import measure
from dure.kernel.evidence import EvidenceGrade


def collected(count: int = 1_200, seconds: float = 1.0) -> MadeSite:
    """Three signals by a clock, for as long as it takes."""
    times, site = every(seconds, count), MadeSite()
    for index, name in enumerate(("temp", "flow", "current")):
        site.add(name, walk(count, index), times)
    return site


def test_steady_signals_support_mid1_and_say_what_mid2_lacks() -> None:
    result = measured(collected())

    assert result.system_level == "mid1"
    assert result.next_level == "mid2"
    assert [str(text)[:5] for text in result.missing_for_next] == ["조작량(밸", "설정값(S"]
    assert (result.rows, result.series_count) == (1_200, 3)
    assert (result.first, result.last) == (START, START + 1_199 * 1_000_000)


def test_a_file_without_times_supports_no_level() -> None:
    result = measured(MadeSite().add("temp", walk(500, 1)))

    assert (result.system_level, result.confidence) == ("none", 0.0)
    assert cell(result, "digitised_events").status is Status.SUPPORTED
    assert cell(result, "event_time").status is Status.NOT_SUPPORTED
    assert [str(text) for text in result.missing_for_next] == [
        "시각 열(연·월·일 시:분:초)을 넣어 다시 내보내 주세요."
    ]
    assert "시각이 없어 언제의 자료인지 알 수 없습니다." in map(str, result.not_measurable)


def test_no_data_at_all_supports_nothing() -> None:
    result = measured(MadeSite())

    assert (result.system_level, result.rows, result.first) == ("none", 0, None)
    assert {one.status for one in result.cells} == {Status.CANNOT_TELL, Status.NOT_SUPPORTED}
    assert not result.has_doubts


def test_rows_without_a_level_below_do_not_lift_it() -> None:
    """Signals alone, 300 records short of what collection asks."""
    result = measured(collected(400))

    assert result.system_level == "basic"
    assert cell(result, "automatic_collection").status is Status.NOT_SUPPORTED
    assert cell(result, "coverage").status is Status.SUPPORTED


def test_grade_is_said_and_weighs_on_confidence() -> None:
    site = collected()
    by_grade = {grade: measured(site, grade=grade) for grade in EvidenceGrade}

    confidences = [by_grade[grade].confidence for grade in EvidenceGrade]
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[2] == pytest.approx(0.7 * confidences[0], abs=1e-3)
    assert str(by_grade[EvidenceGrade.UPLOADED_FILE].worth).startswith("C등급: 사람이 올린 파일")
    assert {one.grade for one in by_grade[EvidenceGrade.DEVICE_SIGNED].cells} == {
        EvidenceGrade.DEVICE_SIGNED
    }


def test_without_a_given_grade_the_weakest_series_counts() -> None:
    times, site = every(1, 700), MadeSite()
    for index, name in enumerate(("a", "b", "c")):
        site.add(name, walk(700, index), times, grade=EvidenceGrade.MACHINE_CHANNEL)
    assert measured(site).grade is EvidenceGrade.MACHINE_CHANNEL

    site.add("d", walk(700, 9), times, grade=EvidenceGrade.STATEMENT)
    assert measured(site).grade is EvidenceGrade.STATEMENT


def test_longer_records_are_surer() -> None:
    day, month = (measured(collected(n, 60)).confidence for n in (1_440, 43_200))

    assert day == pytest.approx(0.7 * (0.5 + 0.5 / 30), abs=0.02)
    assert month == pytest.approx(0.7, abs=0.001)


def test_every_criterion_of_the_grid_is_answered_in_order() -> None:
    result = measured(collected())

    assert [one.criterion for one in result.cells] == [c.key for c in grid().criteria]
    by_people = [one for one in result.cells if one.criterion in ("simulation", "digital_twin")]
    assert [str(one.found) for one in by_people] == [
        "서류로 확인하는 기준입니다. 데이터로는 알 수 없습니다.",
        "현장에서 확인하는 기준입니다. 데이터로는 알 수 없습니다.",
    ]
    documents = sum(c.evidence == "document" for c in grid().criteria)
    assert f"{documents}개는 서류로" in str(result.not_measurable[0])


def test_old_data_say_nothing_of_today() -> None:
    site = MadeSite().add("temp", walk(50, 1), every(60, 50, START - 400 * DAY))

    assert "자료의 마지막 날은 2025-08-03입니다. 지금도 그런지는 알 수 없습니다." in map(
        str, measured(site).not_measurable
    )


def test_only_the_window_is_looked_at() -> None:
    window = Window(START, START + 100 * 1_000_000)

    result = measured(collected(), window=window)

    assert (result.rows, result.system_level) == (100, "basic")
    assert measured(collected(), window=Window(0, 1)).rows == 0


def test_rows_after_the_moment_are_no_measurements() -> None:
    site = collected()

    result = measure(site, grid=grid(), as_of=TODAY, now=START - 2 * DAY)

    assert (result.system_level, result.first) == ("none", None)


def test_refused_dates_count_as_records_without_time() -> None:
    site = MadeSite().add("temp", walk(90, 1), every(60, 90))
    refused = [RefusedDate("table", row, "1900-01-00") for row in range(11)]

    assert cell(measured(site), "event_time").status is Status.SUPPORTED
    late = measured(site, refused=refused)
    assert cell(late, "event_time").status is Status.NOT_SUPPORTED
    assert "101행 가운데 90행(89.1%)" in str(cell(late, "event_time").found)


def test_json_gives_back_the_same_measurement() -> None:
    site = collected().add(
        "lot", [f"L{i}" for i in range(1_200)], every(1, 1_200), role=ColumnRole.LOT
    )
    result = measured(site, refused=[RefusedDate("table", 3, "1900-01-00")])

    assert Measurement.from_json(result.to_json()) == result
    assert result.to_plain()["system_level"] == "mid1"


def test_thresholds_come_from_the_grid() -> None:
    """Another grid, another answer: no threshold lives in code."""
    criterion = grid().criterion("automatic_collection")
    interval = replace(criterion.thresholds["max_interval_seconds"], value=0.5)
    tight = replace(
        criterion, thresholds={**criterion.thresholds, "max_interval_seconds": interval}
    )
    criteria = tuple(tight if c.key == tight.key else c for c in grid().criteria)

    result = measure(collected(), grid=replace(grid(), criteria=criteria), as_of=TODAY)

    assert result.system_level == "basic"
    assert "0.5초보다 깁니다" in str(cell(result, "automatic_collection").found)


def test_half_empty_tables_are_counted_cell_by_cell() -> None:
    values = walk(100, 1)
    values[::2] = np.nan

    result = measured(MadeSite().add("a", values, every(60, 100)))

    assert "100행이 있고, 칸의 50.0%에 값이" in str(cell(result, "digitised_events").found)
    values[1] = np.nan
    result = measured(MadeSite().add("a", values, every(60, 100)))
    assert cell(result, "digitised_events").status is Status.NOT_SUPPORTED
