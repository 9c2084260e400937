"""A case: a submitted application, its answers beside what data say."""

from datetime import datetime

from django.utils import timezone

from dure.programme.support.deadlines import (
    SUPPLEMENT,
    SUPPLEMENT_MOST,
    business_days,
    is_past,
)
from dure.programme.support.flags import flag_text
from dure.programme.support.models import Application, CaseFlag, Submission
from dure.programme.support.queries.beside import beside
from dure.programme.support.queries.calls import title_of
from dure.programme.support.queries.case_views import CaseSectionView, CaseView, FlagView
from dure.programme.support.queries.frozen import (
    amount_view,
    eligibility_view,
    name_of,
    section_views,
)
from dure.programme.support.queries.history import event_views
from dure.programme.support.queries.naming import province_name
from dure.programme.support.queries.queue import standing_flags
from dure.programme.support.queries.receipts import find_receipt_id
from dure.programme.support.queries.reviews import decision_view, supplement_view
from dure.programme.support.states import State


def get_case(application_id: int, *, now: datetime | None = None) -> CaseView:
    """A submitted application for a reviewer; everything as it was submitted last.

    Raises:
        Application.DoesNotExist: none, or never submitted.
    """
    application = (
        Application.objects.select_related(
            "call", "workplace__firm__organisation", "assignee", "decision"
        )
        .exclude(submitted_at=None)
        .get(pk=application_id)
    )
    submission = application.submissions.latest("version")
    return _view(application, submission, now or timezone.now())


def _view(application: Application, submission: Submission, now: datetime) -> CaseView:
    call, content = application.call, submission.content
    reviewable = _is_reviewable(application, now)
    assignee = application.assignee
    return CaseView(
        id=application.pk,
        number=application.number,
        call_id=call.pk,
        call_title=title_of(call),
        policy_as_of=call.policy_as_of,
        programme=name_of(content["rules"]["programme"]),
        tier=name_of(content["tier"]),
        is_example=call.is_example or application.workplace.firm.organisation.is_example,
        firm_name=application.firm_name,
        workplace_name=application.workplace.name,
        province=province_name(application.province),
        state=application.state,
        submitted_at=submission.submitted_at,
        version=submission.version,
        due_on=application.due_on,
        is_late=submission.is_late,
        assignee=(assignee.name or assignee.email) if assignee else "",
        assignee_id=application.assignee_id,
        sections=_sections(submission),
        eligibility=eligibility_view(content["eligibility"]),
        amount=amount_view(content["amount"]),
        flags=tuple(_flag_view(flag) for flag in standing_flags([application.pk])),
        supplements=tuple(
            supplement_view(item) for item in application.supplements.order_by("-requested_at")
        ),
        decision=decision_view(application),
        history=event_views(application, for_operator=True),
        receipt_id=find_receipt_id(application, submission),
        has_measurement=submission.measurement_id is not None,
        may_decide=reviewable,
        may_request=reviewable,
        supplement_days=business_days(SUPPLEMENT, call),
        supplement_days_most=business_days(SUPPLEMENT_MOST, call),
    )


def _is_reviewable(application: Application, now: datetime) -> bool:
    if application.state == State.SUPPLEMENT_REQUESTED:
        return application.due_on is not None and is_past(application.due_on, now)
    return application.state == State.SUBMITTED


def _sections(submission: Submission) -> tuple[CaseSectionView, ...]:
    evidence = beside(submission.content)
    return tuple(
        CaseSectionView(s.key, s.title, s.answers, evidence.get(s.key, ()))
        for s in section_views(submission.content)
    )


def _flag_view(flag: CaseFlag) -> FlagView:
    other = flag.other
    return FlagView(
        kind=flag.kind,
        text=flag_text(flag.kind, flag.figure),
        other_id=other.pk if other else None,
        other_number=other.number if other else "",
        other_firm=other.firm_name if other else "",
    )
