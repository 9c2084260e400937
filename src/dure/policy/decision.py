"""Decisions on one firm: may it have the support, how much, and by which rule."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.columns import (
    VERDICT_CODES,
    VERDICT_OF_CODE,
    EligibilityColumns,
    amount_columns,
    eligibility_columns,
    get_tier,
    outcome_of,
)
from dure.policy.errors import PolicyError
from dure.policy.facts import FactColumns, Facts
from dure.policy.reader import PolicySet
from dure.policy.trace import TraceStep, amount_trace
from dure.policy.versions import VERDICT_NAMES, ProgrammeVersion, Source, Tier, Verdict

__all__ = [
    "VERDICT_NAMES",
    "Amount",
    "Eligibility",
    "Match",
    "Reason",
    "TraceStep",
    "Verdict",
    "amount",
    "eligibility",
    "find_support",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule said. `decided_by` is who settles it when it is not known."""

    rule: str
    verdict: Verdict
    text: Name
    decided_by: Name
    source: Source


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The verdict on one tier, with every rule that had a say, gravest first."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    policy_hash: str
    programme: ProgrammeVersion
    tier: Tier
    as_of: date

    def reasons_of(self, verdict: Verdict) -> tuple[Reason, ...]:
        """The reasons that point to one verdict."""
        return tuple(reason for reason in self.reasons if reason.verdict is verdict)


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole won; government + company = total cost.

    Attributes:
        share: most of the total cost that the state pays.
        trace: the steps that led to the amount, each with value and source.
        confirmed: every value used is stated by its source, none is inferred.
    """

    government_krw: int
    company_krw: int
    total_cost_krw: int
    cap_krw: int
    share: Fraction
    trace: tuple[TraceStep, ...]
    policy_hash: str
    programme: ProgrammeVersion
    tier: Tier
    as_of: date

    @property
    def confirmed(self) -> bool:
        """Whether no step rests on an inferred or unconfirmed value."""
        return all(step.source is None or step.source.confirmed for step in self.trace)


@dataclass(frozen=True, slots=True)
class Match:
    """One tier that the finder found.

    Attributes:
        wanted: serves what the firm said it wants; True when it said nothing.
        max_government_krw: the cap.
        cost_for_max_krw: the least total cost at which the cap is reached.
    """

    programme: ProgrammeVersion
    tier: Tier
    eligibility: Eligibility
    wanted: bool
    max_government_krw: int
    cost_for_max_krw: int


def eligibility(
    policy: PolicySet, programme_key: str, tier_key: str, facts: Facts, as_of: date
) -> Eligibility:
    """Whether the firm may have the tier, and why.

    A definite refusal wins over what is unknown; anything unknown makes the verdict CHECK.

    Raises:
        UnknownRuleError: no such programme or tier on that day.
        FactError: a fact outside its vocabulary.
    """
    found = eligibility_columns(policy, programme_key, tier_key, FactColumns.of([facts]), as_of)
    return _eligibility(found, as_of)


def amount(
    policy: PolicySet,
    programme_key: str,
    tier_key: str,
    total_cost_krw: int,
    as_of: date,
    *,
    facts: Facts | None = None,
) -> Amount:
    """Government and company money for a total cost without VAT.

    With `facts`, a firm that the rules refuse gets 0 won and the trace says why.

    Raises:
        UnknownRuleError: no such programme or tier on that day.
        PolicyError: a negative cost, or one too large to be exact.
        FactError: a fact outside its vocabulary.
    """
    programme, tier = get_tier(policy, programme_key, tier_key, as_of)
    judged = None
    if facts is not None:
        judged = eligibility_columns(
            policy, programme_key, tier_key, FactColumns.of([facts]), as_of
        )
    cost = np.array([_int64(total_cost_krw)], dtype=np.int64)
    columns = amount_columns(policy, programme_key, tier_key, cost, as_of, eligibility=judged)
    government = int(columns.government_krw[0])
    refusals = _eligibility(judged, as_of).reasons_of(Verdict.DIFFICULT) if judged else ()
    return Amount(
        government_krw=government,
        company_krw=int(columns.company_krw[0]),
        total_cost_krw=total_cost_krw,
        cap_krw=tier.cap_krw,
        share=tier.share,
        trace=amount_trace(
            programme,
            tier,
            total_cost_krw,
            government,
            refusals=[(reason.rule, reason.text, reason.source) for reason in refusals],
        ),
        policy_hash=programme.hash,
        programme=programme,
        tier=tier,
        as_of=as_of,
    )


def find_support(policy: PolicySet, facts: Facts, as_of: date) -> tuple[Match, ...]:
    """Every tier of every programme in force: possible first, then wanted, then most money.

    Raises:
        FactError: a fact outside its vocabulary.
    """
    matches = [
        _match(policy, programme, tier, facts)
        for programme in policy.programmes(as_of)
        for tier in programme.tiers
    ]
    return tuple(
        sorted(
            matches,
            key=lambda match: (
                VERDICT_CODES[match.eligibility.verdict],
                not match.wanted,
                -match.max_government_krw,
            ),
        )
    )


def _match(policy: PolicySet, programme: ProgrammeVersion, tier: Tier, facts: Facts) -> Match:
    return Match(
        programme=programme,
        tier=tier,
        eligibility=eligibility(policy, programme.key, tier.key, facts, programme.as_of),
        wanted=facts.wants is None or facts.wants in tier.wants,
        max_government_krw=tier.cap_krw,
        cost_for_max_krw=-(-tier.cap_krw * tier.share.denominator // tier.share.numerator),
    )


def _eligibility(found: EligibilityColumns, as_of: date) -> Eligibility:
    reasons = []
    for rule in found.tier.rules:
        outcome = outcome_of(rule, int(found.outcomes[rule.id][0]))
        if outcome is not None:
            reasons.append(
                Reason(rule.id, outcome.verdict, outcome.text, rule.decided_by, outcome.source)
            )
    # The sort is stable, so reasons of one verdict keep the order of the rules.
    reasons.sort(key=lambda reason: -VERDICT_CODES[reason.verdict])
    return Eligibility(
        verdict=VERDICT_OF_CODE[int(found.verdict[0])],
        reasons=tuple(reasons),
        policy_hash=found.programme.hash,
        programme=found.programme,
        tier=found.tier,
        as_of=as_of,
    )


def _int64(cost: int) -> int:
    if not 0 <= cost <= np.iinfo(np.int64).max:
        raise PolicyError(
            Text("총사업비를 계산할 수 없습니다."),
            Text("0원 이상의 금액을 원 단위 정수로 입력해 주세요."),
        )
    return cost
