"""What a programme is on a given day: tiers with their values, rules and sources resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dure.kernel.names import Name
from dure.policy.conditions import Condition

# Marks of sources that state a rule themselves; the others stand behind unconfirmed values.
_CONFIRMING = frozenset("LGNPD")


class Verdict(StrEnum):
    """가능, 어려움, 확인 필요."""

    POSSIBLE = "possible"
    DIFFICULT = "difficult"
    CHECK = "check"


VERDICT_NAMES: Mapping[Verdict, Name] = {
    Verdict.POSSIBLE: Name("가능", "Possible"),
    Verdict.DIFFICULT: Name("어려움", "Difficult"),
    Verdict.CHECK: Name("확인 필요", "To be checked"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A text that a value or rule was read from; marks as in `policy/sources.yaml`."""

    id: str
    title: Name
    url: str
    mark: str
    verified_on: date

    @property
    def confirmed(self) -> bool:
        """Whether the text states the rule itself, not a secondary text or an inference."""
        return self.mark in _CONFIRMING


@dataclass(frozen=True, slots=True)
class Value:
    """One programme value on one day; `value` None: not found.

    Attributes:
        id: `programme/version/tier/field`, or the parameter's name.
        unit: KRW, share, months, years, days or persons; a share is a Fraction.
        valid_from: the day from which it holds.
    """

    id: str
    value: int | Fraction | None
    unit: str
    source: Source
    valid_from: date
    note: str


@dataclass(frozen=True, slots=True)
class Term:
    """A value of the programme beside cap and share, such as the years of cloud fees."""

    key: str
    name: Name
    value: Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says in one case, and what follows."""

    verdict: Verdict
    text: Name
    source: Source


@dataclass(frozen=True, slots=True)
class Exemption:
    """When an unmet requirement has another outcome."""

    when: Condition
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement, compiled; `applies_if` None: always."""

    id: str
    applies_if: Condition | None
    requires: Condition
    met: Outcome
    refused: Outcome
    unknown: Outcome
    exemptions: tuple[Exemption, ...]
    decided_by: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A kind of support on one day.

    Attributes:
        cap_krw: most the state pays, won.
        share: of the total cost, at most.
        target_levels: system levels it aims at; empty where it aims at none.
        max_months: build period; None: not found.
        wants: answers of the finder that it serves.
        cap, share_value, months: the same values with their sources.
    """

    key: str
    name: Name
    cap_krw: int
    share: Fraction
    target_levels: tuple[str, ...]
    max_months: int | None
    wants: tuple[str, ...]
    rules: tuple[Rule, ...]
    cap: Value
    share_value: Value
    months: Value | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeVersion:
    """A programme on one day; both dates of the version inclusive.

    Attributes:
        hash: content hash of the version's file, its rules and shared values; independent of
            layout and comments, so a decision can name exactly the rules it used.
        cut_below: amounts are cut below so many won.
        terms: further values by key.
        sources: every source the version rests on.
    """

    key: str
    version: str
    version_from: date
    version_to: date | None
    as_of: date
    name: Name
    summary: Name
    tiers: tuple[Tier, ...]
    cut_below: Value
    terms: Mapping[str, Term]
    sources: tuple[Source, ...]
    hash: str

    def find_tier(self, key: str) -> Tier | None:
        """The tier of that key, or None."""
        return next((tier for tier in self.tiers if tier.key == key), None)
