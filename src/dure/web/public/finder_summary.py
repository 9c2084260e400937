"""The answers of the finder in words, so that a visitor sees what a result rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.forms import BoundField, ChoiceField, RadioSelect
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from dure.policy.facts import fact_kinds
from dure.web.public.finder_answers import Answers
from dure.web.public.finder_form import AskedQuestion, FinderForm
from dure.web.words import named


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """One question and what was answered; `key` is its place on the finder's page."""

    key: str
    title: str
    said: str


def answered_lines(answers: Answers, as_of: date) -> tuple[AnsweredLine, ...]:
    """Every question with its answer, in order."""
    form = FinderForm(initial=dict(answers), as_of=as_of)
    return tuple(
        AnsweredLine(question.key, question.title, _said(question, answers))
        for question in form.questions
    )


def _said(question: AskedQuestion, answers: Answers) -> str:
    said = []
    for field in question.fields:
        labels = _labels(field, answers)
        kind = fact_kinds().get(field.name)
        if kind and len(question.fields) > 1 and isinstance(field.field.widget, RadioSelect):
            labels = [f"{named(kind.name)}: {label}" for label in labels]
        said += labels
    return " · ".join(said) or _("답하지 않음")


def _labels(field: BoundField, answers: Answers) -> list[str]:
    answer = answers.get(field.name, "")
    chosen = [answer] if isinstance(answer, str) else answer
    if not isinstance(field.field, ChoiceField):
        return []
    choices = cast("Iterable[tuple[str, str]]", field.field.choices)
    names = {str(key): str(name) for key, name in choices}
    return [_plain(names[key]) for key in chosen if key and key in names]


def _plain(label: str) -> str:
    return strip_tags(label.partition("<small>")[0]).strip()
