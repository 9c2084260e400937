"""`{% load applications %}`: how reasons, amounts and indicators of an application read."""

from fractions import Fraction

from django import template

from dure.policy.indicators import load_indicators
from dure.programme.support.queries import (
    NOT_ANSWERED,
    AmountView,
    AnswerView,
    EligibilityView,
    ReasonView,
    TraceView,
)
from dure.web import words
from dure.web.status import status_of

register = template.Library()


@register.filter
def open_reasons(eligibility: EligibilityView) -> tuple[ReasonView, ...]:
    """The reasons that stand in the way or must be checked, gravest first."""
    return tuple(r for r in eligibility.reasons if r.verdict != "possible")


@register.filter
def met_reasons(eligibility: EligibilityView) -> tuple[ReasonView, ...]:
    """The reasons that are met."""
    return tuple(r for r in eligibility.reasons if r.verdict == "possible")


@register.filter
def is_answered(answer: AnswerView) -> bool:
    """Whether there is an answer at all."""
    return answer.value != NOT_ANSWERED


@register.filter
def own_share(amount: AmountView) -> int:
    """What the firm pays by share and cap alone, whole won."""
    return amount.total_cost_krw - amount.by_arithmetic_krw


@register.filter
def trace_value(step: TraceView) -> str:
    """The value of a step: won, or a share in percent."""
    if isinstance(step.value, Fraction):
        return f"{float(step.value) * 100:g}%"
    return words.won(step.value)


@register.filter
def indicator_name(key: str) -> str:
    """A performance indicator by its key; an unknown key stays as it is."""
    found = next((one for one in load_indicators() if one.key == key), None)
    return words.named(found.name) if found else key


@register.simple_tag
def status_word(kind: str, state: str) -> str:
    """The word of a state, without its badge."""
    return str(status_of(kind, state).label)
