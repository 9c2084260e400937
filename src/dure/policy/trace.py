"""How an amount came about, step by step, for the person who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dure.kernel.names import Name
from dure.kernel.won import cut_below, share_of
from dure.policy.versions import ProgrammeVersion, Source, Tier

_COST = Name("총사업비(부가세 제외)", "Total cost (without VAT)")
_SHARE = Name("정부지원 비율", "Government share")
_SHARED = Name("총사업비 × 정부지원 비율", "Total cost × government share")
_CUT = Name("{unit}원 미만 절사", "Cut below KRW {unit}")
_CAP = Name("지원한도", "Cap")
_GOVERNMENT = Name("정부지원금", "Government money")
_COMPANY = Name("기업부담금", "Company share")


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step. `rule` names the value or rule; `source` None where the step only computes."""

    rule: str
    text: Name
    value: int | Fraction
    unit: str
    source: Source | None


def amount_trace(
    programme: ProgrammeVersion,
    tier: Tier,
    total_cost_krw: int,
    government_krw: int,
    *,
    refusals: Sequence[tuple[str, Name, Source]] = (),
) -> tuple[TraceStep, ...]:
    """The steps of an amount; `refusals` are (rule, text, source) that took it to nothing."""
    base = f"{programme.key}/{programme.version}/{tier.key}"
    cut_unit = int(programme.cut_below.value or 1)
    shared = share_of(total_cost_krw, tier.share)
    unit_words = Name(f"{cut_unit:,}", f"{cut_unit:,}")
    share = tier.share_value
    return (
        TraceStep(f"{base}/cost", _COST, total_cost_krw, "KRW", None),
        TraceStep(share.id, _SHARE, tier.share, "share", share.source),
        TraceStep(f"{base}/shared", _SHARED, shared, "KRW", None),
        TraceStep(
            programme.cut_below.id,
            _CUT.filled(unit=unit_words),
            cut_below(shared, cut_unit),
            "KRW",
            programme.cut_below.source,
        ),
        TraceStep(tier.cap.id, _CAP, tier.cap_krw, "KRW", tier.cap.source),
        *(TraceStep(rule, text, 0, "KRW", source) for rule, text, source in refusals),
        TraceStep(f"{base}/government", _GOVERNMENT, government_krw, "KRW", None),
        TraceStep(f"{base}/company", _COMPANY, total_cost_krw - government_krw, "KRW", None),
    )
