"""Applications as their own organisation sees them."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from dure.kernel.names import Name
from dure.policy.filled import FilledForm
from dure.programme.support.filling import fill, form_of, unread_of
from dure.programme.support.models import Application, Submission, Supplement
from dure.programme.support.queries.calls import state_of, title_of
from dure.programme.support.queries.form_views import (
    filled_amount,
    filled_eligibility,
    topic_views,
    warning_of,
)
from dure.programme.support.queries.frozen import (
    amount_view,
    eligibility_view,
    name_of,
    section_views,
)
from dure.programme.support.queries.history import OPERATOR_WORDS, event_views
from dure.programme.support.queries.naming import RuleNames
from dure.programme.support.queries.receipts import find_receipt_id
from dure.programme.support.queries.reviews import decision_view, supplement_view
from dure.programme.support.queries.stages import stage_views
from dure.programme.support.queries.views import (
    AmountView,
    ApplicationSummary,
    ApplicationView,
    DeclarationView,
    EligibilityView,
    StageView,
)
from dure.programme.support.states import EDITABLE, WITHDRAWABLE, State


def list_applications(
    organisation_id: int, *, workplace_id: int | None = None
) -> tuple[ApplicationSummary, ...]:
    """The organisation's applications, newest first, optionally of one workplace."""
    found = _own(organisation_id).order_by("-started_at", "-id")
    if workplace_id is not None:
        found = found.filter(workplace_id=workplace_id)
    rules = RuleNames()
    return tuple(_summary(application, rules) for application in found)


def get_application(
    organisation_id: int, application_id: int, *, now: datetime | None = None
) -> ApplicationView:
    """One application with everything its pages show.

    Raises:
        Application.DoesNotExist: the organisation has no such application.
    """
    application = _own(organisation_id).get(pk=application_id)
    return application_view(application, now or timezone.now())


def application_view(application: Application, now: datetime) -> ApplicationView:
    """The view of a row at hand."""
    call, workplace = application.call, application.workplace
    filled = fill(application, now)
    latest = latest_submission(application)
    editable = application.state in EDITABLE
    eligibility, amount = _judged(filled, latest, editable=editable)
    topics = topic_views(filled, unread_of(application))
    supplement = _open_supplement(application)
    return ApplicationView(
        id=application.pk,
        number=application.number,
        call_id=call.pk,
        call_title=title_of(call),
        call_state=state_of(call, now),
        call_opens_at=call.opens_at,
        call_closes_at=call.closes_at,
        policy_as_of=call.policy_as_of,
        programme=call.programme,
        is_example=call.is_example or workplace.firm.organisation.is_example,
        firm_name=application.firm_name or workplace.firm.name,
        workplace_id=workplace.pk,
        workplace_name=workplace.name,
        state=application.state,
        tier=_tier_name(filled, latest, editable=editable),
        saved_at=application.saved_at,
        submitted_at=application.submitted_at,
        due_on=application.due_on,
        version=latest.version if latest else 0,
        topics=topics,
        sections=section_views(latest.content) if latest else (),
        declarations=tuple(DeclarationView(d.key, d.name) for d in filled.form.declarations),
        eligibility=eligibility,
        amount=amount,
        warning=warning_of(filled.eligibility) if editable else None,
        stages=_stages(application),
        supplement=supplement_view(supplement) if supplement else None,
        decision=decision_view(application, decided_by=OPERATOR_WORDS),
        history=event_views(application, for_operator=False),
        receipt_id=find_receipt_id(application, latest),
        may_edit=editable,
        may_submit=_may_submit(application, now) and not any(t.problems for t in topics),
        may_withdraw=application.state in WITHDRAWABLE,
    )


def latest_submission(application: Application) -> Submission | None:
    """The newest version submitted, None before the first."""
    return application.submissions.order_by("-version").first()


def _may_submit(application: Application, now: datetime) -> bool:
    if application.state == State.SUPPLEMENT_REQUESTED:
        return True
    return application.state == State.DRAFT and state_of(application.call, now) == "open"


def _judged(
    filled: FilledForm, latest: Submission | None, *, editable: bool
) -> tuple[EligibilityView | None, AmountView | None]:
    """While it can be changed, as it stands now; afterwards, as it was submitted."""
    if editable or latest is None:
        return filled_eligibility(filled), filled_amount(filled)
    content = latest.content
    return eligibility_view(content["eligibility"]), amount_view(content["amount"])


def _tier_name(filled: FilledForm, latest: Submission | None, *, editable: bool) -> Name | None:
    if latest is not None and not editable:
        return name_of(latest.content["tier"])
    return next((o.name for o in filled.choices.tiers if o.key == filled.tier), None)


def _open_supplement(application: Application) -> Supplement | None:
    if application.state != State.SUPPLEMENT_REQUESTED:
        return None
    return application.supplements.order_by("-requested_at", "-id").first()


def _stages(application: Application) -> tuple[StageView, ...]:
    instants = {"application": application.started_at}
    first = application.submissions.order_by("version").first()
    if first is not None:
        instants["receipt"] = first.submitted_at
    decision = getattr(application, "decision", None)
    if decision is not None:
        instants["requirement_check"] = decision.decided_at
    form = form_of(application.call)
    return stage_views(form, application.state, application.due_on, instants)


def _own(organisation_id: int) -> QuerySet[Application]:
    return Application.objects.filter(
        workplace__firm__organisation_id=organisation_id
    ).select_related("call", "workplace__firm__organisation", "decision")


def _summary(application: Application, rules: RuleNames) -> ApplicationSummary:
    call, workplace = application.call, application.workplace
    return ApplicationSummary(
        id=application.pk,
        number=application.number,
        title=title_of(call),
        call_id=call.pk,
        workplace_id=workplace.pk,
        workplace_name=workplace.name,
        state=application.state,
        tier=rules.find_tier(call, application.tier or str(application.answers.get("tier", ""))),
        government_krw=application.government_krw,
        started_at=application.started_at,
        saved_at=application.saved_at,
        submitted_at=application.submitted_at,
        due_on=application.due_on,
        closes_at=call.closes_at,
        is_example=call.is_example or workplace.firm.organisation.is_example,
    )
