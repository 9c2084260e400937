"""`{% load documents %}`: how documents write days, amounts and sentences."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from dure.foundation import sentences
from dure.kernel import won
from dure.kernel.text import Text

register = template.Library()


@register.filter
def long_date(value: date | datetime) -> str:
    """2026년 11월 23일, as the day is in Seoul."""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{day.year}년 {day.month}월 {day.day}일"


@register.filter
def long_moment(value: datetime) -> str:
    """2026년 11월 23일 14시 05분, Seoul's clock."""
    return f"{long_date(value)} {timezone.localtime(value):%H시 %M분}"


@register.filter
def legal_won(amount: int) -> str:
    """금 160,000,000원(금일억육천만원)."""
    return won.legal_won(amount)


@register.filter
def say(value: Any) -> str:  # noqa: ANN401 - templates pass what they hold
    """A `Text` in Korean; other values as they are."""
    return sentences.say(value) if isinstance(value, Text) else str(value)
