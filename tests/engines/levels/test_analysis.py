"""Whether data are used: results beside signals, indicators computed again, 4M1E joined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.levels.making import cell, measured
from tests.engines.sites import MadeSite, every, tables_of, walk

from dure.engines.lake.series import ColumnRole
from dure.engines.levels.column_words import kinds_of
from dure.engines.levels.derived import Formula, find_formulas
from dure.engines.levels.findings import Status
from dure.kernel.evidence import EvidenceGrade


def results(words: list[str | None], name: str = "판정", signals: int = 2) -> MadeSite:
    site = MadeSite().add(name, words, role=ColumnRole.LABEL)
    for index in range(signals):
        site.add(f"s{index}", walk(len(words), index))
    return site


def test_results_beside_signals_can_be_analysed() -> None:
    found = cell(measured(results(["OK", "OK", "NG", "OK"] * 20)), "quality_analysis")

    assert found.status is Status.SUPPORTED
    assert str(found.found) == (
        "판정: 기록의 100.0%에 판정이 있고 종류는 2가지입니다. 같은 기록에 설비 신호가 2개 "
        "있습니다."
    )


@pytest.mark.parametrize(
    ("site", "status"),
    [
        (results(["OK"] * 80), Status.NOT_SUPPORTED),
        (results(["OK", "NG", None, None, None] * 20), Status.NOT_SUPPORTED),
        (results(["OK", "NG"] * 40, signals=0), Status.NOT_SUPPORTED),
        (results(["run", "stop"] * 40, name="mode"), Status.CANNOT_TELL),
        (results([f"G{i}" for i in range(80)]), Status.CANNOT_TELL),
    ],
    ids=["one kind", "mostly empty", "no signals", "no result", "too many kinds"],
)
def test_what_cannot_be_analysed(site: MadeSite, status: Status) -> None:
    assert cell(measured(site), "quality_analysis").status is status


def test_counts_of_good_and_bad_are_results_not_signals() -> None:
    site = results(["OK", "NG"] * 40, signals=0)
    site.add("good", np.arange(80.0) % 7, role=ColumnRole.COUNT)

    assert "설비 신호가 0개" in str(cell(measured(site), "quality_analysis").found)


def formulas(columns: dict[str, object]) -> list[str]:
    site = MadeSite()
    for name, values in columns.items():
        site.add(name, np.asarray(values, np.float64))
    (table,) = tables_of(site)
    found = find_formulas(table.frame, most_error=0.01, least_matching=0.95)
    return [said(formula) for formula in found]


def said(formula: Formula) -> str:
    return formula.said.format(*(column.info.name for column in formula.columns))


A, B = np.abs(walk(300, 1)), np.abs(walk(300, 2))
GOOD, BAD = np.arange(300.0) % 37 + 900, np.arange(300.0) % 11


def test_sums_products_shares_and_power_factors_are_found() -> None:
    assert formulas({"a": A, "b": B, "sum": A + B}) == ["sum = a + b"]
    assert formulas({"v": A, "i": B, "w": A * B}) == ["w = v × i"]
    assert formulas({"p": A, "q": B, "pf": 100 * A / np.hypot(A, B)}) == [
        "pf = p ÷ √(p² + q²) × 100"
    ]
    assert formulas({"up": A, "down": B, "use": A / (A + B)}) == ["use = up ÷ (up + down)"]
    assert formulas({"total": GOOD + BAD, "good": GOOD, "bad": BAD}) == ["total = good + bad"]


def test_rounding_and_a_few_wrong_rows_are_forgiven() -> None:
    total = np.round(A + B)
    total[:10] = 1.0

    assert formulas({"a": A, "b": B, "sum": total}) == ["sum = a + b"]
    total[:20] = 1.0
    assert formulas({"a": A, "b": B, "sum": total}) == []


def test_whole_numbers_must_agree_to_the_unit() -> None:
    assert formulas({"total": GOOD + BAD + 1, "good": GOOD, "bad": BAD}) == []


def test_one_input_alone_is_no_formula() -> None:
    nearly_still = 1 + 0.001 * B
    assert formulas({"a": A, "one": nearly_still, "same": A * nearly_still}) == []
    assert formulas({"a": A, "b": B * 1e-4, "a2": A + B * 1e-4}) == []
    assert formulas({"a": A, "b": B, "x": walk(300, 9)}) == []
    assert formulas({"a": A, "b": B}) == []


def test_empty_cells_are_left_out() -> None:
    a, mostly_empty = A.copy(), np.full(300, np.nan)
    a[::7] = np.nan
    mostly_empty[:9] = 1.0

    assert formulas({"a": a, "b": B, "sum": A + B, "x": mostly_empty}) == ["sum = a + b"]


@given(st.integers(0, 2**31), st.floats(0.01, 1_000))
def test_a_sum_is_found_whatever_its_scale(seed: int, scale: float) -> None:
    a, b = scale * np.random.default_rng(seed).uniform(1, 3, (2, 60))

    assert "sum = a + b" in formulas({"a": a, "b": b, "sum": a + b})


def test_an_indicator_that_can_be_computed_again_is_told() -> None:
    site = MadeSite().add("p", A).add("q", B).add("pf", A / np.hypot(A, B))

    found = cell(measured(site), "derived_indicators")

    assert found.status is Status.SUPPORTED
    assert found.series == ("table/pf", "table/p", "table/q")
    assert str(found.found).startswith("pf = p ÷ √(p² + q²): 300행 가운데 100.0%에서")


def test_an_indicator_that_contradicts_its_ground_is_told() -> None:
    random = np.random.default_rng(1)
    site = MadeSite().add("pass_rate", random.uniform(0, 100, 200))
    site.add("fail_rate", random.uniform(0, 100, 200))

    found = cell(measured(site), "derived_indicators")

    assert found.status is Status.NOT_SUPPORTED
    assert "더해서 100%여야 하는 두 열" in str(found.found)


def test_man_machine_material_method_environment() -> None:
    names = ("작업자", "설비명", "재질", "작업지시")
    site = MadeSite().add("실내습도", walk(50, 1))
    for name in names:
        site.add(name, ["a", "b"] * 25, role=ColumnRole.LABEL)

    found = cell(measured(site), "integrated_4m1e")

    assert found.status is Status.SUPPORTED
    assert "5가지가 이어져 있습니다(사람, 설비, 자재, 방법, 환경)" in str(found.found)


def test_names_that_say_nothing_leave_it_open() -> None:
    assert cell(measured(MadeSite().add("V1", walk(50, 1))), "integrated_4m1e").status is (
        Status.CANNOT_TELL
    )
    assert kinds_of("mold_code") == ("machine",)
    assert kinds_of("set point temp") == ("method",)


def test_latency_of_a_machine_channel_is_open_too() -> None:
    site = MadeSite().add("a", walk(50, 1), every(1, 50))

    found = cell(measured(site, grade=EvidenceGrade.MACHINE_CHANNEL), "arrival_latency")

    assert str(found.found) == ("도착한 시각이 자료에 없어, 얼마나 빨리 도착했는지 알 수 없습니다.")
