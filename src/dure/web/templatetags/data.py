"""`{% load data %}`: how measured values, lengths of time and roles of columns read."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.engines.lake.series import ColumnRole
from dure.kernel.durations import duration_text
from dure.kernel.quantities import figure_text, number_text, quantity_text
from dure.kernel.text import Text
from dure.web import words

register = template.Library()

ROLE_NAMES: dict[str, str | Promise] = {
    ColumnRole.TIME: _("시각"),
    ColumnRole.READING: _("측정값"),
    ColumnRole.COUNT: _("수량"),
    ColumnRole.LABEL: _("상태·구분"),
    ColumnRole.LOT: _("로트·번호"),
    ColumnRole.TAG_NAME: _("항목 이름"),
    ColumnRole.VALUE: _("값"),
    ColumnRole.IGNORE: _("쓰지 않음"),
}


@register.filter
def number(value: float | None) -> str:
    """182.5."""
    return words.missing() if value is None else number_text(float(value))


@register.filter
def figure(value: float | None) -> str:
    """96.2."""
    return words.missing() if value is None else figure_text(float(value))


@register.filter
def unit_word(unit: str) -> str:
    """초 · s."""
    return words.said(Text(unit))


@register.filter
def quantity(value: float | None, unit: str) -> str:
    """182.5°C."""
    return words.missing() if value is None else quantity_text(float(value), unit)


@register.filter
def duration(seconds: float | None) -> str:
    """3분 40초."""
    return words.missing() if seconds is None else words.said(duration_text(float(seconds)))


@register.filter
def role_name(role: str) -> str:
    """측정값."""
    return str(ROLE_NAMES[role])
