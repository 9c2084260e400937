"""How whole a record is, and how much of the time it covers, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.sites import SECOND, START, MadeSite, every, tables_of

from dure.engines.kpi.continuity import completeness, running_share
from dure.engines.lake.series import ColumnRole

# Every second for ten seconds without the fifth, then a pause, then ten more.
HOLED = START + np.array([*range(5), *range(6, 10), *range(100, 110)]) * SECOND


def test_values_of_those_due() -> None:
    values = np.ones(19)
    values[:2] = np.nan
    kpi = completeness(tables_of(MadeSite().add("a", values, HOLED)))

    filled, running, whole = 17 / 19, 19 / 20, 19 / 110
    assert kpi.value == kpi.high == pytest.approx(100 * filled * running)
    assert kpi.low == pytest.approx(100 * filled * whole)


def test_events_are_only_as_whole_as_their_cells() -> None:
    times = START + np.array([0, 3, 50, 51, 90, 200, 201]) * SECOND
    kpi = completeness(tables_of(MadeSite().add("a", [1.0] * 6 + [np.nan], times)))

    assert kpi.value == kpi.low == pytest.approx(600 / 7)
    assert "일정한 주기로 오는 자료가 아니어서" in str(kpi.basis)


def test_without_timed_readings_nothing_is_due() -> None:
    words = MadeSite().add("a", ["x"] * 5, every(1, 5), role=ColumnRole.LABEL)

    for site in (words, MadeSite().add("a", [1.0, 2.0])):
        assert completeness(tables_of(site)).value is None


def test_share_of_time_without_a_pause() -> None:
    kpi = running_share(tables_of(MadeSite().add("a", np.ones(19), HOLED)))

    assert kpi.value == kpi.low == pytest.approx(100 * (1 - 90 / 109))
    assert kpi.high == 100.0
    assert "기록이 끊긴 시간 0.0시간(1곳)" in str(kpi.basis)
    assert running_share(tables_of(MadeSite().add("a", [1.0, 2.0]))).value is None


@given(st.lists(st.booleans(), min_size=4, max_size=80))
def test_filling_a_cell_never_lowers_completeness(filled: list[bool]) -> None:
    def whole(cells: list[bool]) -> float:
        values = np.where(cells, 1.0, np.nan)
        value = completeness(tables_of(MadeSite().add("a", values, every(5, len(cells))))).value
        assert value is not None
        return value

    base = whole(filled)

    assert 0 <= base <= 100
    assert whole([True, *filled[1:]]) >= base
    assert base == pytest.approx(100 * sum(filled) / len(filled))
