"""The finder's questions as a Django form: every answer may be left open, but not all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from dure.kernel.industries import divisions
from dure.policy.facts import FactKind, Facts
from dure.policy.level_grid import load_level_grid
from dure.policy.questions import Ask, Question, finder_questions
from dure.web.public.finder_answers import (
    NO,
    NONE_APPLY,
    SOME_APPLY,
    UNKNOWN,
    YES,
    facts_of,
    item_key,
    items_name,
)
from dure.web.words import named

LONG_LISTS = ("division", "province")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as the page shows it: its text, its fields, its place among the others.

    `roomy`: its choices are explained, so each needs a line of its own.
    """

    key: str
    number: int
    title: str
    hint: str
    fields: tuple[forms.BoundField, ...]
    roomy: bool


class FinderForm(forms.Form):
    """One field for each fact, two for a question that is asked for several at once."""

    def __init__(self, *args: Any, as_of: date, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        super().__init__(*args, **kwargs)
        self._names: dict[str, tuple[str, ...]] = {}
        for question in finder_questions():
            fields = _fields(question, as_of)
            self._names[question.key] = tuple(fields)
            self.fields.update(fields)

    @property
    def questions(self) -> Iterator[AskedQuestion]:
        """The questions in order, with their bound fields."""
        for number, question in enumerate(finder_questions(), start=1):
            yield AskedQuestion(
                key=question.key,
                number=number,
                title=named(question.title),
                hint=named(question.hint),
                fields=tuple(self[name] for name in self._names[question.key]),
                roomy=any(ask.hints for ask in question.asks),
            )

    @property
    def answered(self) -> int:
        """How many questions have an answer, “I do not know” included."""
        given = self.cleaned_data
        return sum(any(given.get(name) for name in names) for names in self._names.values())

    def clean(self) -> dict[str, Any]:
        """Settle what contradicts itself, and refuse a form without any answer."""
        answers = {k: v for k, v in (super().clean() or self.cleaned_data).items() if v}
        for question in finder_questions():
            if question.together:
                self._settle(question, answers)
        if not self.errors and facts_of(answers) == Facts():
            first = next(iter(self.fields))
            self.add_error(first, _("아는 것 한 가지만이라도 골라 주세요."))
        return answers

    def _settle(self, question: Question, answers: dict[str, Any]) -> None:
        items = answers.get(items_name(question), [])
        said = answers.get(question.key)
        if items and not said:
            answers[question.key] = SOME_APPLY
        elif items and said != SOME_APPLY:
            self.add_error(
                question.key, _("해당하는 것을 골랐습니다. '해당하는 것이 있습니다'를 골라 주세요.")
            )
        elif said == SOME_APPLY and not items:
            self.add_error(items_name(question), _("해당하는 것을 모두 골라 주세요."))
        keys = [item.partition(":")[0] for item in items]
        for ask in question.asks:
            if keys.count(ask.fact.key) > 1:
                message = _("{name}: 하나만 골라 주세요.").format(name=named(ask.fact.name))
                self.add_error(items_name(question), message)


def _fields(question: Question, as_of: date) -> dict[str, forms.Field]:
    if question.together:
        return _together_fields(question)
    return {ask.fact.key: _field(ask, as_of) for ask in question.asks}


def _field(ask: Ask, as_of: date) -> forms.ChoiceField:
    choices = [*_choices(ask, as_of)]
    if ask.fact.kind in LONG_LISTS:
        shown = [("", _("잘 모르겠어요")), *choices]
        return forms.ChoiceField(label=named(ask.words), choices=shown, required=False)
    return forms.ChoiceField(
        label=named(ask.words),
        choices=[*choices, (UNKNOWN, _("잘 모르겠어요"))],
        widget=forms.RadioSelect,
        required=False,
    )


def _choices(ask: Ask, as_of: date) -> Iterator[tuple[str, str]]:
    kind = ask.fact
    if kind.kind == "flag":
        yield from ((YES, _("예")), (NO, _("아니요")))
    elif kind.kind == "division":
        yield from ((code.key, f"{code.key} {named(code.name)}") for code in divisions())
    else:
        hints = _hints(ask, as_of)
        for choice in kind.choices:
            name, hint = named(choice.name), hints.get(choice.key)
            said = format_html("{} <small>{}</small>", name, hint) if hint else name
            yield choice.key, said


def _hints(ask: Ask, as_of: date) -> dict[str, str]:
    if not ask.hints:
        return {}
    grid = load_level_grid(as_of)
    return {level.key: named(grid.cell(level.key, ask.hints)) for level in grid.levels}


def _together_fields(question: Question) -> dict[str, forms.Field]:
    answers = [
        (NONE_APPLY, _("해당하는 것이 없습니다")),
        (SOME_APPLY, _("해당하는 것이 있습니다")),
        (UNKNOWN, _("잘 모르겠어요")),
    ]
    return {
        question.key: forms.ChoiceField(
            label=named(question.title), choices=answers, widget=forms.RadioSelect, required=False
        ),
        items_name(question): forms.MultipleChoiceField(
            label=_("해당하는 것(모두 고르기)"),
            choices=[*_items(question)],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
    }


def _items(question: Question) -> Iterator[tuple[str, str]]:
    for ask in question.asks:
        kind: FactKind = ask.fact
        if kind.kind == "flag":
            yield item_key(ask), named(kind.name)
        for choice in kind.choices:
            if choice.key != ask.clear:
                yield item_key(ask, choice.key), named(choice.name)
