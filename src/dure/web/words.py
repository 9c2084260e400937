"""How amounts, dates and sentences read in the reader's language (Korean or English)."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext

from dure.kernel.text import Text
from dure.kernel.won import english_won, format_won, short_won

_WEEKDAYS = "월화수목금토일"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_korean() -> bool:
    """Whether the page is read in Korean; every other language gets English forms."""
    return (get_language() or "ko").startswith("ko")


def missing() -> str:
    """What stands where there is no value: words, never a dash or a zero."""
    return gettext("자료 없음")


def won(amount: int | None) -> str:
    """160,000,000원 · KRW 160,000,000."""
    if amount is None:
        return missing()
    return format_won(amount) if in_korean() else f"KRW {amount:,}"


def won_short(amount: int | None) -> str:
    """1억 6,000만원 · KRW 160 million."""
    if amount is None:
        return missing()
    return short_won(amount) if in_korean() else english_won(amount)


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None) -> str:
    """2026.11.23.(월) · 23 Nov 2026, as the day is in Seoul."""
    if value is None:
        return missing()
    local = _local_day(value)
    if in_korean():
        return f"{local:%Y.%m.%d.}({_WEEKDAYS[local.weekday()]})"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment(value: datetime | None) -> str:
    """2026.11.26.(목) 18:00 · 26 Nov 2026, 18:00 KST."""
    if value is None:
        return missing()
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = f"{local:%H:%M}"
    return f"{day(value)} {clock}" if in_korean() else f"{day(value)}, {clock} KST"


def days_left(value: date | datetime | None, today: date | None = None) -> str:
    """3일 남음 · 오늘까지 · 2일 지남, counted in Seoul's calendar days."""
    if value is None:
        return missing()
    left = (_local_day(value) - (today or timezone.localdate())).days
    if left == 0:
        return gettext("오늘까지")
    if left > 0:
        return ngettext("{n}일 남음", "{n}일 남음", left).format(n=left)
    return ngettext("{n}일 지남", "{n}일 지남", -left).format(n=-left)


def quantity(value: int | Fraction | None, unit: str) -> str:
    """A policy value with its unit, as in `policy.versions.Value`: 2억원 · 50% · 9개월."""
    if value is None:
        return missing()
    if unit == "KRW":
        return won_short(int(value))
    if unit == "share":
        return f"{float(value) * 100:g}%"
    n = int(value)
    return _COUNTED[unit](n).format(n=f"{n:,}")


_COUNTED: dict[str, Callable[[int], str]] = {
    "months": lambda n: ngettext("{n}개월", "{n}개월", n),
    "years": lambda n: ngettext("{n}년", "{n}년", n),
    "days": lambda n: ngettext("{n}일", "{n}일", n),
    "persons": lambda n: ngettext("{n}명", "{n}명", n),
}


def said(value: Any) -> str:  # noqa: ANN401 - templates pass what they hold
    """A `Text` in the reader's language; plain and lazy strings pass through."""
    if isinstance(value, Text):
        return value.render(_translated, get_language() or "ko")
    if value is None:
        return ""
    return str(value) if isinstance(value, (str, Promise)) else str(named(value))


def _translated(source: str) -> str:
    # gettext of an empty source returns the catalogue's header.
    return gettext(source) if source else ""


def named(value: Any) -> str:  # noqa: ANN401 - any record with `ko` and `en`
    """The name of a policy record (`ko`, `en`) in the reader's language."""
    if value is None:
        return missing()
    if hasattr(value, "ko"):
        return str(value.ko if in_korean() or not value.en else value.en)
    return str(value)
