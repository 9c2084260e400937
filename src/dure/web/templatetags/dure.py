"""`{% load dure %}`: the filters and tags that pages use."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Select, Textarea
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dure.foundation.organisations.roles import is_granted
from dure.web import words
from dure.web.status import status_of

register = template.Library()

_UNSTYLED = {"checkbox", "radio", "file", "hidden"}


@register.filter
def won(amount: int | None) -> str:
    """160,000,000원."""
    return words.won(amount)


@register.filter
def won_short(amount: int | None) -> str:
    """1억 6,000만원."""
    return words.won_short(amount)


@register.filter
def kdate(value: date | datetime | None) -> SafeString:
    """`<time>` with 2026.11.23.(월)."""
    return _time(value, words.day(value))


@register.filter
def kdatetime(value: datetime | None) -> SafeString:
    """`<time>` with 2026.11.26.(목) 18:00."""
    return _time(value, words.moment(value))


def _time(value: date | datetime | None, shown: str) -> SafeString:
    if value is None:
        return format_html("{}", shown)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.filter
def dday(value: date | datetime | None) -> str:
    """3일 남음."""
    return words.days_left(value)


@register.filter
def say(value: Any) -> str:  # noqa: ANN401 - templates pass what they hold
    """A kernel `Text` in the reader's language."""
    return words.said(value)


@register.filter
def named(value: Any) -> str:  # noqa: ANN401 - any record with `ko` and `en`
    """A record's name in the reader's language."""
    return words.named(value)


@register.filter
def percent(value: float | None) -> str:
    """A share between 0 and 1 with one decimal: 27.4%."""
    return words.missing() if value is None else f"{float(value) * 100:.1f}%"


@register.filter
def share(value: float | None) -> str:
    """A share between 0 and 1 as a rule states it: 50%, 37.5%."""
    return words.missing() if value is None else f"{float(value) * 100:g}%"


@register.filter
def grouped(value: int | None) -> str:
    """30,144."""
    return words.missing() if value is None else f"{value:,}"


@register.filter
def quantity(value: int | Fraction | None, unit: str) -> str:
    """A policy value with its unit: `{{ value|quantity:unit }}` gives 2억원, 50% or 9개월."""
    return words.quantity(value, unit)


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:  # noqa: ANN401 - a template lookup
    """`mapping[key]`, or None."""
    return mapping.get(key)


@register.inclusion_tag("parts/badge.html")
def status_badge(kind: str, state: str) -> dict[str, Any]:
    """The badge of a state; `kind` is a vocabulary of `dure.web.status`."""
    status = status_of(kind, state)
    return {"tone": status.tone, "label": status.label, "icon": status.icon}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A KRDS icon, decoration only: `{% icon "ico-sch" %}`."""
    return format_html('<i class="svg-icon {}" aria-hidden="true"></i>', name)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget with the class its kind needs; the widget's own classes stay."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    own = str(widget.attrs.get("class", ""))
    if kind in _UNSTYLED:
        classes = own
    elif isinstance(widget, Select):
        classes = f"krds-form-select large {own}".strip()
    else:
        classes = f"krds-input large {own}".strip()
    attrs: dict[str, Any] = {"class": classes} if classes else {}
    if isinstance(widget, Textarea):
        attrs.setdefault("rows", widget.attrs.get("rows", 5))
    return field.as_widget(attrs=attrs)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the field is one tick box, whose label follows it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def error_count(form: BaseForm) -> int:
    """How many messages the form shows."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def error_target(field: BoundField) -> str:
    """The id that an error link leads to: the control, or the block of a group of choices."""
    return f"{field.auto_id}_group" if field.use_fieldset else (field.id_for_label or field.auto_id)


@register.filter
def at(sequence: Sequence[Any], position: int) -> Any:  # noqa: ANN401 - a template lookup
    """`sequence[position]`."""
    return sequence[position]


@register.simple_tag(takes_context=True)
def may(context: template.RequestContext, permission: str) -> bool:
    """Whether the reader holds a permission in the role they act in."""
    actor = getattr(context.get("request"), "actor", None)
    return actor is not None and is_granted(actor.role, permission)


@register.simple_tag(takes_context=True)
def address_with(context: template.RequestContext, **changes: Any) -> str:  # noqa: ANN401 - any query value
    """This page's address with query values changed; None or '' removes one."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else request.path


@register.inclusion_tag("parts/bar.html")
def bar(
    value: float, maximum: float, *, mark: float | None = None, tone: str = ""
) -> dict[str, Any]:
    """A bar as SVG (no inline style), of `value` out of `maximum`, with an optional mark."""
    width = _part(value, maximum)
    return {
        "width": width,
        "mark": None if mark is None else min(_part(mark, maximum), 99.4),
        "tone": tone,
    }


def _part(value: float, maximum: float) -> float:
    return round(max(0.0, min(1.0, float(value) / float(maximum))) * 100, 2) if maximum else 0.0
