"""The list of equipment as a CSV: template, upload, preview, all or nothing; and out again."""

from typing import IO

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.foundation.files import actions as files
from dure.foundation.files import queries as stored
from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.programme.registry import actions, queries
from dure.programme.registry.queries import EquipmentPreview, WorkplaceView
from dure.web.factory.equipment_forms import EquipmentSheetForm
from dure.web.factory.own import own, said, shown

_PURPOSE = "equipment-list"
_SHOWN_ROWS = 100


@own("registry:equipment:view")
@require_safe
def sheet_template(_request: MemberRequest) -> HttpResponse:
    """The empty list to fill in."""
    return _csv(queries.equipment_template(), "dure-equipment.csv")


@own("registry:equipment:view")
@require_safe
def sheet_download(request: MemberRequest, workplace_id: int) -> HttpResponse:
    """The registered machines, in the form that can be uploaded again."""
    organisation_id = request.actor.own_organisation_id
    queries.get_workplace(organisation_id, workplace_id)
    content = queries.equipment_csv(organisation_id, workplace_id)
    return _csv(content, f"dure-equipment-{workplace_id}.csv")


@own("registry:equipment:edit")
@require_http_methods(["GET", "POST"])
def sheet_upload(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Choose the file; a list with anything to correct is refused before it is kept."""
    organisation_id = request.actor.own_organisation_id
    workplace = queries.get_workplace(organisation_id, workplace_id)
    form = EquipmentSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            preview = _preview(organisation_id, workplace_id, uploaded)
            if preview.problems:
                return _problems_page(request, workplace, uploaded.name, preview)
            kept = files.store_upload(
                request.actor, uploaded, organisation_id=organisation_id, purpose=_PURPOSE
            )
        except DureError as error:
            form.add_error("file", said(error))
        else:
            return redirect("factory:equipment-sheet", workplace_id, kept.id)
    context: dict[str, object] = {"form": form, "workplace": workplace}
    return shown(request, "factory/equipment/upload.html", context, refused=bool(form.errors))


@own("registry:equipment:edit")
@require_http_methods(["GET", "POST"])
def sheet_preview(request: MemberRequest, workplace_id: int, file_id: int) -> HttpResponseBase:
    """What the list would add and change; confirm to write."""
    organisation_id = request.actor.own_organisation_id
    workplace = queries.get_workplace(organisation_id, workplace_id)
    kept = stored.get_file(organisation_id, file_id)
    if kept.purpose != _PURPOSE:
        raise Http404
    content = kept.path.read_bytes()
    if request.method == "POST":
        done = actions.import_equipment_csv(request.actor, workplace_id, content)
        told = _("설비 목록을 저장했습니다: 새로 등록 {added}대, 내용이 바뀜 {changed}대")
        messages.success(request, told.format(added=done.added, changed=done.changed))
        return redirect("factory:equipment-list", workplace_id)
    preview = queries.preview_equipment_csv(organisation_id, workplace_id, content)
    context: dict[str, object] = {
        "workplace": workplace,
        "file_name": kept.name,
        "changes": preview.changes[:_SHOWN_ROWS],
        "hidden": max(0, len(preview.changes) - _SHOWN_ROWS),
        "counts": {name: preview.count(name) for name in ("added", "changed", "unchanged")},
    }
    return shown(request, "factory/equipment/preview.html", context)


def _preview(organisation_id: int, workplace_id: int, uploaded: IO[bytes]) -> EquipmentPreview:
    # One byte past the limit is enough for the reader to refuse the file; more is never read.
    content = uploaded.read(queries.MAX_SHEET_BYTES + 1)
    uploaded.seek(0)
    return queries.preview_equipment_csv(organisation_id, workplace_id, content)


def _problems_page(
    request: MemberRequest, workplace: WorkplaceView, name: str, preview: EquipmentPreview
) -> HttpResponse:
    context: dict[str, object] = {
        "workplace": workplace,
        "file_name": name,
        "count": len(preview.problems),
        "problems": preview.problems[:_SHOWN_ROWS],
        "hidden": max(0, len(preview.problems) - _SHOWN_ROWS),
    }
    return shown(request, "factory/equipment/problems.html", context, refused=True)


def _csv(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
