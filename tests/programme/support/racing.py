"""Two people at the same moment, against a real database: run as a program, prints JSON.

`DURE_DATABASE_URL` names an empty database; the tests run this once for SQLite on disk and once
for PostgreSQL.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connections  # noqa: E402
from tests.factories.support import (  # noqa: E402
    DECLARED,
    NOW,
    make_applicant,
    make_call,
    make_draft,
    make_operator,
    make_submitted,
)

from dure.foundation.audit.models import AuditEntry  # noqa: E402
from dure.kernel.errors import DureError  # noqa: E402
from dure.programme.support import actions  # noqa: E402
from dure.programme.support.models import (  # noqa: E402
    Application,
    RequirementDecision,
    Submission,
)

Deed = Callable[[], object]


def at_once(*deeds: Deed) -> list[str]:
    """Do them all at one moment; how each ended, sorted."""
    barrier = Barrier(len(deeds))

    def run(deed: Deed) -> str:
        barrier.wait(timeout=30)
        try:
            deed()
        except DureError as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def race_for_numbers() -> dict[str, object]:
    """Six workplaces start at once, one of them twice."""
    call_id = make_call()
    applicants = [make_applicant() for _ in range(6)]
    applicants.append(applicants[0])
    ended = at_once(
        *(
            lambda who=who, place=place: actions.start_application(who, call_id, place, now=NOW)
            for who, place in applicants
        )
    )
    numbers = Application.objects.filter(call_id=call_id).values_list("number", flat=True)
    return {"ended": ended, "serials": sorted(int(number[-5:]) for number in numbers)}


def race_to_submit() -> dict[str, object]:
    """One application is submitted twice at once."""
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())

    def submit() -> None:
        actions.submit_application(actor, application_id, declared=DECLARED, now=NOW)

    ended = at_once(submit, submit)
    return {
        "ended": ended,
        "versions": list(
            Submission.objects.filter(application_id=application_id).values_list(
                "version", flat=True
            )
        ),
        "recorded": recorded(application_id, "submitted"),
    }


def race_to_decide() -> dict[str, object]:
    """Two reviewers decide differently at once."""
    _, application_id = make_submitted(make_call())

    def decide(*, is_met: bool) -> None:
        actions.decide_requirement(
            make_operator(),
            application_id,
            is_met=is_met,
            reasons=[actions.DecisionReason(text="검토했습니다.")],
            now=NOW,
        )

    ended = at_once(lambda: decide(is_met=True), lambda: decide(is_met=False))
    decision = RequirementDecision.objects.get(application_id=application_id)
    state = Application.objects.get(pk=application_id).state
    return {
        "ended": ended,
        "agree": decision.is_met == (state == "requirement_met"),
        "recorded": recorded(application_id, "requirement_met")
        + recorded(application_id, "requirement_not_met"),
    }


def race_withdrawal_and_decision() -> dict[str, object]:
    """The applicant withdraws while a reviewer decides."""
    actor, application_id = make_submitted(make_call())
    operator = make_operator()
    ended = at_once(
        lambda: actions.withdraw_application(actor, application_id, reason="자금 사정"),
        lambda: actions.decide_requirement(
            operator,
            application_id,
            is_met=True,
            reasons=[actions.DecisionReason(text="검토했습니다.")],
            now=NOW,
        ),
    )
    decided = RequirementDecision.objects.filter(application_id=application_id).exists()
    state = Application.objects.get(pk=application_id).state
    return {"ended": ended, "agree": decided == (state == "requirement_met")}


def recorded(application_id: int, verb: str) -> int:
    return AuditEntry.objects.filter(
        action=f"support:application:{verb}", subject_id=str(application_id)
    ).count()


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    races = (race_for_numbers, race_to_submit, race_to_decide, race_withdrawal_and_decision)
    json.dump({race.__name__: race() for race in races}, sys.stdout)
