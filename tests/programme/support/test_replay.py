"""A decision computed again from what was frozen comes out the same, or says why not."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from tests.factories.support import NOW, make_call, make_operator, make_submitted

from dure.foundation.audit.actor import SYSTEM
from dure.foundation.audit.context import acting
from dure.kernel.codes import POLICY_ROOT
from dure.policy.reader import PolicySet, load_policy
from dure.programme.support import actions, queries
from dure.programme.support.models import RequirementDecision, Submission
from dure.programme.support.queries.replay import replay_decision

pytestmark = pytest.mark.django_db


def edited(tmp_path: Path, name: str, old: str, new: str) -> PolicySet:
    root = tmp_path / "policy"
    shutil.copytree(POLICY_ROOT, root)
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_policy(root)


@pytest.mark.parametrize(
    ("standing", "verdict", "government"),
    [({}, "possible", 88_500_000), ({"excluded": "yes"}, "difficult", 0)],
)
def test_a_submission_replays_to_the_same_verdict_and_won(
    standing: dict[str, str], verdict: str, government: int
) -> None:
    _, application_id = make_submitted(make_call(), standing=standing)

    assert replay_decision(application_id) == queries.Replay(
        outcome="same", content_intact=True, verdict=verdict, government_krw=government
    )


def test_each_version_replays_for_itself() -> None:
    operator = make_operator()
    owner, application_id = make_submitted(make_call())
    actions.request_supplement(operator, application_id, text="견적서", now=NOW)
    actions.save_answers(owner, application_id, "cost", {"hardware": ""}, now=NOW)
    declared = [d.key for d in view_of(owner, application_id).declarations]
    actions.submit_application(owner, application_id, declared=declared, now=NOW)

    first = replay_decision(application_id, version=1)
    latest = replay_decision(application_id)

    assert (first.outcome, first.government_krw) == ("same", 88_500_000)
    assert (latest.outcome, latest.government_krw) == ("same", 58_500_000)
    with pytest.raises(Submission.DoesNotExist):
        replay_decision(application_id, version=3)


def view_of(actor: Any, application_id: int) -> queries.ApplicationView:
    return queries.get_application(actor.own_organisation_id, application_id, now=NOW)


def test_rules_that_changed_since_are_told_and_the_stored_outcome_stands(tmp_path: Path) -> None:
    _, application_id = make_submitted(make_call())
    policy = edited(tmp_path, "programmes/general/2023.yaml", "200_000_000", "80_000_000")

    assert replay_decision(application_id, policy=policy) == queries.Replay(
        outcome="rules_gone", content_intact=True, verdict="possible", government_krw=88_500_000
    )


def test_a_corrected_title_of_a_source_changes_no_decision(tmp_path: Path) -> None:
    _, application_id = make_submitted(make_call())
    policy = edited(tmp_path, "sources.yaml", "화면 원고", "화면")

    assert replay_decision(application_id, policy=policy).outcome == "same"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("facts", "tax_arrears", "value"), True),
        (("costs", "hardware"), 90_000_000),
        (("amount", "government_krw"), 100_000_000),
    ],
)
def test_content_that_was_tampered_with_is_found_out(place: tuple[str, ...], value: Any) -> None:
    _, application_id = make_submitted(make_call())
    forged = Submission.objects.get()
    part = forged.content
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    # What is there cannot be changed, so the forgery is put beside it.
    forged.pk, forged.version, forged._state.adding = None, 2, True
    with acting(SYSTEM):
        forged.save()

    found = replay_decision(application_id)

    assert (found.outcome, found.content_intact) == ("different", False)


@pytest.mark.parametrize("table", [Submission, RequirementDecision])
def test_the_database_itself_refuses_to_change_what_was_submitted_or_decided(table: Any) -> None:
    _, application_id = make_submitted(make_call())
    actions.decide_requirement(
        make_operator(),
        application_id,
        is_met=True,
        reasons=[actions.DecisionReason(text="검토했습니다.")],
        now=NOW,
    )
    row = table.objects.get()

    with pytest.raises(IntegrityError, match="never allowed"), acting(SYSTEM):
        row.save()
    with pytest.raises(IntegrityError, match="never allowed"), acting(SYSTEM):
        table.objects.filter(pk=row.pk)._raw_delete("default")
