"""Instants in Seoul, periods, and business days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.kernel.business_days import add_business_days, business_days_between, is_business_day
from dure.kernel.instants import KST, Period, PeriodError, half_year_of, to_kst, today_kst

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def test_the_day_in_seoul_starts_at_15_utc() -> None:
    assert today_kst(datetime(2026, 11, 24, 14, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert today_kst(datetime(2026, 11, 24, 15, 0, tzinfo=UTC)) == date(2026, 11, 25)
    assert to_kst(datetime(2026, 11, 24, 0, 0, tzinfo=UTC)) == datetime(2026, 11, 24, 9, tzinfo=KST)


def test_a_naive_datetime_is_no_instant() -> None:
    with pytest.raises(ValueError, match="naive"):
        to_kst(datetime(2026, 11, 24))  # noqa: DTZ001 - the refused case


def test_period_includes_both_ends() -> None:
    period = Period(date(2022, 1, 17), date(2022, 2, 22))

    days = [date(2022, 1, 16), date(2022, 1, 17), date(2022, 2, 22), date(2022, 2, 23)]
    assert [period.contains(day) for day in days] == [False, True, True, False]
    assert period.days == 37


def test_an_open_period_never_ends() -> None:
    period = Period(date(2022, 1, 17))

    assert period.contains(date(2999, 1, 1))
    assert period.days is None


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(PeriodError):
        Period(date(2022, 1, 2), date(2022, 1, 1))


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Period(date(2021, 1, 1), date(2021, 12, 31)), False),
        (Period(date(2021, 1, 1), date(2022, 1, 1)), True),
        (Period(date(2022, 6, 30)), True),
        (Period(date(2022, 7, 1)), False),
    ],
)
def test_periods_overlap_on_a_common_day(other: Period, overlaps: bool) -> None:
    half = Period.half_year(2022, 1)

    assert half.overlaps(other) is overlaps
    assert other.overlaps(half) is overlaps


def test_half_years() -> None:
    assert Period.half_year(2022, 1) == Period(date(2022, 1, 1), date(2022, 6, 30))
    assert half_year_of(date(2022, 6, 30)) == Period.half_year(2022, 1)
    assert half_year_of(date(2022, 7, 1)) == Period(date(2022, 7, 1), date(2022, 12, 31))
    with pytest.raises(PeriodError):
        Period.half_year(2022, 3)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 1, 1), False),
        (date(2026, 9, 25), False),
        (date(2026, 10, 9), False),
        (date(2022, 5, 5), False),
        # Liberation Day 2021 fell on a Sunday: the Monday stood in for it.
        (date(2021, 8, 16), False),
    ],
)
def test_offices_rest_on_weekends_holidays_and_substitutes(day: date, works: bool) -> None:
    assert is_business_day(day) is works


def test_adding_business_days_skips_weekends_and_chuseok() -> None:
    assert add_business_days(date(2026, 9, 23), 1) == date(2026, 9, 28)
    assert add_business_days(date(2026, 9, 28), -1) == date(2026, 9, 23)
    assert add_business_days(date(2026, 11, 21), 0) == date(2026, 11, 23)
    assert add_business_days(date(2026, 11, 23), 0) == date(2026, 11, 23)
    assert add_business_days(date(2026, 11, 21), 1) == date(2026, 11, 23)


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    later = add_business_days(day, count)

    assert is_business_day(later)
    assert business_days_between(day, later) == count
    assert business_days_between(later, day) == -count


@given(DAYS)
def test_no_business_days_within_one_day(day: date) -> None:
    assert business_days_between(day, day) == 0
    assert business_days_between(day - timedelta(days=1), day) == int(is_business_day(day))
