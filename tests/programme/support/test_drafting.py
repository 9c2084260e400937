"""Drafts: one per call and workplace, numbered without gaps, and never an input lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.foundation import make_member
from tests.factories.registry import make_workplace_details
from tests.factories.support import (
    CLOSES,
    DECLARED,
    GENERAL,
    NOW,
    OPENS,
    make_applicant,
    make_call,
    make_draft,
    make_submitted,
)
from tests.programme.support.making import audited, entries_of, everything

from dure.foundation.organisations.models import Organisation
from dure.foundation.organisations.roles import Role
from dure.policy.errors import FactError
from dure.programme.registry import actions as registry
from dure.programme.registry.models import Workplace
from dure.programme.support import actions, queries
from dure.programme.support.errors import (
    AlreadyAppliedError,
    CallClosedError,
    NotAllowedError,
    NotPossibleNowError,
    TopicLockedError,
)
from dure.programme.support.models import Application, Call

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


def view_of(actor: Any, application_id: int) -> queries.ApplicationView:
    return queries.get_application(actor.own_organisation_id, application_id, now=NOW)


def test_a_draft_is_numbered_and_recorded() -> None:
    actor, workplace_id = make_applicant()
    call_id = make_call()

    application_id = actions.start_application(actor, call_id, workplace_id, now=NOW)

    view = view_of(actor, application_id)
    assert (view.number, view.state) == ("2026-GEN-100001", "draft")
    assert (view.may_edit, view.may_submit, view.may_withdraw) == (True, False, True)
    entry = entries_of(application_id)[0]
    assert entry.action == "support:application:started"
    assert entry.organisation_id == actor.organisation_id
    assert entry.new == {"number": view.number, "workplace": workplace_id, "call": call_id}


def test_numbers_have_no_gap_within_a_call_and_never_meet_across_calls() -> None:
    first, second = make_call(), make_call()
    cloud = make_call(programme="cloud_switch", policy_as_of=date(2021, 5, 1))
    numbers = []
    for call_id in (first, second, first, cloud, first):
        actor, workplace_id = make_applicant()
        application_id = actions.start_application(actor, call_id, workplace_id, now=NOW)
        numbers.append(view_of(actor, application_id).number)

    assert numbers == [
        "2026-GEN-100001",
        "2026-GEN-200001",
        "2026-GEN-100002",
        "2026-CLD-100001",
        "2026-GEN-100003",
    ]


def test_a_refused_start_uses_up_no_number() -> None:
    actor, workplace_id = make_applicant()
    call_id = make_call()

    with pytest.raises(CallClosedError):
        actions.start_application(actor, call_id, workplace_id, now=CLOSES + MOMENT)

    assert Call.objects.get().last_serial == 0
    assert not Application.objects.exists()


def test_starting_again_gives_the_draft_there_is() -> None:
    actor, workplace_id = make_applicant()
    call_id = make_call()

    first = actions.start_application(actor, call_id, workplace_id, now=NOW)
    again = actions.start_application(actor, call_id, workplace_id, now=NOW)

    assert first == again
    assert audited(first) == ["started"]


def test_each_workplace_of_a_firm_applies_for_itself() -> None:
    actor, workplace_id = make_applicant()
    other = registry.register_workplace(
        actor, make_workplace_details(name="제2공장", branch_number="0002")
    )
    call_id = make_call()

    first = actions.start_application(actor, call_id, workplace_id, now=NOW)
    second = actions.start_application(actor, call_id, other, now=NOW)

    assert first != second


def test_a_workplace_that_applied_is_led_to_its_application() -> None:
    call_id = make_call()
    actor, application_id = make_submitted(call_id)
    workplace_id = view_of(actor, application_id).workplace_id
    before = everything()

    with pytest.raises(AlreadyAppliedError) as refused:
        actions.start_application(actor, call_id, workplace_id, now=NOW)

    assert refused.value.application_id == application_id
    assert "2026-GEN-100001" in str(refused.value)
    assert everything() == before


def test_after_a_withdrawal_the_workplace_may_apply_anew() -> None:
    actor, workplace_id = make_applicant()
    call_id = make_call()
    first = actions.start_application(actor, call_id, workplace_id, now=NOW)
    actions.withdraw_application(actor, first)

    second = actions.start_application(actor, call_id, workplace_id, now=NOW)

    assert view_of(actor, first).state == "withdrawn"
    assert view_of(actor, second).number == "2026-GEN-100002"


@pytest.mark.parametrize("now", [OPENS - MOMENT, CLOSES + MOMENT])
def test_outside_the_period_nothing_is_started(now: Any) -> None:
    actor, workplace_id = make_applicant()

    with pytest.raises(CallClosedError):
        actions.start_application(actor, make_call(), workplace_id, now=now)

    assert not Application.objects.exists()


@pytest.mark.parametrize("now", [OPENS, CLOSES])
def test_at_both_ends_of_the_period_a_draft_is_started(now: Any) -> None:
    actor, workplace_id = make_applicant()

    actions.start_application(actor, make_call(), workplace_id, now=now)

    assert Application.objects.count() == 1


def test_anothers_workplace_does_not_exist() -> None:
    _, workplace_id = make_applicant()
    stranger, _ = make_applicant()

    with pytest.raises(Workplace.DoesNotExist):
        actions.start_application(stranger, make_call(), workplace_id, now=NOW)

    assert not Application.objects.exists()


def test_an_engineer_reads_and_does_not_write() -> None:
    actor, workplace_id = make_applicant()
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    _, engineer = make_member(Role.ENGINEER, organisation=organisation)
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)
    before = everything()

    with pytest.raises(NotAllowedError):
        actions.save_answers(engineer, application_id, "supplier", {"has_supplier": "no"})
    with pytest.raises(NotAllowedError):
        actions.submit_application(engineer, application_id, declared=DECLARED)
    with pytest.raises(NotAllowedError):
        actions.withdraw_application(engineer, application_id)

    assert everything() == before
    assert view_of(engineer, application_id).id == application_id


def test_what_the_finder_was_told_is_there_and_says_so() -> None:
    actor, workplace_id = make_applicant()

    application_id = actions.start_application(
        actor,
        make_call(),
        workplace_id,
        carried={"prior_support": "never", "wants": "upgrade", "system_level": None},
        now=NOW,
    )

    topic = view_of(actor, application_id).topic("standing")
    prior = next(q for q in topic.questions if q.key == "prior_support")
    assert prior.value == "never"
    assert str(prior.origin) == "'사업 찾기'에서 답한 내용"
    assert str(prior.grade) == "D"


def test_an_answer_emptied_does_not_come_back_from_the_finder() -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(
        actor, make_call(), workplace_id, carried={"prior_support": "never"}, now=NOW
    )

    actions.save_answers(actor, application_id, "standing", {"prior_support": ""}, now=NOW)

    topic = view_of(actor, application_id).topic("standing")
    assert next(q for q in topic.questions if q.key == "prior_support").value is None


@pytest.mark.parametrize("carried", [{"prior_support": "long ago"}, {"tea": True}])
def test_what_no_rule_knows_is_not_carried_over(carried: dict[str, object]) -> None:
    actor, workplace_id = make_applicant()

    with pytest.raises(FactError):
        actions.start_application(actor, make_call(), workplace_id, carried=carried, now=NOW)

    assert not Application.objects.exists()


def test_what_can_be_read_is_kept_and_the_rest_stays_as_typed() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())

    result = actions.save_answers(
        actor,
        application_id,
        "cost",
        {"hardware": "70,000,000", "network": "삼백만원쯤"},
        now=NOW + timedelta(minutes=5),
    )

    assert {place: str(text) for place, text in result.problems.items()} == {
        "network": "금액은 숫자로 적어 주세요. 예: 160,000,000 또는 1억 6,000만원"
    }
    assert result.saved_at == NOW + timedelta(minutes=5)
    topic = view_of(actor, application_id).topic("cost")
    questions = {question.key: question for question in topic.questions}
    assert questions["hardware"].value == 70_000_000
    assert questions["software_development"].value == 120_000_000
    assert questions["network"].value is None
    assert questions["network"].raw == "삼백만원쯤"
    assert set(questions["network"].problem) == {"network"}
    assert (topic.state, set(topic.outstanding), topic.problems) == ("in_progress", {"network"}, 1)


def test_a_correction_clears_what_could_not_be_read() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())
    actions.save_answers(actor, application_id, "cost", {"network": "모름"}, now=NOW)

    actions.save_answers(actor, application_id, "cost", {"network": "3,000,000"}, now=NOW)

    topic = view_of(actor, application_id).topic("cost")
    network = next(q for q in topic.questions if q.key == "network")
    assert (network.value, network.raw, network.problem) == (3_000_000, 3_000_000, {})
    assert topic.state == "done"


def test_cells_of_a_table_that_cannot_be_read_stay_as_typed() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())
    rows = [{"indicator": "hourly_output", "before": "120", "target": "많이", "weight": "100"}]

    actions.save_answers(actor, application_id, "indicators", {"indicators": rows}, now=NOW)

    topic = view_of(actor, application_id).topic("indicators")
    question = topic.questions[0]
    assert question.raw == rows
    assert question.value == [rows[0] | {"target": ""}]
    assert set(topic.outstanding) == {"indicators.0.target"}


def test_the_last_save_wins_and_the_record_keeps_both() -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    actions.save_answers(actor, application_id, "supplier", {"has_supplier": "yes"}, now=NOW)
    actions.save_answers(actor, application_id, "supplier", {"has_supplier": "no"}, now=NOW)

    assert view_of(actor, application_id).topic("supplier").questions[0].value is False
    saved = entries_of(application_id)[1:]
    assert [(entry.action, entry.old, entry.new) for entry in saved] == [
        ("support:application:saved", {"has_supplier": None}, {"has_supplier": True}),
        ("support:application:saved", {"has_supplier": True}, {"has_supplier": False}),
    ]


def test_saving_nothing_new_writes_nothing() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())
    before = everything()

    result = actions.save_answers(
        actor, application_id, "goal", GENERAL["goal"], now=NOW + timedelta(hours=1)
    )

    assert result.saved_at == NOW
    assert everything() == before


def test_what_is_registered_cannot_be_typed_over() -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)
    before = everything()

    actions.save_answers(actor, application_id, "factory", {"address": "딴 곳"}, now=NOW)

    assert everything() == before


@pytest.mark.parametrize(
    ("topic", "values", "error"),
    [
        ("cost", {"hardware": "1"}, TopicLockedError),
        ("tea", {}, ValueError),
        ("supplier", {"hardware": "1"}, ValueError),
    ],
)
def test_a_topic_that_is_locked_or_not_asked_takes_nothing(
    topic: str, values: dict[str, object], error: type[Exception]
) -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)
    before = everything()

    with pytest.raises(error):
        actions.save_answers(actor, application_id, topic, values, now=NOW)

    assert everything() == before


def test_a_submitted_application_takes_no_more_answers() -> None:
    actor, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(NotPossibleNowError) as refused:
        actions.save_answers(actor, application_id, "cost", {"hardware": "1"}, now=NOW)

    assert refused.value.state == "submitted"
    assert everything() == before


def test_a_draft_can_still_be_filled_in_after_closing() -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    late = CLOSES + timedelta(days=1)
    actions.save_answers(actor, application_id, "supplier", {"has_supplier": "no"}, now=late)

    view = queries.get_application(actor.own_organisation_id, application_id, now=late)
    assert view.topic("supplier").state == "done"
    assert (view.call_state, view.may_submit) == ("closed", False)


def test_anothers_application_does_not_exist() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())
    stranger, _ = make_applicant()
    before = everything()

    with pytest.raises(Application.DoesNotExist):
        actions.save_answers(stranger, application_id, "cost", {"hardware": "1"}, now=NOW)
    with pytest.raises(Application.DoesNotExist):
        actions.submit_application(stranger, application_id, declared=DECLARED, now=NOW)
    with pytest.raises(Application.DoesNotExist):
        actions.withdraw_application(stranger, application_id)
    with pytest.raises(Application.DoesNotExist):
        view_of(stranger, application_id)

    assert queries.list_applications(stranger.own_organisation_id) == ()
    assert everything() == before
