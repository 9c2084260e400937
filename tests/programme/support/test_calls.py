"""Opening calls: whose rules, which numbers, what is refused, and when they are open."""

from datetime import date, timedelta

import pytest
from tests.factories.support import CLOSES, NOW, OPENS, make_applicant, make_call, make_operator

from dure.foundation.audit.models import AuditEntry
from dure.kernel.names import Name
from dure.policy.errors import UnknownRuleError
from dure.programme.support import actions, queries
from dure.programme.support.errors import CallRefusedError, NotAllowedError
from dure.programme.support.models import Call

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


def details(**changes: object) -> actions.CallDetails:
    values: dict[str, object] = {
        "programme": "general",
        "title": Name("고도화 공고", "Upgrade call"),
        "policy_as_of": date(2023, 5, 2),
        "opens_at": OPENS,
        "closes_at": CLOSES,
    }
    return actions.CallDetails(**values | changes)  # type: ignore[arg-type]


def test_a_call_offers_the_tiers_of_the_day_whose_rules_hold() -> None:
    view = queries.get_call(make_call(is_example=True), NOW)

    assert view.title == Name("2026년 고도화 지원 (예시)", "Upgrade support 2026 (example)")
    assert view.programme_name == Name(
        "스마트공장 고도화(정부일반형)", "Smart factory upgrade (general type)"
    )
    assert [(t.key, t.cap_krw, t.share, t.max_months) for t in view.tiers] == [
        ("upgrade1", 200_000_000, 0.5, 9),
        ("same_level", 50_000_000, 0.5, 6),
    ]
    assert view.policy_as_of == date(2023, 5, 2)
    assert (view.opens_at, view.closes_at) == (OPENS, CLOSES)
    assert view.is_example


def test_a_call_may_offer_fewer_tiers_in_the_order_of_the_rules() -> None:
    call_id = make_call(policy_as_of=date(2021, 5, 1), tiers=("upgrade2", "basic"))

    assert [tier.key for tier in queries.get_call(call_id, NOW).tiers] == ["basic", "upgrade2"]


def test_the_same_announcement_under_the_rules_of_another_day_differs_only_in_data() -> None:
    before = queries.get_call(make_call(policy_as_of=date(2022, 6, 28)), NOW)
    after = queries.get_call(make_call(policy_as_of=date(2022, 6, 29)), NOW)

    assert before.tiers[0].cap_krw == 70_000_000
    assert after.tiers[0].cap_krw == 50_000_000


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - MOMENT, "upcoming"),
        (OPENS, "open"),
        (CLOSES, "open"),
        (CLOSES + MOMENT, "closed"),
    ],
)
def test_both_ends_of_the_period_belong_to_it(now: object, state: str) -> None:
    assert queries.get_call(make_call(), now).state == state  # type: ignore[arg-type]


def test_calls_are_listed_open_first_then_upcoming_then_closed_newest_first() -> None:
    day = timedelta(days=1)
    late = make_call(closes_at=CLOSES + day)
    soon = make_call()
    upcoming = make_call(opens_at=NOW + day, closes_at=NOW + 9 * day)
    old = make_call(opens_at=OPENS - 90 * day, closes_at=OPENS - 80 * day)
    older = make_call(opens_at=OPENS - 190 * day, closes_at=OPENS - 180 * day)

    assert [c.id for c in queries.list_calls(NOW)] == [soon, late, upcoming, old, older]


def test_an_operator_opens_a_call_and_it_is_recorded() -> None:
    operator = make_operator()

    call_id = actions.open_call(operator, details())

    entry = AuditEntry.objects.get(action="support:call:opened")
    assert entry.subject_id == str(call_id)
    assert entry.actor_user_id == operator.user_id
    assert entry.new == {
        "programme": "general",
        "tiers": ["upgrade1", "same_level"],
        "policy_as_of": "2023-05-02",
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
    }


def test_an_applicant_cannot_open_a_call() -> None:
    actor, _ = make_applicant()

    with pytest.raises(NotAllowedError):
        actions.open_call(actor, details())

    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"tiers": ("basic",)}, CallRefusedError),
        ({"title": Name("  ", "x")}, CallRefusedError),
        ({"title": Name("x", "")}, CallRefusedError),
        ({"closes_at": OPENS}, CallRefusedError),
        ({"policy_as_of": date(2024, 1, 1)}, UnknownRuleError),
        ({"programme": "tea"}, UnknownRuleError),
    ],
)
def test_a_call_that_does_not_fit_the_rules_is_refused(
    changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.open_call(make_operator(), details(**changes))

    assert not Call.objects.exists()
    assert not AuditEntry.objects.filter(action="support:call:opened").exists()
