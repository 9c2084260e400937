"""What a visitor told the programme finder, kept in the session until they forget it.

The door for other pages: `answers_of(request)` gives the answers as `Facts`, so that registration
and an application start with what was already said. Signing in keeps them; signing out does not.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from dure.policy.errors import FactError
from dure.policy.facts import FactKind, Facts, kind_of
from dure.policy.questions import Ask, Question, finder_questions

SESSION_KEY = "finder_answers"
UNKNOWN = "unknown"
YES, NO = "yes", "no"
NONE_APPLY, SOME_APPLY = "none", "some"

Answers = Mapping[str, str | list[str]]


def answers_of(request: HttpRequest) -> Facts:
    """What was answered, as facts; everything else is None (unknown)."""
    return facts_of(kept_answers(request))


def has_answers(request: HttpRequest) -> bool:
    """Whether the visitor has answered the finder in this session."""
    return bool(kept_answers(request))


def kept_answers(request: HttpRequest) -> Answers:
    """The answers as they were given, by field of the finder's form."""
    kept: Answers = request.session.get(SESSION_KEY, {})
    return kept


def keep_answers(request: HttpRequest, answers: Answers) -> None:
    """Remember the answers in place of earlier ones."""
    request.session[SESSION_KEY] = dict(answers)


def forget_answers(request: HttpRequest) -> None:
    """Forget all answers."""
    request.session.pop(SESSION_KEY, None)


def items_name(question: Question) -> str:
    """The form field that lists what applies, of a question asked for all its facts at once."""
    return f"{question.key}_items"


def item_key(ask: Ask, choice: str = "") -> str:
    """How one thing that may apply is named in that list."""
    return f"{ask.fact.key}:{choice}" if choice else ask.fact.key


def facts_of(answers: Answers) -> Facts:
    """The facts that answers state; a value outside its vocabulary counts as not known."""
    found: dict[str, Any] = {}
    for question in finder_questions():
        if question.together:
            found |= _together(question, answers)
        else:
            found |= {a.fact.key: _value(a.fact, answers.get(a.fact.key)) for a in question.asks}
    return Facts(**{key: value for key, value in found.items() if _allowed(key, value)})


def _value(kind: FactKind, answer: object) -> str | bool | None:
    if not isinstance(answer, str) or answer in ("", UNKNOWN):
        return None
    if kind.kind == "flag":
        return {YES: True, NO: False}.get(answer)
    return answer


def _together(question: Question, answers: Answers) -> dict[str, str | bool | None]:
    said = answers.get(question.key)
    if said not in (NONE_APPLY, SOME_APPLY):
        return {}
    facts = {ask.fact.key: ask.clear for ask in question.asks}
    if said == SOME_APPLY:
        for item in answers.get(items_name(question), []):
            key, _, choice = item.partition(":")
            facts[key] = choice or True
    return facts


def _allowed(key: str, value: object) -> bool:
    try:
        kind_of(key).code_of(value)
    except FactError:
        return False
    return True
