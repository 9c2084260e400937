"""What a measurement says: per criterion, about integrity, and as a whole. JSON both ways."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dure.engines.lake.findings import Severity
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text


class Status(StrEnum):
    """Whether the data show what a criterion asks."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    CANNOT_TELL = "cannot_tell"


class Doubt(StrEnum):
    """Kinds of integrity finding; each kind is evidence of its own."""

    CALENDAR = "calendar"
    DATE_FILL = "date_fill"
    ORDER = "order"
    CLOCK = "clock"
    LATTICE = "lattice"
    COPY = "copy"
    DUPLICATE = "duplicate"
    CONSTANT = "constant"
    NOISE = "noise"
    IDEAL = "ideal_distribution"
    RELATION = "relation"
    RUNNING_NAME = "running_name"
    DIGITS = "digits"
    LOOKS_FABRICATED = "looks_fabricated"


@dataclass(frozen=True, slots=True)
class CellFinding:
    """One criterion of the level grid, held against the data.

    Attributes:
        column: key of the grid's column (현장자동화, 공장운영 …).
        level: key of the system level the criterion belongs to.
        criterion: key of the criterion.
        confidence: 0–1, how sure the status is; 0 where it cannot be told.
        found: what the data show, in numbers.
        missing: what would be needed; None where supported.
        series: ids of the series it rests on.
        rows: first and last row it rests on, counted from 1; None where no rows were used.
        grade: the weakest evidence grade among those series.
    """

    column: str
    level: str
    criterion: str
    status: Status
    confidence: float
    found: Text
    missing: Text | None
    series: tuple[str, ...]
    rows: tuple[int, int] | None
    grade: EvidenceGrade


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """A reason to look again at the data; never a verdict, which is a person's.

    Attributes:
        severity: info explains, warning lowers confidence, error lowers it a lot.
        remedy: what a person can do about it.
        rows: first and last row concerned, counted from 1; None for whole series.
        confidence: 0–1, how sure the finding itself is.
    """

    kind: Doubt
    severity: Severity
    text: Text
    remedy: Text
    series: tuple[str, ...]
    rows: tuple[int, int] | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """The system level that data support, and everything it rests on.

    Attributes:
        system_level: none, basic, mid1, mid2 or advanced.
        confidence: 0–1, after integrity doubts.
        grade: weakest evidence grade of the data.
        worth: what evidence of that grade is worth.
        missing_for_next: what the data lack for `next_level`, in plain Korean.
        next_level: None at the highest level.
        not_measurable: what data of this kind cannot show.
        rows: rows of all frames.
        first, last: earliest and latest time, microseconds since 1970 UTC; None without times.
    """

    system_level: str
    confidence: float
    grade: EvidenceGrade
    worth: Text
    cells: tuple[CellFinding, ...]
    integrity: tuple[IntegrityFinding, ...]
    missing_for_next: tuple[Text, ...]
    next_level: str | None
    not_measurable: tuple[Text, ...]
    rows: int
    series_count: int
    first: int | None
    last: int | None
    grid_hash: str
    engine_version: str

    @property
    def has_doubts(self) -> bool:
        """Whether any integrity finding lowers the confidence."""
        return any(finding.severity is not Severity.INFO for finding in self.integrity)

    @property
    def looks_fabricated(self) -> bool:
        """Whether two independent kinds of evidence speak against the data's origin."""
        return any(finding.kind is Doubt.LOOKS_FABRICATED for finding in self.integrity)

    def to_json(self) -> str:
        """JSON text; `Measurement.from_json` gives back an equal measurement."""
        return json.dumps(self.to_plain(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Measurement":
        """The measurement that `to_json` wrote."""
        return cls.from_plain(json.loads(text))

    def to_plain(self) -> dict[str, Any]:
        """Plain values for JSON: each sentence as `source`, `params` and rendered `ko`."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        plain["worth"] = text_to_json(self.worth)
        plain["grade"] = self.grade.value
        plain["cells"] = [_cell_to_json(cell) for cell in self.cells]
        plain["integrity"] = [_integrity_to_json(finding) for finding in self.integrity]
        for name in ("missing_for_next", "not_measurable"):
            plain[name] = [text_to_json(text) for text in plain[name]]
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Measurement":
        """The measurement that `to_plain` wrote; keys it does not know raise TypeError."""
        values = dict(plain)
        values["worth"] = text_from_json(values["worth"])
        values["grade"] = EvidenceGrade(values["grade"])
        values["cells"] = tuple(_cell_from_json(cell) for cell in values["cells"])
        values["integrity"] = tuple(_integrity_from_json(item) for item in values["integrity"])
        for name in ("missing_for_next", "not_measurable"):
            values[name] = tuple(text_from_json(text) for text in values[name])
        return cls(**values)


def text_to_json(text: Text) -> dict[str, Any]:
    """A `Text` as JSON: its Korean sentence, its fields, and the rendered Korean for readers."""
    fields = {
        key: {"text": text_to_json(value)} if isinstance(value, Text) else value
        for key, value in text.params.items()
    }
    return {"source": text.source, "params": fields, "ko": str(text)}


def text_from_json(plain: Mapping[str, Any]) -> Text:
    """The `Text` that `text_to_json` wrote."""
    fields = {
        key: text_from_json(value["text"]) if isinstance(value, Mapping) else value
        for key, value in plain["params"].items()
    }
    return Text(plain["source"], fields)


def _cell_to_json(cell: CellFinding) -> dict[str, Any]:
    return {
        "column": cell.column,
        "level": cell.level,
        "criterion": cell.criterion,
        "status": cell.status.value,
        "confidence": cell.confidence,
        "found": text_to_json(cell.found),
        "missing": text_to_json(cell.missing) if cell.missing else None,
        "series": list(cell.series),
        "rows": list(cell.rows) if cell.rows else None,
        "grade": cell.grade.value,
    }


def _cell_from_json(plain: Mapping[str, Any]) -> CellFinding:
    return CellFinding(
        column=plain["column"],
        level=plain["level"],
        criterion=plain["criterion"],
        status=Status(plain["status"]),
        confidence=plain["confidence"],
        found=text_from_json(plain["found"]),
        missing=text_from_json(plain["missing"]) if plain["missing"] else None,
        series=tuple(plain["series"]),
        rows=_pair(plain["rows"]),
        grade=EvidenceGrade(plain["grade"]),
    )


def _integrity_to_json(finding: IntegrityFinding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "text": text_to_json(finding.text),
        "remedy": text_to_json(finding.remedy),
        "series": list(finding.series),
        "rows": list(finding.rows) if finding.rows else None,
        "confidence": finding.confidence,
    }


def _integrity_from_json(plain: Mapping[str, Any]) -> IntegrityFinding:
    return IntegrityFinding(
        kind=Doubt(plain["kind"]),
        severity=Severity(plain["severity"]),
        text=text_from_json(plain["text"]),
        remedy=text_from_json(plain["remedy"]),
        series=tuple(plain["series"]),
        rows=_pair(plain["rows"]),
        confidence=plain["confidence"],
    )


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None
