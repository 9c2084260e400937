"""Imports: what was sent, what it means, what became of it, what was refused."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dure.engines.lake.inspection import Inspection
from dure.engines.lake.mapping import Mapping
from dure.foundation.sentences import sentence_of
from dure.kernel.text import Text
from dure.programme.streams.models import Import, ImportedSeries, MappingTemplate
from dure.programme.streams.states import State, find_problem


@dataclass(frozen=True, slots=True)
class FindingView:
    """A remark on a file or a column; `rows` are the first file rows concerned."""

    code: str
    severity: str
    text: Text
    column: str | None
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiView:
    """A first figure from the data; `value` None where the data cannot tell."""

    key: str
    name: Text
    value: float | None
    low: float | None
    high: float | None
    unit: str
    direction: str
    basis: Text
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """An import as a list shows it; instants UTC, `rows_*` counted once it is done.

    `state` is `failed` too where the job that should carry it is gone.
    """

    id: int
    organisation_id: int
    workplace_id: int
    equipment_id: int | None
    equipment: str
    state: str
    name: str
    size: int
    sha256: str
    file_id: int
    rows_accepted: int
    rows_refused: int
    series: int
    first_at: datetime | None
    last_at: datetime | None
    sent_by: str
    sent_at: datetime
    finished_at: datetime | None
    corrects_id: int | None
    template_name: str
    job_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView(ImportSummary):
    """An import with the engine's own view of the file, and what it brought."""

    inspection: Inspection
    mapping: Mapping
    findings: tuple[FindingView, ...]
    kpis: tuple[KpiView, ...]
    problem: Text | None
    remedy: Text | None


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A saved mapping and how many columns it keeps."""

    id: int
    name: str
    columns: int
    saved_at: datetime


def list_imports(
    organisation_id: int, workplace_id: int, *, equipment_id: int | None = None
) -> tuple[ImportSummary, ...]:
    """Imports of a workplace, newest first; those set aside or undone are among them."""
    heavy = ("inspection", "mapping", "report")
    rows = _imports(organisation_id).filter(workplace_id=workplace_id).defer(*heavy)
    if equipment_id is not None:
        rows = rows.filter(equipment_id=equipment_id)
    return tuple(ImportSummary(**_summary(row)) for row in rows.order_by("-sent_at", "-id"))


def count_imports(organisation_id: int, workplace_id: int) -> int:
    """Finished imports of a workplace."""
    return Import.objects.filter(
        workplace_id=workplace_id,
        workplace__firm__organisation_id=organisation_id,
        state=State.DONE,
    ).count()


def get_import(organisation_id: int, import_id: int) -> ImportView:
    """One import; raises `Import.DoesNotExist` outside the organisation."""
    row = _imports(organisation_id).get(pk=import_id)
    report: dict[str, Any] = row.report or {}
    problem, remedy = find_problem(row)
    return ImportView(
        **_summary(row),
        inspection=Inspection.from_json(json.dumps(row.inspection)),
        mapping=Mapping.from_json(json.dumps(row.mapping)),
        findings=tuple(_finding(stored) for stored in report.get("findings", ())),
        kpis=tuple(_kpi(stored) for stored in report.get("kpis", ())),
        problem=problem,
        remedy=remedy,
    )


def list_templates(organisation_id: int, workplace_id: int) -> tuple[TemplateView, ...]:
    """Saved mappings of a workplace, newest first."""
    rows = MappingTemplate.objects.filter(
        workplace_id=workplace_id, workplace__firm__organisation_id=organisation_id
    ).order_by("-saved_at")
    return tuple(
        TemplateView(
            id=row.pk,
            name=row.name,
            columns=len(Mapping.from_json(json.dumps(row.mapping)).stored),
            saved_at=row.saved_at,
        )
        for row in rows
    )


def _imports(organisation_id: int) -> "QuerySet[Import]":
    # A subquery: counting by a join would group by the whole of each import, inspection and all.
    own = ImportedSeries.objects.filter(source=OuterRef("pk")).order_by().values("source")
    counted = own.annotate(count=Count("pk")).values("count")
    return (
        Import.objects.select_related("file", "equipment")
        .annotate(series_count=Coalesce(Subquery(counted), 0))
        .filter(workplace__firm__organisation_id=organisation_id)
    )


def _summary(row: Import) -> dict[str, Any]:
    return {
        "id": row.pk,
        "organisation_id": row.file.organisation_id,
        "workplace_id": row.workplace_id,
        "equipment_id": row.equipment_id,
        "equipment": row.equipment.name if row.equipment else "",
        "state": State.FAILED.value if find_problem(row)[0] else row.state,
        "name": row.file.name,
        "size": row.file.size,
        "sha256": row.file.sha256,
        "file_id": row.file_id,
        "rows_accepted": row.rows_accepted,
        "rows_refused": row.rows_refused,
        "series": getattr(row, "series_count", 0),
        "first_at": row.first_at,
        "last_at": row.last_at,
        "sent_by": row.sent_by,
        "sent_at": row.sent_at,
        "finished_at": row.finished_at,
        "corrects_id": row.corrects_id,
        "template_name": row.template_name,
        "job_id": row.job_id,
    }


def _finding(stored: dict[str, Any]) -> FindingView:
    return FindingView(
        code=stored["code"],
        severity=stored["severity"],
        text=sentence_of(stored["text"]) or Text(""),
        column=stored["column"],
        rows=tuple(stored["rows"]),
    )


def _kpi(stored: dict[str, Any]) -> KpiView:
    return KpiView(
        key=stored["key"],
        name=sentence_of(stored["name"]) or Text(""),
        value=stored["value"],
        low=stored["low"],
        high=stored["high"],
        unit=stored["unit"],
        direction=stored["direction"],
        basis=sentence_of(stored["basis"]) or Text(""),
        series=tuple(stored["series"]),
    )
