"""Which day's rules answer a question, and where a programme changes."""

from datetime import date

import pytest

from dure.kernel.instants import Period
from dure.policy.coverage import (
    RulesDay,
    known_days,
    programme_keys,
    rules_day,
    strict_rules_day,
    unchanged_periods,
)
from dure.policy.errors import UnknownRuleError
from dure.policy.reader import load_policy, make_policy

POLICY = load_policy()


@pytest.mark.parametrize(
    ("asked", "as_of"),
    [
        (date(2020, 1, 1), date(2020, 1, 1)),
        (date(2022, 6, 28), date(2022, 6, 28)),
        (date(2023, 12, 31), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2023, 12, 31)),
        (date(2026, 11, 24), date(2023, 12, 31)),
    ],
)
def test_a_day_without_rules_falls_back_to_the_newest_known(asked: date, as_of: date) -> None:
    day = rules_day(POLICY, asked)

    assert day == RulesDay(asked, as_of)
    assert day.in_force is (asked == as_of)


def test_before_the_first_rules_there_are_none() -> None:
    with pytest.raises(UnknownRuleError) as refused:
        rules_day(POLICY, date(2019, 12, 31))

    assert str(refused.value.remedy) == "2020-01-01부터 2023-12-31까지의 날짜를 골라 주세요."


def test_a_chosen_day_is_never_replaced() -> None:
    assert strict_rules_day(POLICY, date(2023, 12, 31)).in_force
    with pytest.raises(UnknownRuleError):
        strict_rules_day(POLICY, date(2024, 1, 1))


def test_the_days_known_reach_from_the_first_version_to_the_last() -> None:
    assert known_days(POLICY) == Period(date(2020, 1, 1), date(2023, 12, 31))


def test_an_open_version_leaves_the_end_open() -> None:
    from msgspec.structs import replace

    *others, last = POLICY.forms
    grown = make_policy([*others, replace(last, end=None)], POLICY.library)

    assert known_days(grown) == Period(date(2020, 1, 1), None)
    assert rules_day(grown, date(2026, 11, 24)).in_force
    assert unchanged_periods(grown, last.programme)[-1] == Period(last.start, None)


def test_every_programme_is_named_once() -> None:
    assert programme_keys(POLICY) == ("after_service", "cloud_switch", "general")


def test_a_change_within_a_year_cuts_it() -> None:
    assert unchanged_periods(POLICY, "general") == (
        Period(date(2020, 1, 1), date(2020, 12, 31)),
        Period(date(2021, 1, 1), date(2021, 12, 31)),
        Period(date(2022, 1, 1), date(2022, 6, 28)),
        Period(date(2022, 6, 29), date(2022, 12, 31)),
        Period(date(2023, 1, 1), date(2023, 12, 31)),
    )
    assert unchanged_periods(POLICY, "none-such") == ()
