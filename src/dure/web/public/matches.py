"""What the finder found, as the result page shows it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from dure.policy.decision import Amount, Match, Reason, amount, find_support
from dure.policy.facts import Facts
from dure.policy.reader import PolicySet
from dure.policy.versions import Verdict


@dataclass(frozen=True, slots=True)
class MatchView:
    """One kind of support with the reasons for and against it.

    Attributes:
        amount: what it would pay for the total cost typed; None when none was.
        against: reasons that stand in the way or must be checked, gravest first.
        in_favour: reasons met.
        confirmed: cap and share are stated by their sources.
    """

    match: Match
    amount: Amount | None
    against: tuple[Reason, ...]
    in_favour: tuple[Reason, ...]
    confirmed: bool
    url: str

    @property
    def verdict(self) -> Verdict:
        """가능, 어려움, 확인 필요."""
        return self.match.eligibility.verdict

    @property
    def anchor(self) -> str:
        """The place of the match on the page."""
        return f"{self.match.programme.key}-{self.match.tier.key}"


@dataclass(frozen=True, slots=True)
class Found:
    """All matches: those that serve what the visitor wants, then the others."""

    wanted: tuple[MatchView, ...]
    others: tuple[MatchView, ...]

    def counted(self, verdict: Verdict) -> int:
        """How many of the wanted matches have this verdict."""
        return sum(view.verdict is verdict for view in self.wanted)

    @property
    def possible(self) -> int:
        """Wanted and possible."""
        return self.counted(Verdict.POSSIBLE)

    @property
    def to_check(self) -> int:
        """Wanted, with something to be checked."""
        return self.counted(Verdict.CHECK)

    @property
    def difficult(self) -> int:
        """Wanted but refused by a rule."""
        return self.counted(Verdict.DIFFICULT)

    @property
    def best(self) -> MatchView | None:
        """The wanted match with the highest cap that no rule refuses."""
        open_ = [view for view in self.wanted if view.verdict is not Verdict.DIFFICULT]
        return max(open_, key=lambda view: view.match.max_government_krw, default=None)


def found_for(
    policy: PolicySet, facts: Facts, as_of: date, total_cost_krw: int | None = None
) -> Found:
    """The matches of a visitor on a day, with amounts where a total cost is given.

    Raises:
        PolicyError: a cost too large to be exact.
    """
    views = [
        _view(policy, match, facts, total_cost_krw) for match in find_support(policy, facts, as_of)
    ]
    return Found(
        tuple(view for view in views if view.match.wanted),
        tuple(view for view in views if not view.match.wanted),
    )


def _view(policy: PolicySet, match: Match, facts: Facts, cost: int | None) -> MatchView:
    programme, tier = match.programme, match.tier
    reasons = match.eligibility.reasons
    return MatchView(
        match=match,
        amount=None
        if cost is None
        else amount(policy, programme.key, tier.key, cost, programme.as_of, facts=facts),
        against=tuple(reason for reason in reasons if reason.verdict is not Verdict.POSSIBLE),
        in_favour=match.eligibility.reasons_of(Verdict.POSSIBLE),
        confirmed=all(value.source.confirmed for value in (tier.cap, tier.share_value)),
        url=programme_url(programme.key, programme.as_of),
    )


def programme_url(key: str, as_of: date) -> str:
    """The programme's page with the rules of a day."""
    return f"{reverse('public:programme', args=[key])}?{urlencode({'as_of': as_of.isoformat()})}"
