"""Calls as public pages show them: what may be applied for now, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dure.programme.support.queries import CallView, list_calls
from dure.web.public.matches import programme_url
from dure.web.words import day, days_left

NEAR_DAYS = 3
SHOWN_AT_HOME = 4


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call with its most money in won, its deadline in words and how pressing that is."""

    call: CallView
    max_krw: int
    when: str
    tone: str
    url: str

    @property
    def is_open(self) -> bool:
        """Whether applications are taken now."""
        return self.call.state == "open"

    @property
    def other_year(self) -> int | None:
        """The year of the rules, where it is not the year of the call."""
        year = self.call.policy_as_of.year
        return year if year != timezone.localtime(self.call.opens_at).year else None


def call_lines(now: datetime, *, programme: str = "") -> tuple[CallLine, ...]:
    """Calls in the order of their deadlines, open ones first; of one programme if named."""
    calls = [call for call in list_calls(now) if programme in ("", call.programme)]
    return tuple(_line(call, now) for call in calls)


def current_lines(now: datetime) -> tuple[CallLine, ...]:
    """The open and coming calls that the first page has room for."""
    lines = [line for line in call_lines(now) if line.call.state != "closed"]
    return tuple(lines[:SHOWN_AT_HOME])


def open_by_tier(now: datetime) -> dict[str, CallLine]:
    """The open call that closes first for each tier, by `programme-tier`."""
    found: dict[str, CallLine] = {}
    for line in call_lines(now):
        if line.is_open:
            for tier in line.call.tiers:
                found.setdefault(f"{line.call.programme}-{tier.key}", line)
    return found


def _line(call: CallView, now: datetime) -> CallLine:
    when, tone = _deadline(call, now)
    return CallLine(
        call=call,
        max_krw=max(tier.cap_krw for tier in call.tiers),
        when=when,
        tone=tone,
        url=f"{programme_url(call.programme, call.policy_as_of)}#calls",
    )


def _deadline(call: CallView, now: datetime) -> tuple[str, str]:
    today = timezone.localtime(now).date()
    if call.state == "upcoming":
        return _("{day} 시작").format(day=day(call.opens_at)), "neutral"
    if call.state == "closed":
        return _("마감"), "neutral"
    left = (timezone.localtime(call.closes_at).date() - today).days
    return days_left(call.closes_at, today), "danger" if left <= NEAR_DAYS else "primary"
