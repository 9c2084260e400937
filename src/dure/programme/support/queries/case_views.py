"""What reads of reviewers' cases return: plain frozen data. Instants UTC, amounts whole won."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.programme.support.queries.views import (
    AmountView,
    AnswerView,
    DecisionView,
    EligibilityView,
    EventView,
    SupplementView,
)


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What data say beside an answer. `tone`: yes agrees, no speaks against, unknown neither."""

    tone: str
    text: Name | Text
    note: Name | Text | None


@dataclass(frozen=True, slots=True)
class CaseSectionView:
    """One topic of a case: the frozen answers and the evidence beside them."""

    key: str
    title: Name
    answers: tuple[AnswerView, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class FlagView:
    """Something to look at; `other_id` and `other_number` name the case it is shared with."""

    kind: str
    text: Text
    other_id: int | None
    other_number: str
    other_firm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One application in the review queue; `days_left` in calendar days, None without a due day."""

    id: int
    number: str
    firm_name: str
    workplace_name: str
    province: Name
    programme: Name
    tier: Name
    government_krw: int
    state: str
    verdict: str
    submitted_at: datetime
    due_on: date | None
    days_left: int | None
    flags: tuple[Text, ...]
    assignee: str
    assignee_id: int | None
    is_example: bool

    @property
    def government_man(self) -> str:
        """In units of 10,000 won, exact."""
        whole, rest = divmod(self.government_krw, 10_000)
        return f"{whole:,}" if not rest else f"{whole:,}.{rest:04d}".rstrip("0")

    @property
    def due_tone(self) -> str:
        """danger on the last day and after, warning for the three days before, else neutral."""
        if self.days_left is None or self.days_left > 3:
            return "neutral"
        return "danger" if self.days_left <= 0 else "warning"


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue; `first` and `last` count from 1 over the whole result."""

    rows: tuple[QueueRow, ...]
    number: int
    pages: int
    total: int
    first: int
    last: int
    government_krw: int
    counts: Mapping[str, int]

    @cached_property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @cached_property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.pages else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A submitted application as a reviewer sees it: answers beside evidence, all frozen.

    `supplement_days` are the usual business days to supplement, `supplement_days_most` the most;
    `has_measurement` says whether `find_case_evidence` finds one.
    """

    id: int
    number: str
    call_id: int
    call_title: Name
    policy_as_of: date
    programme: Name
    tier: Name
    is_example: bool
    firm_name: str
    workplace_name: str
    province: Name
    state: str
    submitted_at: datetime
    version: int
    due_on: date | None
    is_late: bool
    assignee: str
    assignee_id: int | None
    sections: tuple[CaseSectionView, ...]
    eligibility: EligibilityView
    amount: AmountView
    flags: tuple[FlagView, ...]
    supplements: tuple[SupplementView, ...]
    decision: DecisionView | None
    history: tuple[EventView, ...]
    receipt_id: int | None
    has_measurement: bool
    may_decide: bool
    may_request: bool
    supplement_days: int
    supplement_days_most: int
