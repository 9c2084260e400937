"""The grid of system levels and the indicator catalogue."""

from datetime import date
from pathlib import Path

import pytest

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import DataFileError
from dure.kernel.names import Name
from dure.policy.errors import UnknownRuleError
from dure.policy.facts import fact_kinds
from dure.policy.indicators import load_indicators
from dure.policy.level_grid import load_level_grid

TODAY = date(2026, 11, 24)
GRID = "levels/system_level_grid.yaml"


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = (POLICY_ROOT / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_grid_has_a_cell_for_each_level_and_column() -> None:
    grid = load_level_grid(TODAY)

    assert [entry.key for entry in grid.levels] == [
        choice.key for choice in fact_kinds()["system_level"].choices
    ]
    assert [entry.name.ko for entry in grid.columns] == [
        "현장자동화",
        "공장운영",
        "기업자원관리",
        "제품개발",
        "공급사슬관리",
    ]
    assert len(grid.cells) == 25
    assert grid.cell("mid1", "automation") == Name(
        "설비데이터 자동 수집", "Equipment data collected automatically"
    )


def test_levels_rise_in_order() -> None:
    grid = load_level_grid(TODAY)

    assert [grid.rank(entry.key) for entry in grid.levels] == [0, 1, 2, 3, 4]
    assert grid.next_level("basic") == "mid1"
    assert grid.next_level("advanced") is None
    assert grid.level("mid2").name.ko == "중간2"
    assert grid.column("supply").name.en == "Supply chain"


def test_criteria_say_what_evidence_could_show_them() -> None:
    grid = load_level_grid(TODAY)

    assert {c.evidence for c in grid.criteria} == {"telemetry", "document", "visit"}
    assert {c.level for c in grid.criteria} == {"basic", "mid1", "mid2", "advanced"}
    by_data = grid.criteria_of("mid1", evidence="telemetry")
    assert {c.level for c in by_data} == {"mid1"}
    assert len(by_data) < len(grid.criteria_of("mid1"))


def test_thresholds_are_ours_and_say_so() -> None:
    grid = load_level_grid(TODAY)

    thresholds = [t for c in grid.criteria for t in c.thresholds.values()]
    assert {(t.source, t.mark) for t in thresholds} == {("Dure", "D")}
    criterion = next(c for c in grid.criteria if c.thresholds)
    key, threshold = next(iter(criterion.thresholds.items()))
    assert grid.criterion(criterion.key).threshold(key) == threshold.value


def test_limits_hold_for_every_criterion() -> None:
    grid = load_level_grid(TODAY)

    assert [grid.limit(f"worth_{grade}") for grade in "ABCD"] == [1.0, 0.9, 0.7, 0.3]
    assert grid.limits["full_days"].unit == "days"
    assert {(limit.source, limit.mark) for limit in grid.limits.values()} == {("Dure", "D")}
    with pytest.raises(KeyError):
        grid.limit("worth_E")


def test_hash_follows_a_limit(tmp_path: Path) -> None:
    old = "value: 0.7, source: Dure"
    root = changed(tmp_path, GRID, old, "value: 0.5, source: Dure")

    assert load_level_grid(TODAY, root).limit("worth_C") == 0.5
    assert load_level_grid(TODAY, root).hash != load_level_grid(TODAY).hash


def test_hash_follows_a_threshold(tmp_path: Path) -> None:
    root = changed(tmp_path, GRID, "from: 2020-01-01, value: ", "from: 2020-01-01, value: 9")

    assert load_level_grid(TODAY, root).hash != load_level_grid(TODAY).hash


def test_a_threshold_changes_on_its_day(tmp_path: Path) -> None:
    entry = "{from: 2020-01-01, value: 60, source: Dure, mark: D, verified: 2026-11-24}"
    later = "{from: 2027-01-01, value: 10, source: Dure, mark: D, verified: 2026-11-24}"
    root = changed(tmp_path, GRID, f"- {entry}", f"- {entry}\n          - {later}")

    before, after = (load_level_grid(day, root) for day in (date(2026, 12, 31), date(2027, 1, 1)))

    values = [[t.value for c in g.criteria for t in c.thresholds.values()] for g in (before, after)]
    assert [(a, b) for a, b in zip(*values, strict=True) if a != b] == [(60, 10)]
    assert before.hash != after.hash


def test_no_grid_outside_its_days(tmp_path: Path) -> None:
    ended = changed(tmp_path, GRID, "to: null", "to: 2027-12-31")

    assert load_level_grid(date(2027, 12, 31), ended).levels
    with pytest.raises(UnknownRuleError):
        load_level_grid(date(2028, 1, 1), ended)
    with pytest.raises(UnknownRuleError):
        load_level_grid(date(2019, 12, 31))


def test_what_the_grid_does_not_have_is_an_error() -> None:
    grid = load_level_grid(TODAY)

    with pytest.raises(KeyError):
        grid.criterion("no_such_criterion")
    with pytest.raises(KeyError):
        grid.level("expert")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{level: mid1, column: automation", "{level: mid2, column: automation", "칸이 하나씩"),
        ("key: event_time", "key: digitised_events", "두 번"),
        ("    level: basic", "    level: expert", "없는 수준"),
        ("    evidence: telemetry", "    evidence: rumour", "근거 종류"),
        ("from: 2020-01-01, value: 30,", "from: 2020-01-02, value: 30,", "한도 full_days: 첫날"),
        (
            "from: 2020-01-01, value: 600",
            "from: 2020-01-02, value: 600",
            "기준 automatic_collection/min_readings: 첫날의 값",
        ),
        ("criteria:", "criterions:", "criterions"),
    ],
)
def test_a_grid_that_makes_no_sense_is_refused(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    with pytest.raises(DataFileError, match=why):
        load_level_grid(TODAY, changed(tmp_path, GRID, old, new))


def test_a_missing_grid_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError):
        load_level_grid(TODAY, tmp_path)


def test_catalogue_holds_the_nineteen_indicators() -> None:
    indicators = load_indicators()

    assert len(indicators) == 19
    assert [i.key for i in indicators if i.key_indicator] == [
        "hourly_output",
        "manufacturing_lead_time",
        "process_defect_rate",
        "product_defect_rate",
        "work_in_process",
    ]
    first = indicators[0]
    assert (first.name.ko, first.group.name.ko, first.direction) == ("시간당 생산량", "생산", "up")


@pytest.mark.parametrize(
    ("old", "new"), [("class: P", "class: Z"), ("key: sales", "key: hourly_output")]
)
def test_a_catalogue_that_makes_no_sense_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(DataFileError):
        load_indicators(changed(tmp_path, "kpi/indicators.yaml", old, new))
