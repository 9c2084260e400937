"""What the shape of the files cannot say: names that must exist, dates that must not overlap."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from dure.policy.documents import CUT_BELOW, Library, resolve
from dure.policy.facts import kind_of
from dure.policy.schema import Dated, ProgrammeForm, TierForm

MARKS = frozenset("LGNPBIUD")
_WHOLE_UNITS = frozenset({"KRW", "months", "years", "days", "business_days", "persons"})


class PolicyCheckError(ValueError):
    """Files of the right shape that contradict themselves or each other."""


def check_version(form: ProgrammeForm, library: Library) -> None:
    """Refuse a version that could not be resolved on some day of its period.

    Raises:
        PolicyCheckError: naming the part.
    """
    _refuse(form.end is not None and form.end < form.start, "끝나는 날이 시작하는 날보다 빠릅니다")
    _known(form.terms, library.parameters, "공용 값")
    _known([CUT_BELOW], library.parameters, "공용 값")
    _unique([tier.tier for tier in form.tiers], "지원유형")
    check_dated(form.share, library)
    for tier in form.tiers:
        _check_tier(form, tier, library)
    for day in _turning_days(form):
        _check_day(form, library, day)


def check_dated(dated: Dated, library: Library) -> None:
    """Refuse values out of order, of the wrong kind, or without a known source and mark."""
    for before, after in pairwise(dated.values):
        closed = before.end or after.start - timedelta(days=1)
        _refuse(
            before.start >= after.start or closed >= after.start,
            f"{after.start}: 값의 적용일이 순서대로가 아니거나 겹칩니다",
        )
    for entry in dated.values:
        _known([entry.source], library.sources, "출처")
        _refuse(entry.mark not in MARKS, f"출처 구분을 알 수 없습니다: {entry.mark}")
        if entry.value is not None:
            _check_value(dated.unit, entry.value)


def check_overlaps(forms: Iterable[ProgrammeForm]) -> None:
    """Refuse two versions of one programme on one day."""
    last: dict[str, ProgrammeForm] = {}
    for form in sorted(forms, key=lambda f: (f.programme, f.start)):
        before = last.get(form.programme)
        _refuse(
            before is not None and (before.end is None or before.end >= form.start),
            f"{form.programme}/{form.version}: 앞 판과 시행 기간이 겹칩니다",
        )
        last[form.programme] = form


def _check_tier(form: ProgrammeForm, tier: TierForm, library: Library) -> None:
    _known([*form.eligibility, *tier.eligibility], library.rules, "자격 규칙")
    for key, values in (("target_level", tier.target_levels), ("wants", tier.wants)):
        choices = {choice.key for choice in kind_of(key).choices}
        _known(values, choices, key)
    for dated in (tier.cap, tier.share, tier.max_months):
        if dated is not None:
            check_dated(dated, library)


def _check_value(unit: str, value: int | str) -> None:
    if unit == "share":
        _refuse(not isinstance(value, str), f"비율은 '1/2'처럼 적습니다: {value}")
        _refuse(not 0 < Fraction(value) <= 1, f"비율은 0보다 크고 1 이하입니다: {value}")
        return
    _refuse(unit not in _WHOLE_UNITS, f"알 수 없는 단위입니다: {unit}")
    _refuse(not isinstance(value, int) or value < 0, f"0 이상의 정수가 필요합니다: {value}")


def _turning_days(form: ProgrammeForm) -> Iterator[date]:
    """The days on which something of the version may change; between them nothing does."""
    yield form.start
    entries = [*form.share.values]
    for tier in form.tiers:
        for dated in (tier.cap, tier.share, tier.max_months):
            entries += dated.values if dated else []
        if tier.start:
            yield tier.start
    for entry in entries:
        yield from (day for day in (entry.start, entry.end) if day and day > form.start)
    if form.end:
        yield form.end


def _check_day(form: ProgrammeForm, library: Library, day: date) -> None:
    try:
        resolve(form, library, day)
    except (TypeError, ValueError) as error:
        raise PolicyCheckError(f"{day}: {error}") from error


def _known(names: Iterable[str], known: Iterable[str], what: str) -> None:
    missing = sorted(set(names) - set(known))
    _refuse(bool(missing), f"{what}에 없습니다: {', '.join(missing)}")


def _unique(names: list[str], what: str) -> None:
    _refuse(len(set(names)) != len(names), f"두 번 나오는 {what}: {', '.join(names)}")


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise PolicyCheckError(why)
