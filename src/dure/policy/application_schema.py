"""The shape of `policy/applications/*.yaml` and `policy/procedures/*.yaml`."""

from datetime import date
from typing import Literal

import msgspec

from dure.policy.schema import Words

Kind = Literal[
    "text",
    "long_text",
    "won",
    "number",
    "months",
    "date",
    "yes_no",
    "choice",
    "choices",
    "business_number",
    "industry",
    "province",
    "indicators",
]
OptionsFrom = Literal["fact", "tiers", "solutions", "after_service_needs"]


class AskedIfForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"value": "is"}):
    """Ask only where another question of the topic has this answer."""

    question: str
    value: bool | str


class ColumnForm(Words, frozen=True, forbid_unknown_fields=True):
    """The words of one column of a table of indicators."""

    key: Literal["indicator", "before", "target", "weight"]


class KnownFromForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A measured indicator that gives the present value, as it is or as `complement_of` less it."""

    indicator: str
    kpi: str
    complement_of: int | None = None


class QuestionForm(Words, frozen=True, forbid_unknown_fields=True):
    """One question; limits are inclusive, in the unit of the kind."""

    key: str
    kind: Kind
    hint: Words | None = None
    unit: Words | None = None
    required: bool = False
    feeds: str | None = None
    prefill: str | None = None
    fixed: bool = False
    options_from: OptionsFrom | None = None
    asked_if: AskedIfForm | None = None
    adds_to_total: bool = False
    whole: bool = False
    past: bool = False
    least: int | None = None
    most: int | None = None
    most_from: Literal["tier_months"] | None = None
    least_characters: int | None = None
    most_characters: int | None = None
    weights_sum: int | None = None
    columns: tuple[ColumnForm, ...] = ()
    known_from: tuple[KnownFromForm, ...] = ()


class TopicCheckForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check over several answers; its words stand at `question`."""

    check: Literal["total_above_zero", "within_company_share"]
    question: str
    parameter: str | None = None


class TopicForm(Words, frozen=True, forbid_unknown_fields=True):
    """What belongs together on one page."""

    topic: str
    source: str
    mark: str
    verified: date
    questions: list[QuestionForm]
    intro: Words | None = None
    after: tuple[str, ...] = ()
    locked: Words | None = None
    checks: tuple[TopicCheckForm, ...] = ()


class DeclarationForm(Words, frozen=True, forbid_unknown_fields=True):
    """What the applicant declares when submitting."""

    key: str
    source: str
    mark: str
    verified: date


class TopicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`policy/applications/topics.yaml`."""

    topics: list[TopicForm]
    declarations: list[DeclarationForm]


class ApplicationVersionForm(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """What a programme asks during a period."""

    start: date
    end: date | None
    topics: list[str]
    declarations: list[str]
    source: str
    mark: str
    verified: date


class ApplicationFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`policy/applications/<programme>.yaml`."""

    programme: str
    number_code: str
    procedure: str
    versions: list[ApplicationVersionForm]


class StepForm(Words, frozen=True, forbid_unknown_fields=True, rename={"states": "while"}):
    """One step of a project's life."""

    step: str
    who: Words
    text: Words | None = None
    states: tuple[str, ...] = ()
    due: str | None = None


class ProcedureForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps in order."""

    procedure: str
    source: str
    mark: str
    verified: date
    steps: list[StepForm]


class ProcedureFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`policy/procedures/support.yaml`."""

    procedures: list[ProcedureForm]
