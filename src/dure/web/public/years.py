"""How a programme changed from year to year, as a table of what was said and what is new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dure.kernel.instants import Period
from dure.policy.coverage import unchanged_periods
from dure.policy.reader import PolicySet
from dure.policy.versions import ProgrammeVersion, Tier
from dure.web.words import named, quantity


@dataclass(frozen=True, slots=True)
class YearCell:
    """What one thing was in one stretch of days; no `lines` where it did not exist.

    `confirmed`: every value in it is stated by its source.
    """

    lines: tuple[str, ...]
    changed: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class YearRow:
    """One thing of the programme through all its stretches of days."""

    name: str
    cells: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which nothing in the programme changes; `current` is the one on the page."""

    period: Period
    label: str
    current: bool

    @property
    def as_of(self) -> date:
        """A day of the stretch: its last, or its first where it has no end."""
        return self.period.end or self.period.start


Said = tuple[tuple[str, ...], bool]


def stretches(policy: PolicySet, shown: ProgrammeVersion) -> tuple[Stretch, ...]:
    """The stretches of a programme, oldest first, each named by its year (and days, if cut)."""
    periods = unchanged_periods(policy, shown.key)
    years = [period.start.year for period in periods]
    return tuple(
        Stretch(p, _label(p, years.count(p.start.year) > 1), p.contains(shown.as_of))
        for p in periods
    )


def year_rows(policy: PolicySet, key: str, periods: Iterable[Period]) -> tuple[YearRow, ...]:
    """Name, tiers and shared values of a programme through the given stretches of days."""
    versions = [policy.programme(key, period.start) for period in periods]
    columns = [dict([*_own(version), *_shared(version)]) for version in versions]
    parts = [name for part in (_own, _shared) for v in versions for name, _said in part(v)]
    names = list(dict.fromkeys(parts))
    return tuple(
        YearRow(name, tuple(_cells([column.get(name, ((), True)) for column in columns])))
        for name in names
    )


def _label(period: Period, cut: bool) -> str:
    year = _("{year}년").format(year=period.start.year)
    if not cut:
        return year
    if period.start.month == 1 and period.start.day == 1 and period.end:
        return _("{year} {month}월 {day}일까지").format(
            year=year, month=period.end.month, day=period.end.day
        )
    return _("{year} {month}월 {day}일부터").format(
        year=year, month=period.start.month, day=period.start.day
    )


def _own(programme: ProgrammeVersion) -> Iterator[tuple[str, Said]]:
    yield _("사업 이름"), ((named(programme.name),), True)
    for tier in programme.tiers:
        yield named(tier.name), (_tier_lines(tier), _is_confirmed(tier))


def _shared(programme: ProgrammeVersion) -> Iterator[tuple[str, Said]]:
    for term in programme.terms.values():
        value = term.value
        yield named(term.name), ((quantity(value.value, value.unit),), value.source.confirmed)


def _tier_lines(tier: Tier) -> tuple[str, ...]:
    cap = _("최대 {cap}").format(cap=quantity(tier.cap.value, tier.cap.unit))
    share = _("비율 {share}").format(share=quantity(tier.share, "share"))
    if tier.months is None:
        return cap, share, _("기간 확인되지 않음")
    return cap, share, _("{months} 안").format(months=quantity(tier.months.value, "months"))


def _is_confirmed(tier: Tier) -> bool:
    return all(value.source.confirmed for value in (tier.cap, tier.share_value))


def _cells(said: list[Said]) -> Iterator[YearCell]:
    for before, (lines, confirmed) in zip([None, *said], said, strict=False):
        yield YearCell(lines, before is not None and before[0] != lines, confirmed)
