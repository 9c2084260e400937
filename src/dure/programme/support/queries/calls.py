"""Calls as people see them."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from dure.kernel.names import Name
from dure.policy.reader import load_policy
from dure.policy.versions import ProgrammeVersion, Tier
from dure.programme.support.models import Call

_ORDER = {"open": 0, "upcoming": 1, "closed": 2}


@dataclass(frozen=True, slots=True)
class TierView:
    """One tier of a call: most the state pays in won, and its share of the cost."""

    key: str
    name: Name
    cap_krw: int
    share: Fraction
    target_levels: tuple[str, ...]
    max_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """A call; instants are UTC, and both ends of the period belong to it.

    `state` is upcoming, open or closed; the rules are those of `policy_as_of`.
    """

    id: int
    title: Name
    programme: str
    programme_name: Name
    summary: Name
    tiers: tuple[TierView, ...]
    policy_as_of: date
    opens_at: datetime
    closes_at: datetime
    state: str
    is_example: bool


def list_calls(now: datetime) -> tuple[CallView, ...]:
    """Every call: open ones first, by closing; then upcoming by opening; closed newest first."""
    views = [call_view(call, now) for call in Call.objects.all()]
    return tuple(sorted(views, key=_place))


def get_call(call_id: int, now: datetime) -> CallView:
    """One call; raises `Call.DoesNotExist`."""
    return call_view(Call.objects.get(pk=call_id), now)


def call_view(call: Call, now: datetime) -> CallView:
    """The plain data of a row at hand."""
    programme = load_policy().programme(call.programme, call.policy_as_of)
    return CallView(
        id=call.pk,
        title=title_of(call),
        programme=call.programme,
        programme_name=programme.name,
        summary=programme.summary,
        tiers=tuple(_tier_view(tier) for tier in _offered(call, programme)),
        policy_as_of=call.policy_as_of,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        state=state_of(call, now),
        is_example=call.is_example,
    )


def state_of(call: Call, now: datetime) -> str:
    """Whether the call takes applications at `now`: the closing instant itself still counts."""
    if now < call.opens_at:
        return "upcoming"
    return "open" if now <= call.closes_at else "closed"


def title_of(call: Call) -> Name:
    """The call's title in both languages."""
    return Name(call.title_ko, call.title_en)


def _offered(call: Call, programme: ProgrammeVersion) -> tuple[Tier, ...]:
    return tuple(tier for tier in programme.tiers if tier.key in call.tiers)


def _tier_view(tier: Tier) -> TierView:
    return TierView(
        key=tier.key,
        name=tier.name,
        cap_krw=tier.cap_krw,
        share=tier.share,
        target_levels=tier.target_levels,
        max_months=tier.max_months,
    )


def _place(view: CallView) -> tuple[int, float, int]:
    nearest = {
        "open": view.closes_at.timestamp(),
        "upcoming": view.opens_at.timestamp(),
        "closed": -view.closes_at.timestamp(),
    }
    return _ORDER[view.state], nearest[view.state], view.id
