"""How regularly rows come, by hand-counted times."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.sites import DAY, SECOND, START, every

from dure.engines.kpi.cadence import EARLIEST, Cadence, measure_cadence, possible


def measured(seconds: list[float], now: int | None = None) -> Cadence:
    cadence = measure_cadence(START + np.array([int(s * SECOND) for s in seconds]), now)
    assert cadence is not None
    return cadence


def test_a_pause_is_counted_apart_from_lost_rows() -> None:
    """Rows at 0, 1, 2, 4 s, then after a pause at 20 and 21 s."""
    cadence = measured([0, 1, 2, 4, 20, 21])

    assert (cadence.rows, cadence.moments, cadence.step_seconds) == (6, 6, 1.0)
    assert (cadence.gaps, cadence.longest_gap) == (1, 16 * SECOND)
    assert cadence.gap_share == pytest.approx(15 / 21)
    assert cadence.completeness == pytest.approx(6 / 22)
    assert cadence.running_completeness == pytest.approx(6 / 7)
    assert (cadence.regular_share, cadence.exact_share) == (0.6, 0.6)
    assert cadence.span_seconds == 21.0


def test_a_late_row_within_tolerance_is_regular_but_not_exact() -> None:
    cadence = measured([0, 10, 21, 31, 41, 51])

    assert (cadence.regular_share, cadence.exact_share) == (1.0, 0.8)
    strict = measure_cadence(START + np.array([0, 10, 21, 31, 41]) * SECOND, tolerance=0.05)
    assert strict is not None
    assert strict.regular_share == 0.75


def test_gap_steps_say_where_a_pause_begins() -> None:
    times = START + np.array([0, 1, 2, 3, 7, 8]) * SECOND

    short = measure_cadence(times, gap_steps=3)
    usual = measure_cadence(times)

    assert short is not None
    assert usual is not None
    assert (short.gaps, usual.gaps) == (1, 0)


def test_order_in_the_file_is_told_and_not_needed() -> None:
    cadence = measured([3, 2, 1, 0, 4, 5])

    assert cadence.backward_share == 0.6
    assert (cadence.first, cadence.last) == (START, START + 5 * SECOND)
    assert cadence.exact_share == 1.0


def test_times_cut_to_the_minute_with_ten_rows_each() -> None:
    minutes = START - START % (60 * SECOND) + np.repeat(np.arange(30), 10) * 60 * SECOND

    cadence = measure_cadence(minutes)

    assert cadence is not None
    assert (cadence.rows_per_moment, cadence.even_moments, cadence.places_rows) == (10, True, True)
    assert (cadence.step_seconds, cadence.resolution) == (6.0, 60 * SECOND)


def test_days_that_many_uneven_rows_share_place_no_row() -> None:
    days = START - START % DAY - 9 * 3_600 * SECOND + np.repeat(np.arange(5), [3, 9, 4, 2, 5]) * DAY

    cadence = measure_cadence(days)

    assert cadence is not None
    assert (cadence.resolution, cadence.places_rows) == (DAY, False)


@pytest.mark.parametrize(
    ("step", "resolution"), [(3_600.0, 3_600), (1.0, 1), (0.001, 0.001), (0.000_3, 0.000_001)]
)
def test_resolution_of_the_clock(step: float, resolution: float) -> None:
    start = START - START % (3_600 * SECOND)
    times = start + np.array([0, 1, 2, 5, 7]) * round(step * SECOND)

    cadence = measure_cadence(times)

    assert cadence is not None
    assert cadence.resolution == round(resolution * SECOND)


def test_fewer_than_three_moments_have_no_cadence() -> None:
    assert measure_cadence(np.zeros(0, np.int64)) is None
    assert measure_cadence(np.array([START, START + 1, START + 1])) is None
    assert measure_cadence(np.array([0, 1, 2, 3], np.int64)) is None


def test_impossible_times_are_left_out() -> None:
    times = np.array([EARLIEST - 1, EARLIEST, START, START + 3 * DAY])

    assert possible(times).tolist() == [False, True, True, True]
    assert possible(times, START + DAY).tolist() == [False, True, True, False]


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=60), st.integers(1, 3_600))
def test_shares_are_shares_and_do_not_hang_on_the_start(moments: list[int], step: int) -> None:
    times = START + np.array(moments, np.int64) * step * SECOND
    cadence, later = measure_cadence(times), measure_cadence(times + 17 * DAY)

    if cadence is None or later is None:
        assert cadence is later
        return
    shares = (
        cadence.regular_share,
        cadence.exact_share,
        cadence.gap_share,
        cadence.completeness,
        cadence.running_completeness,
        cadence.backward_share,
    )
    assert all(0 <= share <= 1 for share in shares)
    assert cadence.exact_share <= cadence.regular_share
    assert cadence.completeness <= cadence.running_completeness
    assert (later.step, later.completeness, later.gaps) == (
        cadence.step,
        cadence.completeness,
        cadence.gaps,
    )


@given(st.integers(5, 200), st.integers(1, 600), st.data())
def test_losing_rows_never_makes_a_record_more_complete(
    count: int, step: int, data: st.DataObject
) -> None:
    times = every(step, count)
    lost = data.draw(st.integers(1, count - 2))

    whole, holed = measure_cadence(times), measure_cadence(np.delete(times, lost))

    assert whole is not None
    assert whole.completeness == 1.0
    if holed is not None and holed.step == whole.step:
        assert holed.completeness < 1.0
