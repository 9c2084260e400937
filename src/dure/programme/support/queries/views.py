"""What reads of applications return: plain frozen data. Instants are UTC, amounts whole won.

Words that carry both languages are `Name`, sentences are `Text`; pages say both alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.answers import Value
from dure.policy.application_form import Option, QuestionKind
from dure.policy.filled import Known

NOT_ANSWERED = Text("아직 적지 않음")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSummary:
    """One line of a list. `tier` None before it is chosen; `state` an `Application.State`."""

    id: int
    number: str
    title: Name
    call_id: int
    workplace_id: int
    workplace_name: str
    state: str
    tier: Name | None
    government_krw: int | None
    started_at: datetime
    saved_at: datetime | None
    submitted_at: datetime | None
    due_on: date | None
    closes_at: datetime
    is_example: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as it reads; `origin` None: typed here."""

    key: str
    label: Name
    value: Name | Text
    origin: Text | None
    grade: EvidenceGrade


@dataclass(frozen=True, slots=True)
class SectionView:
    """The answers of one topic."""

    key: str
    title: Name
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question and its present answer.

    Attributes:
        value: the stored answer, None where there is none.
        raw: what to show in the input: the answer, or what was typed and could not be read.
        problem: why it could not be read, by place (the key, or `key.row.column`).
        shown: the answer as it reads.
        fixed: known from elsewhere, not to be typed.
        known_rows: present values of indicators computed from data, by indicator.
        is_asked: False while another answer makes it pointless; `asked_if` names that answer.
    """

    key: str
    kind: QuestionKind
    label: Name
    hint: Name | None
    unit: Name | None
    required: bool
    fixed: bool
    options: tuple[Option, ...]
    asked_if: tuple[str, bool | str] | None
    is_asked: bool
    adds_to_total: bool
    least: int | None
    most: int | None
    most_characters: int | None
    columns: Mapping[str, Name]
    known_rows: Mapping[str, Known]
    value: Value | None
    raw: object
    problem: Mapping[str, Text]
    shown: Name | Text
    origin: Text | None
    grade: EvidenceGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """A topic of the form. `why`: what must be done before a locked one opens.

    `outstanding` says what is missing or does not fit, by question key or `key.row.column`.
    """

    key: str
    title: Name
    intro: Name | None
    state: str
    why: Name | None
    outstanding: Mapping[str, Text]
    questions: tuple[QuestionView, ...]

    @property
    def problems(self) -> int:
        """How many things are outstanding."""
        return len(self.outstanding)

    @property
    def answers(self) -> tuple[AnswerView, ...]:
        """The asked questions as they read now."""
        return tuple(
            AnswerView(q.key, q.label, q.shown, q.origin, q.grade)
            for q in self.questions
            if q.is_asked
        )


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """What the applicant declares when submitting."""

    key: str
    text: Name


@dataclass(frozen=True, slots=True)
class ReasonView:
    """What one rule says; `source` is the text it was read from, `url` where that lies."""

    rule: str
    verdict: str
    text: Name
    decided_by: Name
    source: Name
    url: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class EligibilityView:
    """possible, difficult or check, with every rule that had a say, gravest first."""

    verdict: str
    reasons: tuple[ReasonView, ...]
    policy_hash: str
    as_of: date


@dataclass(frozen=True, slots=True)
class TraceView:
    """One step of an amount: won as int, a share as Fraction."""

    rule: str
    text: Name
    value: int | Fraction
    unit: str
    source: Name | None


@dataclass(frozen=True, slots=True)
class AmountView:
    """The money the rules give; government + company = total.

    `by_arithmetic_krw` is share and cap alone: it differs where a rule refuses the firm.
    """

    government_krw: int
    company_krw: int
    total_cost_krw: int
    cap_krw: int
    share: Fraction
    confirmed: bool
    by_arithmetic_krw: int
    trace: tuple[TraceView, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """A step of the project's life: `state` is done, now or ahead."""

    key: str
    title: Name
    state: str
    at: datetime | None
    due_on: date | None
    text: Name | Text | None
    who: Name


@dataclass(frozen=True, slots=True)
class SupplementView:
    """What a reviewer asked to be added, and until the end of which day."""

    id: int
    text: str
    due_on: date
    requested_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The outcome of the requirement check; reasons are rules' words or a reviewer's own."""

    is_met: bool
    reasons: tuple[Name | str, ...]
    decided_at: datetime
    decided_by: str | Text


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened."""

    at: datetime
    title: Text
    detail: Text | str | None
    who: str | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application as its own organisation sees it.

    Attributes:
        topics: the form as it stands now.
        sections: the answers of the latest submission, frozen; empty before the first.
        supplement: the open request, None otherwise.
        receipt_id: document of the latest submission's receipt; None until it is made.
        warning: shown before submitting where the rules speak against it; not a refusal.
    """

    id: int
    number: str
    call_id: int
    call_title: Name
    call_state: str
    call_opens_at: datetime
    call_closes_at: datetime
    policy_as_of: date
    programme: str
    is_example: bool
    firm_name: str
    workplace_id: int
    workplace_name: str
    state: str
    tier: Name | None
    saved_at: datetime | None
    submitted_at: datetime | None
    due_on: date | None
    version: int
    topics: tuple[TopicView, ...]
    sections: tuple[SectionView, ...]
    declarations: tuple[DeclarationView, ...]
    eligibility: EligibilityView | None
    amount: AmountView | None
    warning: Text | None
    stages: tuple[StageView, ...]
    supplement: SupplementView | None
    decision: DecisionView | None
    history: tuple[EventView, ...]
    receipt_id: int | None
    may_edit: bool
    may_submit: bool
    may_withdraw: bool

    def topic(self, key: str) -> TopicView:
        """A topic by key; KeyError for none."""
        return {topic.key: topic for topic in self.topics}[key]
