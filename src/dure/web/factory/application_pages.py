"""What every page of one application shows, and the order of its topics."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.access import MemberRequest
from dure.foundation.organisations.roles import is_granted
from dure.kernel.names import Name
from dure.programme.support import queries
from dure.programme.support.queries import ApplicationView, EligibilityView, TopicView

EDIT = "support:application:edit"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of writing an application, for `parts/steps.html`; `state` is done, now or ahead."""

    title: Name | str
    state: str


def own_application(request: MemberRequest, application_id: int) -> ApplicationView:
    """The application, of the member's own organisation only."""
    return queries.get_application(request.actor.own_organisation_id, application_id)


def may_write(actor: Actor, application: ApplicationView) -> bool:
    """Whether this person may change the application as it stands."""
    return application.may_edit and is_granted(actor.role, EDIT)


def find_topic(application: ApplicationView, key: str) -> TopicView | None:
    """The topic of that key, None where the programme asks no such topic."""
    return next((topic for topic in application.topics if topic.key == key), None)


def next_url(application: ApplicationView, key: str) -> str:
    """After a topic: the next open one that is not done, else checking everything."""
    keys = [topic.key for topic in application.topics]
    after = keys.index(key) + 1
    for topic in (*application.topics[after:], *application.topics[:after]):
        if topic.state in {"not_started", "in_progress"} and topic.key != key:
            return topic_url(application.id, topic.key)
    return reverse("factory:application-check", args=(application.id,))


def previous_url(application: ApplicationView, key: str) -> str:
    """The topic before; before the first one, the list of tasks."""
    position = [topic.key for topic in application.topics].index(key)
    if position:
        return topic_url(application.id, application.topics[position - 1].key)
    return reverse("factory:application", args=(application.id,))


def topic_url(application_id: int, key: str) -> str:
    """The page of one topic."""
    return reverse("factory:application-topic", args=(application_id, key))


def steps_of(application: ApplicationView, here: str) -> tuple[Step, ...]:
    """Every topic and checking, with `here` (a topic's key or 'check') marked."""
    topics = [(topic.key, topic.title, topic.state == "done") for topic in application.topics]
    stations: list[tuple[str, Name | str, bool]] = [*topics, ("check", _("확인과 제출"), False)]
    return tuple(
        Step(title, "now" if key == here else "done" if done else "ahead")
        for key, title, done in stations
    )


def refused(eligibility: EligibilityView | None) -> bool:
    """Whether a rule speaks against the firm."""
    return eligibility is not None and eligibility.verdict == "difficult"
