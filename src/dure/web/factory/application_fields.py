"""Inputs for the kinds of question that an application asks.

What is asked and which limits hold is policy data; what was typed is read by the room. Here a
question only becomes something to type into or to choose from.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dure.policy.application_form import QuestionKind
from dure.policy.indicators import load_indicators
from dure.programme.registry.queries import industry_choices, province_choices
from dure.programme.support.queries import QuestionView
from dure.web.words import in_korean, named

_MOST_RADIOS = 6
_BESIDE = 3
_SHORT = 20


class AsTyped(forms.Field):
    """A field that keeps what was typed; the room reads it and says what it cannot read."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - the field API is untyped
        return value


class WonInput(forms.TextInput):
    """An amount typed in any way a person writes money, shown with commas."""

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401 - the widget API is untyped
        shown: str | None = super().format_value(value)
        return f"{value:,}" if isinstance(value, int) else shown


class YesNo(forms.RadioSelect):
    """Yes or no, neither chosen beforehand."""

    def format_value(self, value: Any) -> list[str]:  # noqa: ANN401 - the widget API is untyped
        words = {True: "true", False: "false"}
        return super().format_value(words.get(value, value) if isinstance(value, bool) else value)


class Table(forms.Widget):
    """The place of a question answered by rows; the cells are fields of their own."""

    use_fieldset = True


def field_of(question: QuestionView) -> AsTyped:
    """The input of one question."""
    return AsTyped(
        label=named(question.label),
        help_text=named(question.hint) if question.hint else "",
        required=question.required,
        widget=_WIDGETS[question.kind](question),
    )


def cell_of(question: QuestionView, column: str, row: int) -> AsTyped:
    """The input of one cell of a table of indicators; rows are counted from 0."""
    label = _("{row}번째 {column}").format(row=row + 1, column=named(question.columns[column]))
    widget = _select(_indicators()) if column == "indicator" else _number_input("is-number")
    return AsTyped(label=label, required=question.required, widget=widget)


def layout_of(question: QuestionView) -> str:
    """The class of the field's block: few short choices stand beside each other."""
    few = question.kind is QuestionKind.CHOICE and len(question.options) <= _BESIDE
    return "sf-field--inline" if few or question.kind is QuestionKind.YES_NO else ""


def unit_of(question: QuestionView) -> str:
    """What stands after the input."""
    if question.kind is QuestionKind.WON:
        return _("원") if in_korean() else ""
    return named(question.unit) if question.unit else ""


def _text(question: QuestionView) -> forms.Widget:
    short = question.most_characters is not None and question.most_characters <= _SHORT
    return forms.TextInput(attrs={"class": "is-short" if short else "is-full"})


def _long_text(question: QuestionView) -> forms.Widget:
    # No maxlength: it would cut a pasted text without a word. The room says what is too long.
    attrs: dict[str, Any] = {"rows": 6, "class": "is-full"}
    if question.most_characters is not None:
        attrs["data-count"] = str(question.most_characters)
    return forms.Textarea(attrs=attrs)


def _won(_question: QuestionView) -> forms.Widget:
    return WonInput(attrs={"data-money": "", "autocomplete": "off", "class": "is-short is-number"})


def _number(_question: QuestionView) -> forms.Widget:
    return _number_input("is-short is-number")


def _date(_question: QuestionView) -> forms.Widget:
    return forms.DateInput(attrs={"type": "date", "class": "is-short"}, format="%Y-%m-%d")


def _yes_no(_question: QuestionView) -> forms.Widget:
    return YesNo(choices=[("true", _("예")), ("false", _("아니요"))])


def _choice(question: QuestionView) -> forms.Widget:
    choices = [(option.key, named(option.name)) for option in question.options]
    return forms.RadioSelect(choices=choices) if len(choices) <= _MOST_RADIOS else _select(choices)


def _choices(question: QuestionView) -> forms.Widget:
    choices = [(option.key, named(option.name)) for option in question.options]
    return forms.CheckboxSelectMultiple(choices=choices)


def _business_number(_question: QuestionView) -> forms.Widget:
    return forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "class": "is-short"}
    )


def _industry(_question: QuestionView) -> forms.Widget:
    return _select(industry_choices())


def _province(_question: QuestionView) -> forms.Widget:
    return _select(province_choices())


def _table(_question: QuestionView) -> forms.Widget:
    return Table()


_WIDGETS: Mapping[QuestionKind, Callable[[QuestionView], forms.Widget]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _long_text,
    QuestionKind.WON: _won,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONTHS: _number,
    QuestionKind.DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.BUSINESS_NUMBER: _business_number,
    QuestionKind.INDUSTRY: _industry,
    QuestionKind.PROVINCE: _province,
    QuestionKind.INDICATORS: _table,
}


def _number_input(classes: str) -> forms.TextInput:
    # No type=number: it drops what it cannot read, and changes amounts by the mouse wheel.
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": classes})


def _select(choices: Iterable[tuple[str, str]]) -> forms.Select:
    return forms.Select(choices=[("", _("골라 주세요")), *choices])


def _indicators() -> list[tuple[str, str]]:
    return [
        (one.key, f"{named(one.name)} ({one.unit})" if one.unit else named(one.name))
        for one in load_indicators()
    ]
