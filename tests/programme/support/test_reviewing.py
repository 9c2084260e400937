"""The requirement check: supplements, decisions, who may, and by when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.factories.foundation import make_member
from tests.factories.support import (
    CLOSES,
    DECLARED,
    NOW,
    make_applicant,
    make_call,
    make_draft,
    make_operator,
    make_submitted,
)
from tests.programme.support.making import audited, entries_of, everything, notices_of

from dure.foundation.audit.actor import Actor
from dure.foundation.notices.queries import list_notices
from dure.foundation.organisations.models import Organisation
from dure.foundation.organisations.roles import Role
from dure.kernel.names import Name
from dure.programme.support import actions, queries
from dure.programme.support.actions import DecisionReason
from dure.programme.support.errors import (
    NotAllowedError,
    NotPossibleNowError,
    ReviewRefusedError,
)
from dure.programme.support.models import Application, Submission

pytestmark = pytest.mark.django_db
ASKED = "공급기업 견적서의 단가를 적어 주세요."
# Five business days after Tuesday 24 November; the day ends in Seoul at 15:00 UTC.
LAST_DAY = date(2026, 12, 1)
LAST_MOMENT = datetime(2026, 12, 1, 14, 59, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
WHY = (DecisionReason(text="계획이 구체적입니다."),)


def view_of(actor: Actor, application_id: int, now: datetime = NOW) -> queries.ApplicationView:
    return queries.get_application(actor.own_organisation_id, application_id, now=now)


def ask(operator: Actor, application_id: int, now: datetime = NOW, **more: Any) -> None:
    actions.request_supplement(operator, application_id, text=ASKED, now=now, **more)


def decide(operator: Actor, application_id: int, now: datetime = NOW, **changes: Any) -> None:
    values: dict[str, Any] = {"is_met": True, "reasons": WHY, "now": now}
    actions.decide_requirement(operator, application_id, **values | changes)


def test_a_supplement_is_asked_and_the_applicant_is_told_until_when() -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())

    ask(operator, application_id)

    view = view_of(actor, application_id)
    assert (view.state, view.due_on) == ("supplement_requested", LAST_DAY)
    assert view.supplement is not None
    assert (view.supplement.text, view.supplement.due_on) == (ASKED, LAST_DAY)
    assert view.supplement.answered_at is None
    assert (view.may_edit, view.may_submit) == (True, True)
    assert notices_of(actor.own_organisation_id)[-1] == "보완 요청이 왔습니다"
    body = str(list_notices(int(actor.user_id or 0))[0].body)
    assert body == (
        f"신청 번호 {view.number}. 2026.12.01.까지 보완해서 다시 제출해 주세요. 요청 내용: {ASKED}"
    )
    entry = entries_of(application_id)[-1]
    assert (entry.action, entry.reason) == ("support:application:supplement_requested", ASKED)
    assert entry.old == {"state": "submitted", "due_on": "2026-12-08"}
    assert entry.new == {"state": "supplement_requested", "due_on": "2026-12-01"}


@pytest.mark.parametrize(("days", "due"), [(1, date(2026, 11, 25)), (20, date(2026, 12, 22))])
def test_the_time_to_supplement_is_what_the_reviewer_gives(days: int, due: date) -> None:
    actor, application_id = make_submitted(make_call())

    ask(make_operator(), application_id, days=days)

    assert view_of(actor, application_id).due_on == due


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": "가" * 2001}, "text"),
        ({"days": 0}, "days"),
        ({"days": 21}, "days"),
    ],
)
def test_a_supplement_that_lacks_something_is_refused(changes: Any, field: str) -> None:
    operator = make_operator()
    _, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(ReviewRefusedError) as refused:
        actions.request_supplement(
            operator, application_id, **{"text": ASKED, "now": NOW, **changes}
        )

    assert refused.value.field == field
    assert everything() == before


def test_a_resubmission_adds_a_version_and_leaves_the_first() -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())
    first = Submission.objects.values().get()
    ask(operator, application_id)
    actions.save_answers(actor, application_id, "cost", {"hardware": "50,000,000"}, now=NOW)

    # The call is closed by then: a supplement has its own day.
    when = CLOSES + timedelta(days=1)
    actions.submit_application(actor, application_id, declared=DECLARED, now=when)

    view = view_of(actor, application_id)
    assert (view.state, view.version, view.due_on) == ("submitted", 2, date(2026, 12, 11))
    assert view.submitted_at == NOW
    assert view.amount is not None
    assert view.amount.total_cost_krw == 167_000_000
    assert Submission.objects.values().get(version=1) == first
    assert audited(application_id)[-1] == "resubmitted"
    assert notices_of(operator.own_organisation_id) == [
        "새 신청이 들어왔습니다",
        "보완한 신청이 들어왔습니다",
    ]
    case = queries.get_case(application_id, now=when)
    assert (case.version, case.is_late) == (2, False)
    assert case.supplements[0].answered_at == when


@pytest.mark.parametrize(("now", "late"), [(LAST_MOMENT, False), (AFTER, True)])
def test_past_the_last_day_a_resubmission_is_taken_and_marked(now: datetime, late: bool) -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())
    ask(operator, application_id)

    actions.submit_application(actor, application_id, declared=DECLARED, now=now)

    case = queries.get_case(application_id, now=now)
    assert (case.state, case.is_late) == ("submitted", late)
    assert ("late" in [flag.kind for flag in case.flags]) is late


def test_while_a_supplement_runs_nobody_decides_or_asks_again() -> None:
    operator = make_operator()
    _, application_id = make_submitted(make_call())
    ask(operator, application_id)
    before = everything()

    with pytest.raises(NotPossibleNowError):
        decide(operator, application_id, LAST_MOMENT)
    with pytest.raises(NotPossibleNowError):
        ask(operator, application_id, LAST_MOMENT)

    assert everything() == before
    case = queries.get_case(application_id, now=LAST_MOMENT)
    assert (case.may_decide, case.may_request) == (False, False)


def test_once_the_last_day_is_over_it_may_be_decided_or_asked_again() -> None:
    operator = make_operator()
    first, second = (make_submitted(call)[1] for call in (make_call(), make_call()))
    ask(operator, first)
    ask(operator, second)

    assert queries.get_case(first, now=AFTER).may_decide
    decide(operator, first, AFTER)
    ask(operator, second, AFTER)

    assert Application.objects.get(pk=first).state == "requirement_met"
    case = queries.get_case(second, now=AFTER)
    assert (case.state, case.due_on) == ("supplement_requested", date(2026, 12, 9))
    assert [s.answered_at for s in case.supplements] == [None, AFTER]


@pytest.mark.parametrize(
    ("is_met", "state", "word"),
    [(True, "requirement_met", "적합"), (False, "requirement_not_met", "부적합")],
)
def test_a_decision_stands_with_its_reasons_and_the_applicant_is_told(
    is_met: bool, state: str, word: str
) -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())
    reasons = (DecisionReason(rule="tax_paid"), DecisionReason(text=" 계획이 구체적입니다. "))

    decide(operator, application_id, is_met=is_met, reasons=reasons)

    view = view_of(actor, application_id)
    assert (view.state, view.due_on) == (state, None)
    assert (view.may_edit, view.may_submit, view.may_withdraw) == (False, False, False)
    assert view.decision is not None
    assert view.decision.is_met is is_met
    assert view.decision.reasons == (
        Name("체납한 세금이 없습니다.", "No taxes are in arrears."),
        "계획이 구체적입니다.",
    )
    assert str(view.decision.decided_by) == "운영기관 담당자"
    notice = list_notices(int(actor.user_id or 0))[0]
    assert str(notice.title) == f"요건검토 결과가 나왔습니다: {word}"
    assert "체납한 세금이 없습니다." in str(notice.body)
    entry = entries_of(application_id)[-1]
    assert entry.action == f"support:application:{state}"
    assert entry.reason == "계획이 구체적입니다."
    assert entry.old == {"state": "submitted", "due_on": "2026-12-08"}
    assert entry.new["reasons"] == [
        {
            "rule": "tax_paid",
            "verdict": "possible",
            "ko": "체납한 세금이 없습니다.",
            "en": "No taxes are in arrears.",
        },
        {"text": "계획이 구체적입니다."},
    ]
    assert queries.get_case(application_id, now=NOW).decision is not None


def test_the_life_cycle_moves_on_with_the_decision_and_ends_with_a_refusal() -> None:
    operator = make_operator()
    met_owner, met = make_submitted(make_call())
    not_owner, not_met = make_submitted(make_call())

    decide(operator, met)
    decide(operator, not_met, is_met=False)

    now_at = {stage.state: stage for stage in view_of(met_owner, met).stages}["now"]
    assert (now_at.key, str(now_at.who)) == ("site_review", "평가위원")
    ended = {stage.state: stage for stage in view_of(not_owner, not_met).stages}["now"]
    assert (ended.key, str(ended.text)) == ("requirement_check", "여기에서 끝났습니다: 부적합")
    assert ended.at == NOW


def test_a_person_may_decide_against_the_rules_word_and_the_money_follows() -> None:
    operator = make_operator()
    call_id = make_call()
    _, met = make_submitted(call_id, standing={"tax_arrears": "yes"})
    _, not_met = make_submitted(call_id, standing={"tax_arrears": "yes"})

    decide(operator, met, reasons=[DecisionReason(text="체납을 모두 냈음을 확인했습니다.")])
    decide(operator, not_met, is_met=False, reasons=[DecisionReason(rule="tax_paid")])

    money = dict(Application.objects.values_list("pk", "government_krw"))
    assert money == {met: 88_500_000, not_met: 0}


@pytest.mark.parametrize(
    "reasons",
    [
        (),
        (DecisionReason(),),
        (DecisionReason(text="   "),),
        (DecisionReason(rule="tea"),),
        (DecisionReason(text="가" * 2001),),
    ],
)
def test_a_decision_without_a_real_reason_is_refused(reasons: Any) -> None:
    operator = make_operator()
    _, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(ReviewRefusedError) as refused:
        decide(operator, application_id, is_met=False, reasons=reasons)

    assert refused.value.field == "reasons"
    assert everything() == before


def test_whoever_decides_second_is_refused() -> None:
    _, application_id = make_submitted(make_call())
    decide(make_operator(), application_id)
    before = everything()

    with pytest.raises(NotPossibleNowError) as refused:
        decide(make_operator(), application_id, is_met=False)

    assert refused.value.state == "requirement_met"
    assert everything() == before


def test_a_withdrawn_application_is_neither_decided_nor_asked() -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())
    actions.withdraw_application(actor, application_id, reason="자금 사정")
    before = everything()

    with pytest.raises(NotPossibleNowError):
        decide(operator, application_id)
    with pytest.raises(NotPossibleNowError):
        ask(operator, application_id)

    assert everything() == before


def test_a_decided_application_is_not_withdrawn_or_asked() -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())
    decide(operator, application_id)
    before = everything()

    with pytest.raises(NotPossibleNowError):
        actions.withdraw_application(actor, application_id, reason="늦었지만")
    with pytest.raises(NotPossibleNowError):
        ask(operator, application_id)
    with pytest.raises(NotPossibleNowError):
        actions.submit_application(actor, application_id, declared=DECLARED, now=NOW)

    assert everything() == before


def test_a_draft_does_not_exist_for_reviewers() -> None:
    operator = make_operator()
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())
    before = everything()

    with pytest.raises(Application.DoesNotExist):
        decide(operator, application_id)
    with pytest.raises(Application.DoesNotExist):
        ask(operator, application_id)
    with pytest.raises(Application.DoesNotExist):
        queries.get_case(application_id, now=NOW)

    assert queries.list_queue(queries.QueueFilter(), now=NOW).total == 0
    assert everything() == before


def test_applicants_do_not_review() -> None:
    actor, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(NotAllowedError):
        decide(actor, application_id)
    with pytest.raises(NotAllowedError):
        ask(actor, application_id)

    assert everything() == before


def test_nobody_decides_on_an_application_of_their_own_organisation() -> None:
    actor, application_id = make_submitted(make_call())
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    _, inside = make_member(Role.OPERATOR, organisation=organisation)
    before = everything()

    with pytest.raises(NotAllowedError) as refused:
        decide(inside, application_id)

    assert str(refused.value) == "자기 조직의 신청은 결정할 수 없습니다."
    assert everything() == before


def test_applicants_see_what_happened_without_names_and_assignments() -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())
    actions.assign_cases(operator, [application_id], operator.user_id)
    ask(operator, application_id)

    own = view_of(actor, application_id).history
    case = queries.get_case(application_id, now=NOW).history

    assert [(str(e.title), str(e.who)) for e in own] == [
        ("보완을 요청했습니다", "운영기관 담당자"),
        ("제출했습니다", actor.label),
        ("신청서를 만들었습니다", actor.label),
    ]
    assert own[0].detail == ASKED
    assert [(str(e.title), str(e.who)) for e in case] == [
        ("보완을 요청했습니다", operator.label),
        ("담당을 배정했습니다", operator.label),
        ("제출했습니다", actor.label),
        ("신청서를 만들었습니다", actor.label),
    ]
