"""Example applications: written, submitted and reviewed by the room's own actions.

Instants are given to the actions, so the queue holds cases of the last five weeks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dure.foundation.audit.actor import Actor
from dure.kernel.instants import to_kst
from dure.programme.support import actions as support
from dure.programme.support.actions import DecisionReason
from dure.programme.support.queries import get_application
from dure.web.example.answers import Answers, build_answers, service_answers
from dure.web.example.firms import ExampleFirm

STORIES = (
    "submitted",
    "draft",
    "met",
    "submitted",
    "supplement",
    "assigned",
    "not_met",
    "submitted",
    "met",
    "assigned",
)
EVERY_NTH_WANTS_SERVICE = 5
FIRST_SUBMITTED_DAYS_AGO, SPREAD_DAYS, MOST_FIRMS = 22, 18, 42
MET = "제출한 자료와 규칙을 견주어 모든 요건을 확인했습니다."
NOT_MET = "참여제한 기간이 끝나지 않아 이번 공고에는 참여할 수 없습니다."
SUPPLEMENT = "견적서의 H/W 규격과 수량이 비어 있습니다. 규격과 수량을 적어 다시 제출해 주세요."


@dataclass(frozen=True, slots=True)
class Case:
    """A firm's application: where, to what, and how far it has come."""

    firm: ExampleFirm
    workplace_id: int
    call_id: int
    story: str

    def at(self, now: datetime) -> datetime:
        """When it was submitted: in office hours, spread over weekdays of the last weeks."""
        days = FIRST_SUBMITTED_DAYS_AGO - self.firm.number * SPREAD_DAYS // MOST_FIRMS
        day = to_kst(now) - timedelta(days=days)
        weekday = day - timedelta(days=max(day.weekday() - 4, 0))
        return weekday.replace(hour=9 + self.firm.number % 8, minute=self.firm.number)


def wants_service(firm: ExampleFirm) -> bool:
    """Whether the firm asks for after-service rather than an upgrade."""
    return firm.number % EVERY_NTH_WANTS_SERVICE == 0


def story_of(firm: ExampleFirm) -> str:
    """How far the firm's application comes."""
    return STORIES[firm.number % len(STORIES)]


def play(applicant: Actor, operator: Actor, case: Case, now: datetime) -> None:
    """Write the application and take it as far as its story goes."""
    submitted_at = case.at(now)
    application_id = support.start_application(
        applicant, case.call_id, case.workplace_id, now=submitted_at
    )
    fill_in(applicant, application_id, _answers(case), submitted_at)
    if case.story == "draft":
        return
    view = get_application(applicant.own_organisation_id, application_id)
    declared = [declaration.key for declaration in view.declarations]
    support.submit_application(applicant, application_id, declared=declared, now=submitted_at)
    _review(operator, application_id, case.story, submitted_at)


def fill_in(applicant: Actor, application_id: int, answers: Answers, now: datetime) -> None:
    """Save the answers topic by topic; raises ValueError for one that cannot be read."""
    for topic, values in answers.by_topic.items():
        saved = support.save_answers(applicant, application_id, topic, values, now=now)
        if saved.problems:
            message = f"{topic}: {dict(saved.problems)}"
            raise ValueError(message)


def _answers(case: Case) -> Answers:
    if wants_service(case.firm):
        return service_answers(case.firm)
    return build_answers(case.firm, excluded=case.story == "not_met")


def _review(operator: Actor, application_id: int, story: str, submitted_at: datetime) -> None:
    if story == "submitted":
        return
    later = submitted_at + timedelta(days=1)
    support.assign_cases(operator, [application_id], operator.user_id, now=later)
    if story == "supplement":
        support.request_supplement(operator, application_id, text=SUPPLEMENT, now=later)
    elif story in {"met", "not_met"}:
        reason = DecisionReason(text=MET if story == "met" else NOT_MET)
        support.decide_requirement(
            operator,
            application_id,
            is_met=story == "met",
            reasons=[reason],
            now=later + timedelta(days=2),
        )
