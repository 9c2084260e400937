"""Good of all products, from judgements and from counts, by hand."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.sites import MadeSite, every, tables_of

from dure.engines.kpi.indicator import Direction, KpiValue
from dure.engines.kpi.quality import good_rate
from dure.engines.lake.series import ColumnRole


def rate(words: Sequence[str | None], name: str = "판정") -> KpiValue:
    site = MadeSite().add(name, list(words), role=ColumnRole.LABEL)
    return good_rate(tables_of(site))


def test_words_that_everyone_knows() -> None:
    kpi = rate(["OK"] * 7 + ["NG"] * 2 + ["재검"])

    assert kpi.value == pytest.approx(100 * 7 / 9)
    assert (kpi.low, kpi.high) == (70.0, 80.0)
    assert (kpi.unit, kpi.direction) == ("%", Direction.UP)
    assert str(kpi.basis) == ("10행 중 양품 7행, 불량 2행, 모름 1행. 양품: ok / 불량: ng.")


def test_empty_judgements_widen_the_interval() -> None:
    kpi = rate(["합격", "합격", None, "불합격"])

    assert (kpi.value, kpi.low, kpi.high) == (pytest.approx(200 / 3), 50.0, 75.0)


@pytest.mark.parametrize(
    ("name", "words", "share"),
    [
        ("불량여부", "0001", 75.0),
        ("NG", "0001", 75.0),
        ("defect_flag", ["0.0", "0.0", "0.0", "1.0"], 75.0),
        ("양품", "1110", 75.0),
        ("is_ok", ["yes", "yes", "no", "yes"], 75.0),
        ("passorfail", "0000000001", 90.0),
        ("판정", "1111111110", 90.0),
    ],
)
def test_noughts_and_ones_are_read_by_the_name(
    name: str, words: Sequence[str], share: float
) -> None:
    assert rate(list(words), name).value == share


def test_what_cannot_be_read_is_not_guessed() -> None:
    assert rate(list("0110"), "passorfail").value is None
    assert rate(list("0110"), "mode").value is None
    assert rate(["A", "B", "OK"], "grade").value is None
    assert str(rate(["A", "B"]).basis).startswith("양품과 불량을 나누는 열")


def test_one_judgement_for_all_rows_is_said() -> None:
    assert "표 전체를 한 번 판정한 것인지 알 수 없습니다." in str(rate(["OK"] * 5).basis)


def test_runs_that_were_judged_once_count_once() -> None:
    site = MadeSite()
    for run, (word, rows) in enumerate([("PASS", 900), ("FAIL", 10), ("PASS", 50)]):
        site.add("INSPECT", [word] * rows, frame=f"run{run}", role=ColumnRole.LABEL)

    kpi = good_rate(tables_of(site))

    assert kpi.value == kpi.low == kpi.high == pytest.approx(200 / 3)
    assert str(kpi.basis) == (
        "표마다 판정이 하나씩입니다. 표 3개 중 양품 2개, 불량 1개. "
        "양품: pass / 불량: -; 양품: - / 불량: fail."
    )


def test_the_label_that_tells_most_is_used_over_all_tables() -> None:
    site = (
        MadeSite()
        .add("state", ["정상", "정상"], frame="a", role=ColumnRole.LABEL)
        .add("판정", ["OK", "NG", "OK"], frame="b", role=ColumnRole.LABEL)
        .add("판정", ["OK", "OK"], frame="c", role=ColumnRole.LABEL)
    )

    kpi = good_rate(tables_of(site))

    assert (kpi.value, kpi.series) == (80.0, ("b/판정", "c/판정"))


def test_counts_go_before_judgements() -> None:
    site = (
        MadeSite()
        .add("양품수량", [90.0, 95.0, 8.0], every(60, 3), role=ColumnRole.COUNT)
        .add("불량수량", [10.0, 5.0, float("nan")], every(60, 3), role=ColumnRole.COUNT)
        .add("판정", ["OK", "OK", "OK"], every(60, 3), role=ColumnRole.LABEL)
    )

    kpi = good_rate(tables_of(site))

    assert kpi.value == 92.5
    assert (kpi.low, kpi.high) == (pytest.approx(92.5 * 2 / 3), pytest.approx(95.0))
    assert kpi.series == ("table/양품수량", "table/불량수량")
    assert str(kpi.basis) == "양품수량 합계 185 ÷ 전체 200. 두 수량이 모두 있는 행 2개."


def test_good_of_a_total() -> None:
    site = (
        MadeSite()
        .add("good", [45.0, 48.0], role=ColumnRole.COUNT)
        .add("total_output", [50.0, 50.0], role=ColumnRole.COUNT)
    )

    assert good_rate(tables_of(site)).value == 93.0


@pytest.mark.parametrize(
    "columns",
    [
        {"good": [60.0], "total": [50.0]},
        {"good": [0.0], "defects": [0.0]},
        {"good": [5.0]},
        {"good_per_hour": [5.0], "defects": [1.0]},
    ],
)
def test_counts_that_make_no_sense_give_nothing(columns: dict[str, list[float]]) -> None:
    site = MadeSite()
    for name, values in columns.items():
        site.add(name, values, role=ColumnRole.COUNT)

    assert good_rate(tables_of(site)).value is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_interval_holds_the_value(good: int, bad: int, unknown: int) -> None:
    words = ["OK"] * good + ["NG"] * bad + [None] * unknown
    kpi = rate(words)

    if kpi.value is None or kpi.low is None or kpi.high is None:
        assert good + bad == 0
        return
    assert 0 <= kpi.low <= kpi.value <= kpi.high <= 100
    better = rate(["OK", *words])
    assert better.value is not None
    assert better.value >= kpi.value
