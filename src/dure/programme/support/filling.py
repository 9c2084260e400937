"""An application row as a filled form under the rules of its call."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dure.foundation.sentences import sentence_of
from dure.kernel.instants import today_kst
from dure.policy.answers import Choices, Value
from dure.policy.application_form import ApplicationForm, Option
from dure.policy.application_reader import load_application_form
from dure.policy.filled import FilledForm
from dure.policy.reader import load_policy
from dure.programme.levels.queries import MeasurementView
from dure.programme.support.evidence import (
    computed_values,
    find_measurement,
    known_values,
    measured_values,
)
from dure.programme.support.models import Application, Call
from dure.programme.support.scope import organisation_of


def form_of(call: Call) -> ApplicationForm:
    """What an application to the call asks."""
    return load_application_form(call.programme, call.policy_as_of)


def choices_of(call: Call, now: datetime) -> Choices:
    """What can be chosen in an application to the call."""
    programme = load_policy().programme(call.programme, call.policy_as_of)
    offered = [tier for tier in programme.tiers if tier.key in call.tiers]
    return Choices(
        today=today_kst(now), tiers=tuple(Option(tier.key, tier.name) for tier in offered)
    )


def fill(application: Application, now: datetime) -> FilledForm:
    """The application with everything known today."""
    return fill_with(application, now, measurement_of(application))


def measurement_of(application: Application) -> MeasurementView | None:
    """The measurement the application rests on, where it asks for a level."""
    if not any(q.prefill == "level.system_level" for q in form_of(application.call).questions):
        return None
    return find_measurement(organisation_of(application), application.workplace_id)


def fill_with(
    application: Application, now: datetime, measurement: MeasurementView | None
) -> FilledForm:
    """The application with everything known today and a measurement at hand."""
    call, form = application.call, form_of(application.call)
    place = organisation_of(application), application.workplace_id
    known = known_values(*place, call.policy_as_of) | measured_values(measurement)
    if any(question.known_from for question in form.questions):
        known |= computed_values(*place)
    typed: Mapping[str, Value] = application.answers
    return FilledForm(
        form=form,
        policy=load_policy(),
        choices=choices_of(call, now),
        known=known,
        typed=typed,
        carried=application.carried,
        unread={key: item["problems"] for key, item in unread_of(application).items()},
    )


def unread_of(application: Application) -> dict[str, dict[str, Any]]:
    """What was typed and could not be read: by question, `raw` and `problems` in words."""
    return {
        key: {
            "raw": stored["raw"],
            "problems": {
                place: sentence_of(problem) for place, problem in stored["problems"].items()
            },
        }
        for key, stored in application.unread.items()
    }
