"""The rule texts as read: checked against each other, hashed, and resolved for a day."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

import msgspec

from dure.policy.conditions import compile_condition
from dure.policy.schema import (
    Dated,
    DatedEntry,
    ParameterForm,
    ProgrammeForm,
    RuleForm,
    SourceForm,
    TierForm,
)
from dure.policy.versions import (
    Exemption,
    Outcome,
    ProgrammeVersion,
    Rule,
    Source,
    Term,
    Tier,
    Value,
    Verdict,
)

CUT_BELOW = "subsidy_cut_below"


@dataclass(frozen=True, slots=True)
class Library:
    """What programme versions refer to: shared values, compiled rules, sources."""

    parameters: Mapping[str, ParameterForm]
    rule_forms: Mapping[str, RuleForm]
    rules: Mapping[str, Rule]
    sources: Mapping[str, SourceForm]

    def source(self, entry: DatedEntry) -> Source:
        """The source of a value, with the mark and day of that value."""
        return source_of(self.sources, entry.source, entry.mark, entry.verified)


def source_of(sources: Mapping[str, SourceForm], key: str, mark: str, verified: date) -> Source:
    """A source as one value cites it.

    Raises:
        KeyError: not in the list of sources.
    """
    form = sources[key]
    return Source(form.id, form.title.name, form.url, mark, verified)


def make_library(
    parameters: Iterable[ParameterForm], rules: Iterable[RuleForm], sources: Iterable[SourceForm]
) -> Library:
    """Compile the rules; raises ValueError or KeyError naming what is wrong."""
    by_id = {form.id: form for form in sources}
    forms = {form.rule: form for form in rules}
    return Library(
        MappingProxyType({form.parameter: form for form in parameters}),
        MappingProxyType(forms),
        MappingProxyType({key: _rule(form, by_id) for key, form in forms.items()}),
        MappingProxyType(by_id),
    )


def _rule(form: RuleForm, sources: Mapping[str, SourceForm]) -> Rule:
    source = source_of(sources, form.source, form.mark, form.verified)
    return Rule(
        id=form.rule,
        applies_if=compile_condition(form.applies_if) if form.applies_if else None,
        requires=compile_condition(form.requires),
        met=Outcome(Verdict.POSSIBLE, form.met.name, source),
        refused=Outcome(Verdict(form.refused.verdict), form.refused.name, source),
        unknown=Outcome(Verdict.CHECK, form.unknown.name, source),
        exemptions=tuple(
            Exemption(
                compile_condition(e.when),
                Outcome(
                    Verdict(e.verdict),
                    e.name,
                    source_of(sources, e.source, e.mark, form.verified),
                ),
            )
            for e in form.exceptions
        ),
        decided_by=form.decided_by.name,
    )


def content_hash(form: ProgrammeForm, library: Library) -> str:
    """SHA-256 over the version and everything it refers to, in canonical form."""
    names = {*form.eligibility, *(rule for tier in form.tiers for rule in tier.eligibility)}
    parts = [
        form,
        [library.rule_forms[name] for name in sorted(names)],
        [library.parameters[name] for name in sorted({*form.terms, CUT_BELOW})],
    ]
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def resolve(form: ProgrammeForm, library: Library, as_of: date) -> ProgrammeVersion:
    """The version as it stands on a day within its dates."""
    tiers = tuple(_tier(form, tier, library, as_of) for tier in form.tiers if _holds(tier, as_of))
    cut_below = parameter_on(library, CUT_BELOW, as_of)
    terms = {
        key: Term(key, library.parameters[key].name.name, parameter_on(library, key, as_of))
        for key in form.terms
    }
    return ProgrammeVersion(
        key=form.programme,
        version=form.version,
        version_from=form.start,
        version_to=form.end,
        as_of=as_of,
        name=form.name.name,
        summary=form.summary.name,
        tiers=tiers,
        cut_below=cut_below,
        terms=MappingProxyType(terms),
        sources=_distinct_sources(tiers, [cut_below, *(term.value for term in terms.values())]),
        hash=content_hash(form, library),
    )


def parameter_on(library: Library, key: str, as_of: date) -> Value:
    """A shared value on a day; raises ValueError where it has none."""
    form = library.parameters[key]
    return _value(key, Dated(form.unit, form.values), library, as_of)


def _tier(form: ProgrammeForm, tier: TierForm, library: Library, as_of: date) -> Tier:
    base = f"{form.programme}/{form.version}"
    cap = _value(f"{base}/{tier.tier}/cap", tier.cap, library, as_of)
    share = (
        _value(f"{base}/{tier.tier}/share", tier.share, library, as_of)
        if tier.share
        else _value(f"{base}/share", form.share, library, as_of)
    )
    months = (
        _value(f"{base}/{tier.tier}/max_months", tier.max_months, library, as_of)
        if tier.max_months
        else None
    )
    return Tier(
        key=tier.tier,
        name=tier.name.name,
        cap_krw=_whole(cap),
        share=Fraction(share.value or 0),
        target_levels=tuple(tier.target_levels),
        max_months=_whole(months) if months and months.value is not None else None,
        wants=tuple(tier.wants),
        rules=tuple(library.rules[key] for key in (*form.eligibility, *tier.eligibility)),
        cap=cap,
        share_value=share,
        months=months,
        note=tier.note,
    )


def _whole(value: Value) -> int:
    if not isinstance(value.value, int):
        raise TypeError(f"{value.id}: 정수가 필요합니다")
    return value.value


def _holds(tier: TierForm, day: date) -> bool:
    return (tier.start is None or tier.start <= day) and (tier.end is None or day <= tier.end)


def _value(key: str, dated: Dated, library: Library, as_of: date) -> Value:
    entry = entry_on(dated.values, as_of)
    if entry is None:
        raise ValueError(f"{key}: {as_of}에 해당하는 값이 없습니다")
    value = Fraction(entry.value) if isinstance(entry.value, str) else entry.value
    return Value(key, value, dated.unit, library.source(entry), entry.start, entry.note)


def entry_on(entries: Iterable[DatedEntry], day: date) -> DatedEntry | None:
    """The entry in force on a day."""
    held = [e for e in entries if e.start <= day and (e.end is None or day <= e.end)]
    return held[-1] if held else None


def _distinct_sources(tiers: Iterable[Tier], values: Iterable[Value]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for value in values:
        found.setdefault(value.source.id, value.source)
    for tier in tiers:
        for source in (
            tier.cap.source,
            tier.share_value.source,
            *(rule.met.source for rule in tier.rules),
        ):
            found.setdefault(source.id, source)
    return tuple(found[key] for key in sorted(found))
