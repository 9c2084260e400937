"""What would be, without keeping anything: the money for what is typed, a call for a workplace."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from dure.policy.answers import Value, read_answer
from dure.policy.application_form import ApplicationForm
from dure.policy.filled import FilledForm
from dure.policy.reader import load_policy
from dure.programme.support.evidence import find_measurement, known_values, measured_values
from dure.programme.support.filling import choices_of, fill, form_of
from dure.programme.support.models import Application, Call
from dure.programme.support.queries.calls import TierView, call_view
from dure.programme.support.queries.form_views import filled_amount, filled_eligibility
from dure.programme.support.queries.views import AmountView, EligibilityView


@dataclass(frozen=True, slots=True)
class FitView:
    """One tier of a call held against what is known of a workplace."""

    tier: TierView
    eligibility: EligibilityView


def list_fits(
    organisation_id: int,
    workplace_id: int,
    call_id: int,
    *,
    carried: Mapping[str, object] | None = None,
    now: datetime | None = None,
) -> tuple[FitView, ...]:
    """The tiers of a call with what the rules say of the workplace today, in the call's order.

    `carried` is what the finder was told, by fact; a tier is judged as if it aimed at its own
    first target level.

    Raises:
        Call.DoesNotExist, Workplace.DoesNotExist: not there for this organisation.
    """
    call = Call.objects.get(pk=call_id)
    now = now or timezone.now()
    untouched = FilledForm(
        form=form_of(call),
        policy=load_policy(),
        choices=choices_of(call, now),
        known=known_values(organisation_id, workplace_id, call.policy_as_of)
        | measured_values(find_measurement(organisation_id, workplace_id)),
        typed={},
        carried=dict(carried or {}),
    )
    fits = ((tier, _judged(untouched, tier)) for tier in call_view(call, now).tiers)
    return tuple(FitView(tier, judged) for tier, judged in fits if judged is not None)


def _judged(untouched: FilledForm, tier: TierView) -> EligibilityView | None:
    typed: dict[str, Value] = {q.key: tier.key for q in untouched.form.questions if q.of_tiers}
    for question in untouched.form.questions:
        if question.feeds == "target_level" and tier.target_levels:
            typed[question.key] = tier.target_levels[0]
    return filled_eligibility(replace(untouched, typed=typed))


def preview_amount(
    organisation_id: int,
    application_id: int,
    values: Mapping[str, object],
    *,
    now: datetime | None = None,
) -> AmountView | None:
    """The money with `values` (as typed, by question) in place of the saved answers.

    What cannot be read counts as left empty. None before there is a tier and a cost.

    Raises:
        Application.DoesNotExist: the organisation has no such application.
    """
    application = Application.objects.select_related("call", "workplace__firm").get(
        pk=application_id, workplace__firm__organisation_id=organisation_id
    )
    filled = fill(application, now or timezone.now())
    return filled_amount(replace(filled, typed=_typed(filled.form, filled, values)))


def _typed(
    form: ApplicationForm, filled: FilledForm, values: Mapping[str, object]
) -> Mapping[str, Value]:
    questions = {question.key: question for question in form.questions}
    typed = {key: value for key, value in filled.typed.items() if key not in values}
    for key, raw in values.items():
        if key in questions:
            value = read_answer(questions[key], raw, filled.choices).value
            if value is not None:
                typed[key] = value
    return typed
