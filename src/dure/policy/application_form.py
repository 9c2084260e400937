"""What an application of a programme asks on a day: topics, questions, declarations, steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dure.kernel.names import Name
from dure.policy.versions import Source


class QuestionKind(StrEnum):
    """How a question is answered; the stored value of each kind is told beside it."""

    TEXT = "text"  # str
    LONG_TEXT = "long_text"  # str
    WON = "won"  # int
    NUMBER = "number"  # decimal digits as str
    MONTHS = "months"  # int
    DATE = "date"  # ISO day as str
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # key of an option
    CHOICES = "choices"  # list of keys
    BUSINESS_NUMBER = "business_number"  # ten digits
    INDUSTRY = "industry"  # trade code
    PROVINCE = "province"  # key of the provinces list
    INDICATORS = "indicators"  # list of {indicator, before, target, weight}


class TopicState(StrEnum):
    """How far a topic is; a locked one opens when others are done."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    key: str
    name: Name


@dataclass(frozen=True, slots=True)
class KnownFrom:
    """The measured indicator `kpi` gives the present value of `indicator`."""

    indicator: str
    kpi: str
    complement_of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        feeds: the fact of `dure.policy.facts.Facts` that the answer settles.
        prefill: where the answer is known from, such as `registry.address`.
        fixed: where it is known there, it is not typed again.
        options: what to choose from; empty where the call's tiers are meant (`of_tiers`).
        asked_if: another question of the topic and the answer it must have.
        least, most: inclusive limits of a number or amount, or of how many are chosen.
        columns: words of the columns of a table of indicators.
    """

    key: str
    kind: QuestionKind
    name: Name
    hint: Name | None
    unit: Name | None
    required: bool
    feeds: str | None
    prefill: str | None
    fixed: bool
    options: tuple[Option, ...]
    of_tiers: bool
    asked_if: tuple[str, bool | str] | None
    adds_to_total: bool
    whole: bool
    past: bool
    least: int | None
    most: int | None
    within_tier_months: bool
    least_characters: int | None
    most_characters: int | None
    weights_sum: int | None
    columns: Mapping[str, Name]
    known_from: tuple[KnownFrom, ...]


@dataclass(frozen=True, slots=True)
class TopicCheck:
    """A check over several answers of a topic."""

    check: str
    question: str
    parameter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What is asked on one page; `after` are topics that must be done first."""

    key: str
    name: Name
    intro: Name | None
    after: tuple[str, ...]
    locked: Name | None
    questions: tuple[Question, ...]
    checks: tuple[TopicCheck, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the applicant declares when submitting."""

    key: str
    name: Name
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a project's life; `states` of an application during which it is present."""

    key: str
    name: Name
    who: Name
    text: Name | None
    states: tuple[str, ...]
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """An application of one programme on one day; `hash` changes with anything it asks."""

    programme: str
    number_code: str
    as_of: date
    topics: tuple[Topic, ...]
    declarations: tuple[Declaration, ...]
    steps: tuple[Step, ...]
    hash: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order asked."""
        return tuple(question for topic in self.topics for question in topic.questions)

    def topic(self, key: str) -> Topic:
        """A topic by key; KeyError for none."""
        return {topic.key: topic for topic in self.topics}[key]
