"""What reviewers do with a case: ask for a supplement, and decide the requirement check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.answer_words import say_day
from dure.programme.support.deadlines import (
    SUPPLEMENT,
    SUPPLEMENT_MOST,
    business_days,
    due_day,
    is_past,
)
from dure.programme.support.errors import NotAllowedError, NotPossibleNowError, ReviewRefusedError
from dure.programme.support.freezing import Plain
from dure.programme.support.models import (
    Application,
    RequirementDecision,
    Submission,
    Supplement,
)
from dure.programme.support.notifying import tell_applicant
from dure.programme.support.permissions import Permission, require
from dure.programme.support.scope import organisation_of, submitted_case
from dure.programme.support.states import UNDER_REVIEW, State, require_state, words_of

_MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """Why: a rule of the frozen eligibility, by id, or the reviewer's own words."""

    rule: str = ""
    text: str = ""


def request_supplement(
    actor: Actor,
    application_id: int,
    *,
    text: str,
    days: int | None = None,
    now: datetime | None = None,
) -> None:
    """Ask the applicant to add or correct something within `days` business days.

    Without `days` the programme's usual time holds. A request that is still running is not
    replaced; after its last day another may follow.

    Raises:
        Application.DoesNotExist: no such submitted application.
        NotPossibleNowError: not under review, or a request is still running.
        ReviewRefusedError: no text, or more days than the programme allows.
        NotAllowedError: no reviewer, or the applicant's own organisation.
    """
    now = now or timezone.now()
    text = _own_words("text", text, Text("무엇을 보완해야 하는지 적어 주세요."))
    with recorded(actor, "support:application:supplement_requested", reason=text) as write:
        application = _case_of_another(actor, application_id)
        _require_reviewable(application, now)
        old = {"state": application.state, "due_on": str(application.due_on)}
        due_on = due_day(now, _supplement_days(application, days))
        Supplement.objects.filter(application=application, answered_at=None).update(answered_at=now)
        Supplement.objects.create(
            application=application,
            text=text,
            due_on=due_on,
            requested_at=now,
            requested_by=actor.label,
        )
        application.state, application.due_on = State.SUPPLEMENT_REQUESTED, due_on
        application.save(update_fields=["state", "due_on"])
        write.subject(
            application,
            organisation_id=organisation_of(application),
            old=old,
            new={"state": application.state, "due_on": str(due_on)},
        )
        tell_applicant(
            application,
            Text("보완 요청이 왔습니다"),
            Text(
                "신청 번호 {number}. {due}까지 보완해서 다시 제출해 주세요. 요청 내용: {text}",
                {"number": application.number, "due": say_day(due_on), "text": text},
            ),
        )


def _supplement_days(application: Application, days: int | None) -> int:
    usual = business_days(SUPPLEMENT, application.call)
    most = business_days(SUPPLEMENT_MOST, application.call)
    wanted = usual if days is None else days
    if not 1 <= wanted <= most:
        raise ReviewRefusedError(
            "days", Text("보완 기간은 1~{most} 영업일로 정해 주세요.", {"most": most})
        )
    return wanted


def decide_requirement(
    actor: Actor,
    application_id: int,
    *,
    is_met: bool,
    reasons: Sequence[DecisionReason],
    now: datetime | None = None,
) -> None:
    """Decide the requirement check, with at least one reason; the applicant is told.

    A decision stands: whoever decides second is refused. While a supplement request runs there
    is no decision; after its last day there may be. A firm found to meet the requirements
    against the rules' word gets the money by share and cap.

    Raises:
        Application.DoesNotExist: no such submitted application.
        NotPossibleNowError: decided or withdrawn, or a supplement request is running.
        ReviewRefusedError: no reason, an empty one, or a rule that had no say.
        NotAllowedError: no reviewer, or the applicant's own organisation.
    """
    now = now or timezone.now()
    verb = "requirement_met" if is_met else "requirement_not_met"
    with recorded(actor, f"support:application:{verb}", reason=_told(reasons)) as write:
        application = _case_of_another(actor, application_id)
        _require_reviewable(application, now)
        submission = application.submissions.latest("version")
        old = {"state": application.state, "due_on": str(application.due_on)}
        decision = _decide(actor, submission, is_met=is_met, reasons=reasons, now=now)
        application.state = State.REQUIREMENT_MET if is_met else State.REQUIREMENT_NOT_MET
        application.due_on = None
        application.government_krw = decision.government_krw
        application.save(update_fields=["state", "due_on", "government_krw"])
        write.subject(
            application,
            organisation_id=organisation_of(application),
            old=old,
            new={
                "state": application.state,
                "due_on": None,
                "submission": submission.version,
                "reasons": decision.reasons,
                "government_krw": decision.government_krw,
            },
        )
        _tell_decision(application, decision)


def _decide(
    actor: Actor,
    submission: Submission,
    *,
    is_met: bool,
    reasons: Sequence[DecisionReason],
    now: datetime,
) -> RequirementDecision:
    amount = submission.content["amount"]
    return RequirementDecision.objects.create(
        application=submission.application,
        submission=submission,
        is_met=is_met,
        reasons=[_reason_plain(reason, submission.content) for reason in reasons],
        government_krw=amount["by_arithmetic_krw"] if is_met else amount["government_krw"],
        decided_at=now,
        decided_by=actor.label,
    )


def _told(reasons: Sequence[DecisionReason]) -> str:
    """The reviewer's own words, for the record."""
    if not reasons:
        raise ReviewRefusedError(
            "reasons",
            Text("결정한 이유를 하나 이상 골라 주세요."),
            Text("규칙을 고르거나 이유를 직접 적을 수 있습니다."),
        )
    return "\n".join(reason.text.strip() for reason in reasons if reason.text.strip())


def _reason_plain(reason: DecisionReason, content: Plain) -> Plain:
    if not reason.rule:
        return {"text": _own_words("reasons", reason.text, Text("이유를 적어 주세요."))}
    for found in content["eligibility"]["reasons"]:
        if found["rule"] == reason.rule:
            return {"rule": reason.rule, "verdict": found["verdict"], **found["text"]}
    raise ReviewRefusedError(
        "reasons", Text("이 신청에 적용하지 않은 규칙입니다: {rule}", {"rule": reason.rule})
    )


def _tell_decision(application: Application, decision: RequirementDecision) -> None:
    first = decision.reasons[0]
    why = Name(first["ko"], first["en"]) if "rule" in first else first["text"]
    tell_applicant(
        application,
        Text("요건검토 결과가 나왔습니다: {result}", {"result": words_of(application.state)}),
        Text(
            "신청 번호 {number}. 이유: {why} 모든 이유와 다음 단계는 신청 상태에서 볼 수 있습니다.",
            {"number": application.number, "why": why},
        ),
    )


def _case_of_another(actor: Actor, application_id: int) -> Application:
    require(actor, Permission.DECIDE_CASE)
    application = submitted_case(application_id)
    if organisation_of(application) == actor.organisation_id:
        raise NotAllowedError(Text("자기 조직의 신청은 결정할 수 없습니다."))
    return application


def _require_reviewable(application: Application, now: datetime) -> None:
    require_state(application, UNDER_REVIEW)
    waits = application.state == State.SUPPLEMENT_REQUESTED
    if waits and application.due_on and not is_past(application.due_on, now):
        raise NotPossibleNowError(application.state, words_of(application.state))


def _own_words(field: str, text: str, missing: Text) -> str:
    text = text.strip()
    if not text:
        raise ReviewRefusedError(field, missing)
    if len(text) > _MOST_CHARACTERS:
        raise ReviewRefusedError(
            field, Text("{most}자까지 적을 수 있습니다.", {"most": _MOST_CHARACTERS})
        )
    return text
