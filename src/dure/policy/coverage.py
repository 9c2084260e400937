"""Which days the rule texts cover, and between which days something in a programme changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dure.kernel.instants import Period
from dure.kernel.text import Text
from dure.policy.errors import UnknownRuleError
from dure.policy.reader import PolicySet
from dure.policy.schema import Dated, ProgrammeForm

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RulesDay:
    """The day whose rules are used for a question asked on `asked`.

    The two differ where no programme is in force on `asked`: `as_of` is then the newest earlier
    day that has rules. A page that uses it says so.
    """

    asked: date
    as_of: date

    @property
    def in_force(self) -> bool:
        """Whether the rules are those of the day asked for."""
        return self.asked == self.as_of


def rules_day(policy: PolicySet, asked: date) -> RulesDay:
    """The day itself where a programme is in force on it, else the newest day known before it.

    Raises:
        UnknownRuleError: no programme is known on or before that day.
    """
    if policy.programmes(asked):
        return RulesDay(asked, asked)
    earlier = [form.end for form in policy.forms if form.end is not None and form.end < asked]
    if not earlier:
        raise not_covered(policy, asked)
    return RulesDay(asked, max(earlier))


def strict_rules_day(policy: PolicySet, asked: date) -> RulesDay:
    """The day itself, for a day that a person chose.

    Raises:
        UnknownRuleError: no programme is in force on it; the remedy names the days known.
    """
    if not policy.programmes(asked):
        raise not_covered(policy, asked)
    return RulesDay(asked, asked)


def known_days(policy: PolicySet) -> Period:
    """First and last day of all rule texts; `end` None where one is open.

    Raises:
        ValueError: a set without any programme.
    """
    ends = [form.end for form in policy.forms]
    closed = [end for end in ends if end is not None]
    last = max(closed) if len(closed) == len(ends) else None
    return Period(min(form.start for form in policy.forms), last)


def programme_keys(policy: PolicySet) -> tuple[str, ...]:
    """Every programme that has a rule text, in the order of the set."""
    return tuple(dict.fromkeys(form.programme for form in policy.forms))


def unchanged_periods(policy: PolicySet, key: str) -> tuple[Period, ...]:
    """The stretches of days on which nothing in a programme changes, in order of time.

    Days between two versions, on which the programme is not in force, are in none of them.
    """
    found: list[Period] = []
    for form in policy.forms:
        if form.programme == key:
            found.extend(_within(policy, form))
    return tuple(found)


def not_covered(policy: PolicySet, asked: date) -> UnknownRuleError:
    """No rule text holds on that day."""
    known = known_days(policy)
    return UnknownRuleError(
        Text("{day}: 이 날에 시행된 사업 규칙을 두레는 알지 못합니다.", {"day": asked}),
        Text(
            "{first}부터 {last}까지의 날짜를 골라 주세요.",
            {"first": known.start, "last": known.end or asked},
        ),
    )


def _within(policy: PolicySet, form: ProgrammeForm) -> Iterator[Period]:
    last = form.end or date.max
    starts = sorted({form.start, *(day for day in _changes(policy, form) if _inside(form, day))})
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = last if following is None else following - _DAY
        yield Period(start, None if end == date.max else end)


def _inside(form: ProgrammeForm, day: date) -> bool:
    return form.start <= day and (form.end is None or day <= form.end)


def _changes(policy: PolicySet, form: ProgrammeForm) -> Iterator[date]:
    yield from _starts(form.share)
    for key in form.terms:
        parameter = policy.library.parameters[key]
        yield from _starts(Dated(parameter.unit, parameter.values))
    for tier in form.tiers:
        yield from _days([tier.start], [tier.end])
        for dated in (tier.cap, tier.max_months, tier.share):
            yield from _starts(dated)


def _starts(dated: Dated | None) -> Iterator[date]:
    if dated is not None:
        yield from _days([e.start for e in dated.values], [e.end for e in dated.values])


def _days(starts: Iterable[date | None], ends: Iterable[date | None]) -> Iterator[date]:
    yield from (day for day in starts if day is not None)
    yield from (day + _DAY for day in ends if day is not None)
