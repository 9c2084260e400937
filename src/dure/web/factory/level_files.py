"""A measurement to take along: every criterion as a CSV, or the engine's own JSON."""

import csv
import io

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.engines.lake.quarantine import safe_cell
from dure.foundation.organisations.access import MemberRequest
from dure.policy.level_grid import load_level_grid
from dure.programme.levels import queries
from dure.programme.levels.queries import MeasurementView
from dure.web import words
from dure.web.factory.level_page import CriterionItem, arrange
from dure.web.factory.own import own
from dure.web.status import status_of


@own("levels:measurement:view")
@require_safe
def level_download(
    request: MemberRequest, workplace_id: int, measurement_id: int, kind: str
) -> HttpResponse:
    """The measurement as `csv` or `json`."""
    measurement = queries.get_measurement(
        request.actor.own_organisation_id, workplace_id, measurement_id
    )
    if kind == "json":
        return _file(measurement, measurement.result_json.encode(), "application/json", kind)
    if kind == "csv":
        return _file(measurement, _csv(measurement), "text/csv; charset=utf-8", kind)
    raise Http404


def _file(
    measurement: MeasurementView, content: bytes, media_type: str, ending: str
) -> HttpResponse:
    name = f"dure-level-{measurement.workplace_id}-{measurement.id}.{ending}"
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(measurement: MeasurementView) -> bytes:
    """One criterion a line, then one doubt a line; UTF-8 with BOM, as spreadsheets want it."""
    page = arrange(measurement, load_level_grid(measurement.as_of), {})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_headings())
    for group in page.groups:
        for item in group.criteria:
            writer.writerow(map(safe_cell, _line(words.named(group.name), item)))
    for doubt in (*page.doubts, *page.remarks):
        kind = _("자료에서 확인할 점")
        word = str(status_of("finding", doubt.severity).label)
        told = (words.said(doubt.text), words.said(doubt.remedy))
        writer.writerow(map(safe_cell, ("", kind, word, *told, "", "", doubt.trail.rows)))
    return out.getvalue().encode("utf-8-sig")


def _headings() -> tuple[str, ...]:
    return (
        _("수준"),
        _("기준"),
        _("결과"),
        _("찾은 것"),
        _("모자란 것"),
        _("확신"),
        _("근거 등급"),
        _("행"),
    )


def _line(level: str, item: CriterionItem) -> tuple[str, ...]:
    return (
        level,
        words.said(item.title),
        str(status_of("criterion", item.status).label),
        words.said(item.found),
        words.said(item.missing),
        f"{item.confidence:.4f}",
        item.grade,
        item.trail.rows,
    )
