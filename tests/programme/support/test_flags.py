"""What a reviewer is asked to look at, computed from data and shared by both cases."""

from fractions import Fraction
from typing import Any

import pytest
from tests.factories.registry import make_workplace_details
from tests.factories.support import (
    DECLARED,
    NOW,
    make_applicant,
    make_call,
    make_draft,
    make_operator,
    make_submitted,
)

from dure.foundation.audit.actor import Actor
from dure.programme.registry import actions as registry
from dure.programme.support import actions, queries
from dure.programme.support.flags import likeness
from dure.programme.support.queries import QueueFilter

pytestmark = pytest.mark.django_db
# Nothing speaks for a look but that the level is a statement.
STATED = {"level_stated"}


def kinds(application_id: int) -> set[str]:
    return {flag.kind for flag in queries.get_case(application_id, now=NOW).flags}


def words(application_id: int) -> list[str]:
    rows = queries.list_queue(QueueFilter(), now=NOW).rows
    return [str(flag) for row in rows if row.id == application_id for flag in row.flags]


def apart(n: int) -> dict[str, Any]:
    """An applicant at a place and with costs of its own."""
    cost = {
        "software_development": str(10_000_000 * (n + 1) ** 3),
        "hardware": "",
        "other_cost": "",
    }
    return {"address": f"경기도 화성시 두레로 {n + 10}", "cost": cost}


def test_a_case_nothing_is_odd_about_says_only_that_its_level_is_a_statement() -> None:
    call_id = make_call()
    first = make_submitted(call_id, **apart(1))[1]
    second = make_submitted(call_id, **apart(3))[1]

    assert kinds(first) == kinds(second) == STATED
    assert words(first) == ["측정하지 않은 수준"]


def test_earlier_support_and_refusals_are_flagged() -> None:
    application_id = make_submitted(
        make_call(), standing={"prior_support": "new_build", "excluded": "yes", "insolvency": "yes"}
    )[1]

    assert kinds(application_id) == STATED | {"prior_support", "refused"}
    assert "자격 어려움 2건" in words(application_id)


def test_one_address_of_two_firms_is_flagged_on_both_however_it_is_spaced() -> None:
    call_id, other_call = make_call(), make_call()
    first = make_submitted(call_id, address="경기도 화성시 두레로 7", cost=apart(1)["cost"])[1]
    second = make_submitted(other_call, address="경기도  화성시 두레로7", cost=apart(3)["cost"])[1]
    third = make_submitted(call_id, address="경기도 화성시 두레로 7", cost=apart(5)["cost"])[1]

    assert kinds(first) == kinds(second) == kinds(third) == STATED | {"same_address"}
    assert "같은 주소 2건" in words(first)
    others = {f.other_id for f in queries.get_case(first, now=NOW).flags if f.other_id}
    assert others == {second, third}


def test_two_workplaces_of_one_firm_share_their_address_without_a_flag() -> None:
    call_id = make_call()
    actor, workplace_id = make_applicant()
    other = registry.register_workplace(
        actor,
        make_workplace_details(
            name="제2공장", branch_number="0002", address="경기도 화성시 두레로 1"
        ),
    )
    cases = [make_draft(actor, place, call_id) for place in (workplace_id, other)]
    for application_id in cases:
        actions.submit_application(actor, application_id, declared=DECLARED, now=NOW)

    assert [kinds(application_id) for application_id in cases] == [STATED, STATED]


def test_equal_costs_in_one_call_are_flagged_and_in_another_not() -> None:
    call_id = make_call()
    first = make_submitted(call_id, address="경기도 화성시 가로 1")[1]
    second = make_submitted(call_id, address="경기도 화성시 나로 2")[1]
    elsewhere = make_submitted(make_call(), address="경기도 화성시 다로 3")[1]

    assert kinds(first) == kinds(second) == STATED | {"same_quote"}
    assert "같은 견적 금액 1건" in words(first)
    assert kinds(elsewhere) == STATED


@pytest.mark.parametrize(
    ("other", "flag", "words_of_it"),
    [
        ("90,000,001", {"similar_quote"}, ["견적 유사 99%"]),
        ("93,673,469", {"similar_quote"}, ["견적 유사 98%"]),
        ("93,673,470", set(), []),
        ("86,470,589", {"similar_quote"}, ["견적 유사 98%"]),
        ("86,470,588", set(), []),
    ],
)
def test_quotes_alike_to_one_part_in_fifty_are_flagged(
    other: str, flag: set[str], words_of_it: list[str]
) -> None:
    call_id = make_call()
    cost = {"software_development": "90,000,000", "hardware": "", "other_cost": ""}
    first = make_submitted(call_id, address="경기도 화성시 가로 1", cost=cost)[1]
    second = make_submitted(
        call_id, address="경기도 화성시 나로 2", cost=cost | {"software_development": other}
    )[1]

    assert kinds(first) == kinds(second) == STATED | flag
    assert [text for text in words(second) if text.startswith("견적")] == words_of_it


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ({"a": 100}, {"a": 100}, Fraction(1)),
        ({"a": 100}, {"b": 100}, Fraction(0)),
        ({"a": 90}, {"a": 110}, Fraction(9, 10)),
        ({"a": 100, "b": -10}, {"a": 100}, Fraction(20, 21)),
        ({}, {}, Fraction(0)),
        ({"a": 0}, {"a": 0}, Fraction(0)),
    ],
)
def test_likeness_is_the_share_of_money_the_lists_have_in_common(
    first: dict[str, int], second: dict[str, int], alike: Fraction
) -> None:
    assert likeness(first, second) == likeness(second, first) == alike


def withdraw(actor: Actor, application_id: int) -> None:
    actions.withdraw_application(actor, application_id, reason="자금 사정")


def test_a_flag_shared_with_a_withdrawn_case_falls() -> None:
    call_id = make_call()
    first = make_submitted(call_id)[1]
    owner, second = make_submitted(call_id)
    assert kinds(first) == STATED | {"same_address", "same_quote"}

    withdraw(owner, second)

    assert kinds(first) == STATED
    found = queries.list_queue(QueueFilter(flag="same_address", stage="submitted"), now=NOW)
    assert found.total == 0


def test_a_withdrawn_case_is_not_compared_with() -> None:
    call_id = make_call()
    owner, first = make_submitted(call_id)
    withdraw(owner, first)

    assert kinds(make_submitted(call_id)[1]) == STATED


def test_a_resubmission_renews_the_flags_on_both_sides() -> None:
    call_id = make_call()
    operator = make_operator()
    first = make_submitted(call_id, address="경기도 화성시 가로 1")[1]
    owner, second = make_submitted(call_id, address="경기도 화성시 나로 2")
    assert "same_quote" in kinds(first) & kinds(second)
    actions.request_supplement(operator, second, text="견적서", now=NOW)
    cost = {"software_development": "10,000,000", "hardware": "5,000,000", "other_cost": ""}
    actions.save_answers(owner, second, "cost", cost, now=NOW)

    actions.submit_application(owner, second, declared=DECLARED, now=NOW)

    assert kinds(first) == kinds(second) == STATED


def test_the_queue_is_narrowed_by_flag() -> None:
    call_id = make_call()
    make_submitted(call_id, **apart(1))
    odd = make_submitted(call_id, **apart(3), standing={"prior_support": "new_build"})[1]

    page = queries.list_queue(QueueFilter(flag="prior_support"), now=NOW)

    assert [row.id for row in page.rows] == [odd]
