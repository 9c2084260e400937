"""Eligibility and amounts of a whole population at once, as numpy columns.

The decision on one firm (`dure.policy.decision`) runs through the same functions with one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dure.kernel.text import Text
from dure.policy.conditions import FALSE, TRUE, UNKNOWN, Ground, Truth
from dure.policy.errors import PolicyError, no_tier
from dure.policy.facts import FactColumns
from dure.policy.reader import PolicySet
from dure.policy.versions import Outcome, ProgrammeVersion, Rule, Tier, Verdict

Won = npt.NDArray[np.int64]

# Column codes of verdicts, ordered so that the gravest of several is the largest.
VERDICT_CODES: Mapping[Verdict, int] = {
    Verdict.POSSIBLE: 0,
    Verdict.CHECK: 1,
    Verdict.DIFFICULT: 2,
}
VERDICT_OF_CODE: tuple[Verdict, ...] = tuple(VERDICT_CODES)

# What a rule said of a row; exemption number i is EXEMPTED + i.
# The order makes outcome = MET + TRUE - truth, and outcome - MET the verdict of a plain rule.
NOT_APPLICABLE, MET, NOT_KNOWN, REFUSED, EXEMPTED = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class EligibilityColumns:
    """Verdicts of one tier for a population.

    Attributes:
        verdict: int8 codes of VERDICT_CODES, shape (rows,).
        outcomes: what each rule said, by rule id; int8, shape (rows,).
    """

    verdict: npt.NDArray[np.int8]
    outcomes: Mapping[str, npt.NDArray[np.int8]]
    programme: ProgrammeVersion
    tier: Tier

    def count(self, verdict: Verdict) -> int:
        """Rows with this verdict."""
        return int(np.count_nonzero(self.verdict == VERDICT_CODES[verdict]))


@dataclass(frozen=True, slots=True)
class AmountColumns:
    """Whole won per row, int64, shape (rows,); government + company = total cost."""

    government_krw: Won
    company_krw: Won
    programme: ProgrammeVersion
    tier: Tier


def get_tier(
    policy: PolicySet, programme_key: str, tier_key: str, as_of: date
) -> tuple[ProgrammeVersion, Tier]:
    """A tier in force on a day, with its programme.

    Raises:
        UnknownRuleError: no such programme or tier on that day.
    """
    programme = policy.programme(programme_key, as_of)
    tier = programme.find_tier(tier_key)
    if tier is None:
        raise no_tier(programme_key, tier_key, as_of)
    return programme, tier


def eligibility_columns(
    policy: PolicySet, programme_key: str, tier_key: str, facts: FactColumns, as_of: date
) -> EligibilityColumns:
    """Which rows may have the tier: a refusal outweighs what is unknown, that outweighs a yes.

    Raises:
        UnknownRuleError: no such programme or tier on that day.
    """
    programme, tier = get_tier(policy, programme_key, tier_key, as_of)
    ground = Ground(facts, tier.target_levels)
    verdict = np.zeros(facts.size, dtype=np.int8)
    outcomes: dict[str, npt.NDArray[np.int8]] = {}
    for rule in tier.rules:
        outcome = _outcome(rule, ground)
        outcomes[rule.id] = outcome
        np.maximum(verdict, _verdicts(rule, outcome), out=verdict)
    return EligibilityColumns(verdict, outcomes, programme, tier)


def outcome_of(rule: Rule, code: int) -> Outcome | None:
    """What an outcome code of this rule stands for; None where the rule does not apply."""
    known = {NOT_APPLICABLE: None, MET: rule.met, REFUSED: rule.refused, NOT_KNOWN: rule.unknown}
    return known[code] if code < EXEMPTED else rule.exemptions[code - EXEMPTED].outcome


def amount_columns(
    policy: PolicySet,
    programme_key: str,
    tier_key: str,
    total_cost_krw: Won,
    as_of: date,
    *,
    eligibility: EligibilityColumns | None = None,
) -> AmountColumns:
    """Government and company money per row; rows that `eligibility` refuses get none.

    Raises:
        UnknownRuleError: no such programme or tier on that day.
        PolicyError: a negative cost, or one too large to be exact.
    """
    programme, tier = get_tier(policy, programme_key, tier_key, as_of)
    cost = total_cost_krw.astype(np.int64, casting="safe", copy=False)
    government = np.minimum(np.int64(tier.cap_krw), shared_cost(cost, tier.share, programme))
    if eligibility is not None:
        refused = eligibility.verdict == VERDICT_CODES[Verdict.DIFFICULT]
        government = np.where(refused, np.int64(0), government)
    return AmountColumns(government, cost - government, programme, tier)


def shared_cost(cost: Won, share: Fraction, programme: ProgrammeVersion) -> Won:
    """The share of a cost, whole won downwards, then cut as the programme says.

    Raises:
        PolicyError: a negative cost, or one too large to be exact.
    """
    if cost.size and (cost.min() < 0 or int(cost.max()) > _largest_exact(share)):
        raise PolicyError(
            Text("총사업비를 계산할 수 없습니다."),
            Text("0원 이상의 금액을 원 단위 정수로 입력해 주세요."),
        )
    shared = cost * share.numerator // share.denominator
    return shared - shared % max(int(programme.cut_below.value or 1), 1)


def _largest_exact(share: Fraction) -> int:
    return int(np.iinfo(np.int64).max) // share.numerator


def _outcome(rule: Rule, ground: Ground) -> npt.NDArray[np.int8]:
    truth = rule.requires(ground)
    outcome = np.int8(MET + TRUE) - truth
    if rule.exemptions:
        _exempt(rule, ground, truth, outcome)
    if rule.applies_if:
        applies = rule.applies_if(ground)
        np.copyto(outcome, NOT_KNOWN, where=(applies != TRUE) & (truth != TRUE))
        np.copyto(outcome, NOT_APPLICABLE, where=applies == FALSE)
    return outcome


def _exempt(rule: Rule, ground: Ground, truth: Truth, outcome: npt.NDArray[np.int8]) -> None:
    """Give refused rows the first exemption that holds; one that may hold leaves them open."""
    refused = truth == FALSE
    for position in reversed(range(len(rule.exemptions))):
        held = rule.exemptions[position].when(ground)
        np.copyto(outcome, EXEMPTED + position, where=refused & (held == TRUE))
        np.copyto(outcome, NOT_KNOWN, where=refused & (held == UNKNOWN))


def _verdicts(rule: Rule, outcome: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Verdict codes of outcomes; below 0 where the rule does not apply, which any maximum drops."""
    if rule.refused.verdict is Verdict.DIFFICULT and not rule.exemptions:
        return outcome - np.int8(MET)
    outcomes = [rule.met, rule.met, rule.unknown, rule.refused]
    outcomes += [exemption.outcome for exemption in rule.exemptions]
    codes = np.array([VERDICT_CODES[outcome.verdict] for outcome in outcomes], dtype=np.int8)
    return codes[outcome]
