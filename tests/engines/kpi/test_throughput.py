"""Cycle time and hourly output, where rows are products and where they are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.sites import DAY, SECOND, START, MadeSite, every, tables_of, walk

from dure.engines.kpi.throughput import cycle_time, hourly_output
from dure.engines.lake.series import ColumnRole

PRODUCED = START + np.array([0, 30, 61, 90, 121, 150]) * SECOND


def judged(times: object = PRODUCED, count: int = 6) -> MadeSite:
    return MadeSite().add("판정", ["OK"] * (count - 1) + ["NG"], times, role=ColumnRole.LABEL)  # type: ignore[arg-type]


def test_products_between_each_other() -> None:
    """Steps 30, 31, 29, 31, 29: median 30 s, told by a clock of whole seconds."""
    kpi = cycle_time(tables_of(judged()))

    assert (kpi.value, kpi.low, kpi.high, kpi.unit) == (30.0, 29.0, 31.0, "초")


def test_products_per_hour_with_and_without_the_pause() -> None:
    """Seven products in 1,110 s, of which a pause of 930 s counts but for one usual step."""
    times = np.append(PRODUCED, PRODUCED[-1] + 960 * SECOND)
    kpi = hourly_output(tables_of(judged(times, 7)))

    assert kpi.low == pytest.approx(7 / (1_110 / 3_600))
    assert kpi.value == kpi.high == pytest.approx(7 / (180.5 / 3_600))


def test_a_cycle_time_column_is_believed_before_steps() -> None:
    site = (
        judged()
        .add("machine_cycle_time", [9.0] * 6, PRODUCED)
        .add("product_cycletime", [31.0, 29.0, 30.0, np.nan, 32.0, 90.0], PRODUCED, unit="s")
    )

    kpi = cycle_time(tables_of(site))

    assert (kpi.value, kpi.low, kpi.high, kpi.unit) == (31.0, 30.0, 32.0, "s")
    assert str(kpi.basis) == "product_cycletime 열의 값 5개의 중앙값."
    bare = MadeSite().add("사이클타임", [1.0, 2.0, 3.0])
    assert "단위가 파일에 적혀 있지 않습니다." in str(cycle_time(tables_of(bare)).basis)


def test_a_produced_count_is_summed() -> None:
    site = MadeSite().add("생산량", [5.0, 7.0, np.nan, 8.0], every(1_800, 4), role=ColumnRole.COUNT)

    kpi = hourly_output(tables_of(site))

    assert (kpi.value, kpi.series) == (pytest.approx(20 / 1.5), ("table/생산량",))
    assert str(kpi.basis).startswith("생산량 합계 20 ÷ 가동 1.5시간.")


def test_one_lot_per_row_is_one_product_per_row() -> None:
    site = MadeSite().add("barcode", [f"B{i}" for i in range(6)], PRODUCED, role=ColumnRole.LOT)

    assert cycle_time(tables_of(site)).value == 30.0


@pytest.mark.parametrize(
    ("site", "why"),
    [
        (MadeSite().add("temp", walk(20, 1)), "시각 열이 없어"),
        (judged(START - START % DAY - 9 * 3_600 * SECOND + np.arange(6) * DAY), "날짜까지만"),
        (judged(every(6, 6)), "한 행이 제품 하나인지"),
        (MadeSite().add("temp", walk(6, 1), PRODUCED), "한 행이 제품 하나인지"),
        (judged().add("customer", ["A"] * 6, PRODUCED, role=ColumnRole.LABEL), "한 행이 제품"),
    ],
    ids=["no time", "days only", "sampling clock", "no product", "orders"],
)
def test_rows_that_are_no_products_give_nothing(site: MadeSite, why: str) -> None:
    tables = tables_of(site)

    for kpi in (cycle_time(tables), hourly_output(tables)):
        assert kpi.value is None
        assert why in str(kpi.basis)


@given(st.lists(st.integers(1, 600), min_size=5, max_size=60))
def test_output_lies_between_all_time_and_running_time(steps: list[int]) -> None:
    times = START + np.cumsum(steps) * SECOND
    site = MadeSite().add("lot", [f"L{i}" for i in range(len(steps))], times, role=ColumnRole.LOT)
    kpi = hourly_output(tables_of(site))

    if kpi.value is None or kpi.low is None:
        assert len(set(steps[1:])) == 1 or len(times) < 3
        return
    assert 0 < kpi.low <= kpi.value
