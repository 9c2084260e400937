"""Submitting what is complete, submitting again after a supplement, and taking it back."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.jobs.actions import enqueue
from dure.kernel.text import Text
from dure.policy.answer_words import say_day
from dure.policy.decision import Amount, Eligibility
from dure.policy.filled import FilledForm
from dure.programme.support.actions.drafting import require_open
from dure.programme.support.deadlines import REQUIREMENT_CHECK, business_days, due_day, is_past
from dure.programme.support.errors import IncompleteError, ReviewRefusedError
from dure.programme.support.evidence import measurement_plain
from dure.programme.support.filling import fill_with, measurement_of
from dure.programme.support.flags import renew_flags
from dure.programme.support.freezing import content_sha256, freeze
from dure.programme.support.models import Application, Submission, Supplement
from dure.programme.support.notifying import tell_applicant, tell_reviewers
from dure.programme.support.permissions import Permission, require
from dure.programme.support.scope import organisation_of, own_application
from dure.programme.support.states import EDITABLE, WITHDRAWABLE, State, require_state

RECEIPT_JOB = "support.receipt"


def submit_application(
    actor: Actor,
    application_id: int,
    *,
    declared: Collection[str],
    now: datetime | None = None,
) -> int:
    """Freeze the complete application and hand it in; returns the submission's id.

    A draft needs an open call (its closing instant still counts). After a supplement request the
    same call submits a new version and leaves the earlier ones; past the last day it is taken
    and marked late. Rules that speak against it do not stop it: a person decides. The receipt
    is made by a job, or by `issue_receipt` when someone asks sooner.

    Raises:
        Application.DoesNotExist: none of theirs.
        NotPossibleNowError: not a draft and no supplement asked.
        CallClosedError: a draft, and the call takes none now.
        IncompleteError: answers or declarations are missing.
    """
    require(actor, Permission.SUBMIT_APPLICATION)
    now = now or timezone.now()
    again = _is_resubmission(actor, application_id)
    verb = "resubmitted" if again else "submitted"
    with recorded(actor, f"support:application:{verb}") as write:
        application = own_application(actor, application_id)
        require_state(application, {State.SUPPLEMENT_REQUESTED} if again else {State.DRAFT})
        if not again:
            require_open(application.call, now)
        submission = _submit(actor, application, declared=declared, now=now)
        write.subject(
            application,
            organisation_id=actor.organisation_id,
            old={"state": State.SUPPLEMENT_REQUESTED if again else State.DRAFT},
            new={
                "state": application.state,
                "version": submission.version,
                "sha256": submission.sha256,
                "policy_hash": submission.policy_hash,
                "government_krw": application.government_krw,
                "due_on": str(application.due_on),
            },
        )
        _tell(application, again=again)
        _order_receipt(actor, application, submission)
    return submission.pk


def _is_resubmission(actor: Actor, application_id: int) -> bool:
    """Seen before the lock is held; the write checks again that it still holds."""
    application = Application.objects.get(
        pk=application_id, workplace__firm__organisation_id=actor.own_organisation_id
    )
    require_state(application, EDITABLE)
    return application.state == State.SUPPLEMENT_REQUESTED


def _submit(
    actor: Actor, application: Application, *, declared: Collection[str], now: datetime
) -> Submission:
    measurement = measurement_of(application)
    filled = fill_with(application, now, measurement)
    eligibility, amount = _complete(filled, declared)
    content = freeze(
        filled,
        eligibility,
        amount,
        declared=declared,
        measurement=measurement_plain(measurement),
    )
    late = _close_supplement(application, now)
    submission = Submission.objects.create(
        application=application,
        version=application.submissions.count() + 1,
        submitted_at=now,
        submitted_by=actor.label,
        content=content,
        sha256=content_sha256(content),
        policy_hash=eligibility.policy_hash,
        measurement_id=measurement.id if measurement else None,
        is_late=late,
    )
    _advance(application, filled, amount, now)
    renew_flags(application, submission)
    return submission


def _complete(filled: FilledForm, declared: Collection[str]) -> tuple[Eligibility, Amount]:
    """Refuse what is not complete, naming each place."""
    places = {
        f"{topic.key}/{place}": text
        for topic in filled.form.topics
        for place, text in filled.outstanding(topic).items()
    }
    places |= {
        f"declarations/{item.key}": Text("제출하려면 이 내용에 동의해야 합니다.")
        for item in filled.form.declarations
        if item.key not in declared
    }
    eligibility, amount = filled.eligibility, filled.amount
    if places or eligibility is None or amount is None:
        raise IncompleteError(places)
    return eligibility, amount


def _advance(application: Application, filled: FilledForm, amount: Amount, now: datetime) -> None:
    application.state = State.SUBMITTED
    application.submitted_at = application.submitted_at or now
    application.due_on = due_day(now, business_days(REQUIREMENT_CHECK, application.call))
    application.firm_name = str(filled.value("firm_name") or application.workplace.firm.name)
    application.province = str(filled.value("province") or "")
    application.address_key = "".join(str(filled.value("address") or "").split())
    application.tier = amount.tier.key
    application.verdict = filled.eligibility.verdict.value if filled.eligibility else ""
    application.costs = dict(filled.costs)
    application.total_cost_krw = amount.total_cost_krw
    application.government_krw = amount.government_krw
    application.save()


def _close_supplement(application: Application, now: datetime) -> bool:
    """Mark the open request as answered; True when its last day is over."""
    supplement = Supplement.objects.filter(application=application, answered_at=None).last()
    if supplement is None:
        return False
    supplement.answered_at = now
    supplement.save(update_fields=["answered_at"])
    return is_past(supplement.due_on, now)


def _tell(application: Application, *, again: bool) -> None:
    due_on = application.due_on
    numbered = {"number": application.number, "due": say_day(due_on) if due_on else ""}
    tell_applicant(
        application,
        Text("신청서를 접수했습니다"),
        Text(
            "신청 번호 {number}. 담당자가 {due}까지 요건을 검토하고 결과를 알려 드립니다.",
            numbered,
        ),
    )
    tell_reviewers(
        application,
        Text("보완한 신청이 들어왔습니다") if again else Text("새 신청이 들어왔습니다"),
        Text(
            "{firm} · 신청 번호 {number}. 처리 기한은 {due}입니다.",
            {"firm": application.firm_name, **numbered},
        ),
    )


def _order_receipt(actor: Actor, application: Application, submission: Submission) -> None:
    enqueue(
        actor,
        RECEIPT_JOB,
        {"submission": submission.pk},
        organisation_id=organisation_of(application),
        title=Text("접수증 만들기: {number}", {"number": application.number}),
    )


def withdraw_application(actor: Actor, application_id: int, *, reason: str = "") -> None:
    """Take an application back; nothing is deleted, and a new one may be started.

    Raises:
        Application.DoesNotExist: none of theirs.
        NotPossibleNowError: decided or withdrawn already.
        ReviewRefusedError: it was submitted and no reason is given.
    """
    require(actor, Permission.SUBMIT_APPLICATION)
    reason = reason.strip()
    with recorded(actor, "support:application:withdrawn", reason=reason) as write:
        application = own_application(actor, application_id)
        require_state(application, WITHDRAWABLE)
        if application.submitted_at is not None and not reason:
            raise ReviewRefusedError("reason", Text("취소하는 이유를 적어 주세요."))
        old = {"state": application.state, "due_on": _day(application)}
        application.state, application.due_on = State.WITHDRAWN, None
        application.save(update_fields=["state", "due_on"])
        write.subject(
            application,
            organisation_id=actor.organisation_id,
            old=old,
            new={"state": application.state, "due_on": None},
        )
        if application.submitted_at is not None:
            tell_reviewers(
                application,
                Text("신청이 취소되었습니다"),
                Text(
                    "{firm} · 신청 번호 {number}. 이유: {reason}",
                    {
                        "firm": application.firm_name,
                        "number": application.number,
                        "reason": reason,
                    },
                ),
            )


def _day(application: Application) -> str | None:
    return str(application.due_on) if application.due_on else None
