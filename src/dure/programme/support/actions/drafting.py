"""Starting an application and saving what is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.sentences import sentence_to_json
from dure.kernel.text import Text
from dure.policy.answers import read_answer
from dure.policy.application_form import Question, Topic, TopicState
from dure.policy.facts import kind_of
from dure.policy.filled import FilledForm
from dure.programme.support.errors import (
    AlreadyAppliedError,
    CallClosedError,
    TopicLockedError,
)
from dure.programme.support.filling import fill
from dure.programme.support.models import Application, Call
from dure.programme.support.permissions import Permission, require
from dure.programme.support.queries.calls import state_of
from dure.programme.support.scope import own_application, own_workplace
from dure.programme.support.states import EDITABLE, State, require_state


@dataclass(frozen=True, slots=True)
class SaveResult:
    """When the answers were last saved, and what could not be read, by place."""

    saved_at: datetime
    problems: Mapping[str, Text]


def start_application(
    actor: Actor,
    call_id: int,
    workplace_id: int,
    *,
    carried: Mapping[str, object] | None = None,
    now: datetime | None = None,
) -> int:
    """Make a draft of the workplace to the call, or give the draft there is; returns its id.

    `carried` is what the finder was told, by fact.

    Raises:
        Call.DoesNotExist, Workplace.DoesNotExist: not there for this actor.
        CallClosedError: the call takes no applications now.
        AlreadyAppliedError: the workplace applied already.
        FactError: a carried value outside its vocabulary.
    """
    require(actor, Permission.EDIT_APPLICATION)
    now = now or timezone.now()
    for fact, value in (carried or {}).items():
        kind_of(fact).code_of(value)
    workplace = own_workplace(actor, workplace_id)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call_id)
        draft = _draft_there_is(call_id, workplace_id)
        if draft is not None:
            return draft.pk
        require_open(call, now)
        with recorded(actor, "support:application:started") as write:
            application = Application.objects.create(
                call=call,
                workplace=workplace,
                number=_next_number(call),
                carried=dict(carried or {}),
            )
            write.subject(
                application,
                organisation_id=actor.organisation_id,
                new={"number": application.number, "workplace": workplace_id, "call": call_id},
            )
    return application.pk


def require_open(call: Call, now: datetime) -> None:
    """Refuse outside the call's period; the closing instant itself still counts.

    Raises:
        CallClosedError: saying which side.
    """
    if state_of(call, now) != "open":
        raise CallClosedError(call.opens_at, call.closes_at, now)


def _draft_there_is(call_id: int, workplace_id: int) -> Application | None:
    """The draft; raises AlreadyAppliedError when it is a draft no more."""
    live = Application.objects.filter(call_id=call_id, workplace_id=workplace_id)
    found = live.exclude(state=State.WITHDRAWN).first()
    if found is not None and found.state != State.DRAFT:
        raise AlreadyAppliedError(found.pk, found.number)
    return found


def _next_number(call: Call) -> str:
    # The call's row is locked, and a number is only used up by a committed application.
    call.last_serial += 1
    call.save(update_fields=["last_serial"])
    return f"{call.year}-{call.number_code}-{call.round}{call.last_serial:05d}"


def save_answers(
    actor: Actor,
    application_id: int,
    topic_key: str,
    values: Mapping[str, object],
    *,
    now: datetime | None = None,
) -> SaveResult:
    """Keep the answers given of one topic; those not in `values` stay as they are.

    What cannot be read is kept as typed and told in `problems`; everything else is saved. The
    last save wins. Values for answers known from elsewhere are not taken.

    Raises:
        Application.DoesNotExist: none of theirs.
        NotPossibleNowError: submitted or withdrawn.
        TopicLockedError: other topics come first.
        ValueError: no such topic, or a value for a question it does not ask.
    """
    require(actor, Permission.EDIT_APPLICATION)
    now = now or timezone.now()
    with transaction.atomic():
        application = own_application(actor, application_id)
        require_state(application, EDITABLE)
        filled = fill(application, now)
        topic = _open_topic(filled, topic_key)
        before = _inputs(application)
        problems = _take(application, filled, topic, values)
        if _inputs(application) == before:
            return SaveResult(application.saved_at or now, problems)
        with recorded(actor, "support:application:saved") as write:
            application.saved_at = now
            application.save(update_fields=["answers", "unread", "carried", "saved_at"])
            old, new = _changes(before["answers"], application.answers)
            write.subject(application, organisation_id=actor.organisation_id, old=old, new=new)
    return SaveResult(now, problems)


def _inputs(application: Application) -> dict[str, dict[str, Any]]:
    columns = ("answers", "unread", "carried")
    return {column: dict(getattr(application, column)) for column in columns}


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers that differ, before and after; None where there was or is none."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def _open_topic(filled: FilledForm, topic_key: str) -> Topic:
    topic = next((topic for topic in filled.form.topics if topic.key == topic_key), None)
    if topic is None:
        raise ValueError(f"no topic '{topic_key}'")
    if filled.state(topic) is TopicState.LOCKED:
        raise TopicLockedError(topic.name, topic.locked)
    return topic


def _take(
    application: Application, filled: FilledForm, topic: Topic, values: Mapping[str, object]
) -> dict[str, Text]:
    questions = {question.key: question for question in topic.questions}
    unknown = sorted(set(values) - set(questions))
    if unknown:
        raise ValueError(f"topic '{topic.key}' does not ask {', '.join(unknown)}")
    problems: dict[str, Text] = {}
    for key, raw in values.items():
        known = filled.answers.get(key)
        if known is None or not known.fixed:
            problems |= _keep(application, questions[key], raw, filled)
    return problems


def _keep(
    application: Application, question: Question, raw: object, filled: FilledForm
) -> Mapping[str, Text]:
    reading = read_answer(question, raw, filled.choices)
    application.unread.pop(question.key, None)
    if reading.problems:
        application.unread[question.key] = {
            "raw": _plain(raw),
            "problems": {place: sentence_to_json(text) for place, text in reading.problems.items()},
        }
    if reading.value is None:
        application.answers.pop(question.key, None)
        # Emptied on purpose: what the finder was told must not come back.
        application.carried.pop(question.feeds or "", None)
    else:
        application.answers[question.key] = reading.value
    return reading.problems


def _plain(raw: object) -> Any:  # noqa: ANN401 - whatever JSON a form sent
    if isinstance(raw, Mapping):
        return {str(key): _plain(value) for key, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [_plain(item) for item in raw]
    return raw if isinstance(raw, str | int | bool) or raw is None else str(raw)
