"""Giving cases to reviewers, many at once, and taking that back."""

import uuid
from typing import Any

import pytest
from tests.factories.foundation import make_member
from tests.factories.support import DECLARED, NOW, make_call, make_operator, make_submitted
from tests.programme.support.making import entries_of, everything

from dure.foundation.audit.actor import Actor
from dure.foundation.notices.models import Notice
from dure.foundation.organisations.models import Organisation
from dure.foundation.organisations.roles import Role
from dure.programme.support import actions
from dure.programme.support.errors import NotAllowedError, ReviewRefusedError
from dure.programme.support.models import Application

pytestmark = pytest.mark.django_db


def colleague_of(operator: Actor) -> Actor:
    organisation = Organisation.objects.get(pk=operator.organisation_id)
    return make_member(Role.OPERATOR, organisation=organisation)[1]


def assignees() -> dict[int, int | None]:
    return dict(Application.objects.values_list("pk", "assignee_id"))


def test_many_cases_change_hands_at_once_each_with_its_record() -> None:
    operator = make_operator()
    colleague = colleague_of(operator)
    call_id = make_call()
    first, second = make_submitted(call_id)[1], make_submitted(call_id)[1]

    batch = actions.assign_cases(operator, [first, second, first], colleague.user_id, now=NOW)

    assert batch.count == 2
    assert assignees() == {first: colleague.user_id, second: colleague.user_id}
    for application_id in (first, second):
        entry = entries_of(application_id)[-1]
        assert entry.action == "support:application:assigned"
        assert entry.old == {"assignee": None}
        assert entry.new == {"assignee": colleague.user_id, "batch": str(batch.id)}


def test_cases_that_are_theirs_already_stay_without_a_record() -> None:
    operator = make_operator()
    call_id = make_call()
    first, second = make_submitted(call_id)[1], make_submitted(call_id)[1]
    actions.assign_cases(operator, [first], operator.user_id)

    batch = actions.assign_cases(operator, [first, second], operator.user_id)

    assert batch.count == 1
    assert [entry.action for entry in entries_of(first)].count("support:application:assigned") == 1


def test_an_assignment_is_undone_to_whoever_had_it() -> None:
    operator = make_operator()
    colleague = colleague_of(operator)
    call_id = make_call()
    first, second = make_submitted(call_id)[1], make_submitted(call_id)[1]
    actions.assign_cases(operator, [first], colleague.user_id)
    batch = actions.assign_cases(operator, [first, second], operator.user_id)

    undone = actions.undo_assignment(operator, batch.id)

    assert undone == 2
    assert assignees() == {first: colleague.user_id, second: None}
    entry = entries_of(first)[-1]
    assert entry.action == "support:application:assignment_undone"
    assert entry.old == {"assignee": operator.user_id}
    assert entry.new == {"assignee": colleague.user_id, "batch": str(batch.id)}


def test_a_case_that_changed_hands_since_stays_where_it_is() -> None:
    operator = make_operator()
    colleague = colleague_of(operator)
    call_id = make_call()
    first, second = make_submitted(call_id)[1], make_submitted(call_id)[1]
    batch = actions.assign_cases(operator, [first, second], operator.user_id)
    actions.assign_cases(colleague, [first], colleague.user_id)

    assert actions.undo_assignment(operator, batch.id) == 1
    assert assignees() == {first: colleague.user_id, second: None}


def test_only_ones_own_batch_is_undone_and_once() -> None:
    operator = make_operator()
    colleague = colleague_of(operator)
    _, application_id = make_submitted(make_call())
    batch = actions.assign_cases(operator, [application_id], operator.user_id)
    before = everything()

    for actor, known in ((colleague, batch.id), (operator, uuid.uuid4())):
        with pytest.raises(ReviewRefusedError):
            actions.undo_assignment(actor, known)
    assert everything() == before

    actions.undo_assignment(operator, batch.id)
    before = everything()
    with pytest.raises(ReviewRefusedError):
        actions.undo_assignment(operator, batch.id)
    assert everything() == before


def test_a_case_can_be_given_back_to_nobody() -> None:
    operator = make_operator()
    _, application_id = make_submitted(make_call())
    actions.assign_cases(operator, [application_id], operator.user_id)

    actions.assign_cases(operator, [application_id], None)

    assert assignees() == {application_id: None}


@pytest.mark.parametrize("whose", ["nobody", "applicant", "other agency"])
def test_only_a_reviewer_of_the_organisation_is_given_cases(whose: str) -> None:
    operator = make_operator()
    owner, application_id = make_submitted(make_call())
    person = {
        "nobody": 10**9,
        "applicant": owner.user_id,
        "other agency": make_operator().user_id,
    }[whose]
    before = everything()

    with pytest.raises(ReviewRefusedError) as refused:
        actions.assign_cases(operator, [application_id], person)

    assert refused.value.field == "assignee"
    assert everything() == before


def test_one_case_that_is_not_there_leaves_all_as_they_were() -> None:
    operator = make_operator()
    _, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(Application.DoesNotExist):
        actions.assign_cases(operator, [application_id, 10**9], operator.user_id)

    assert everything() == before


def test_nothing_chosen_is_told_and_applicants_assign_nothing() -> None:
    owner, application_id = make_submitted(make_call())

    with pytest.raises(ReviewRefusedError):
        actions.assign_cases(make_operator(), [], None)
    with pytest.raises(NotAllowedError):
        actions.assign_cases(owner, [application_id], owner.user_id)
    with pytest.raises(NotAllowedError):
        actions.undo_assignment(owner, uuid.uuid4())


def told_of(actor: Actor) -> list[Any]:
    rows = Notice.objects.filter(user_id=actor.user_id).order_by("id")
    return [row.title["source"] for row in rows]


def test_only_the_assigned_reviewer_is_told_of_a_resubmission() -> None:
    operator = make_operator()
    colleague = colleague_of(operator)
    owner, application_id = make_submitted(make_call())
    actions.assign_cases(operator, [application_id], colleague.user_id)
    actions.request_supplement(operator, application_id, text="견적서", now=NOW)

    actions.submit_application(owner, application_id, declared=DECLARED, now=NOW)

    assert told_of(operator) == ["새 신청이 들어왔습니다"]
    assert told_of(colleague) == ["새 신청이 들어왔습니다", "보완한 신청이 들어왔습니다"]
