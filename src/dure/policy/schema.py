"""The shape of the files in `policy/`; anything else in them is refused."""

from datetime import date

import msgspec

from dure.kernel.names import Name


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wording in both languages."""

    ko: str
    en: str

    @property
    def name(self) -> Name:
        """As a kernel name."""
        return Name(self.ko, self.en)


class DatedEntry(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """A value from a day on, with where it was read; `value` null: not found."""

    start: date
    value: int | str | None
    source: str
    mark: str
    verified: date
    end: date | None = None
    note: str = ""


class Dated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value by date, in KRW, share ("1/2"), months, years, days, business_days or persons."""

    unit: str
    values: list[DatedEntry]


class ParameterForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that several programmes share."""

    parameter: str
    name: Words
    unit: str
    values: list[DatedEntry]


class ParameterFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`policy/parameters/programme_terms.yaml`."""

    parameters: list[ParameterForm]


class SourceForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that values were read from."""

    id: str
    title: Words
    url: str


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`policy/sources.yaml`."""

    sources: list[SourceForm]


class RefusalForm(Words, frozen=True, forbid_unknown_fields=True):
    """What is said when a requirement is not met, and what follows."""

    verdict: str = "difficult"


class ExceptionForm(Words, frozen=True, forbid_unknown_fields=True):
    """A condition under which an unmet requirement has another verdict."""

    when: dict[str, object]
    verdict: str
    source: str
    mark: str


class RuleForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement and what it says in each outcome."""

    rule: str
    requires: dict[str, object]
    met: Words
    refused: RefusalForm
    unknown: Words
    decided_by: Words
    source: str
    mark: str
    verified: date
    applies_if: dict[str, object] | None = None
    exceptions: list[ExceptionForm] = []


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`policy/rules/*.yaml`."""

    rules: list[RuleForm]


class TierForm(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """One kind of support in a programme; dates only where they differ from the version's."""

    tier: str
    name: Words
    wants: list[str]
    cap: Dated
    target_levels: list[str] = []
    eligibility: list[str] = []
    max_months: Dated | None = None
    share: Dated | None = None
    start: date | None = None
    end: date | None = None
    note: str = ""


class ProgrammeForm(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """One version of a programme: `policy/programmes/<programme>/<version>.yaml`."""

    programme: str
    version: str
    start: date
    end: date | None
    name: Words
    summary: Words
    eligibility: list[str]
    share: Dated
    tiers: list[TierForm]
    terms: list[str] = []
    note: str = ""
