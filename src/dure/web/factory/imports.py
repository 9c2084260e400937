"""A file on its way in: sent, confirmed, carried, and what became of it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.foundation.files.queries import get_file
from dure.foundation.jobs.queries import get_job
from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.programme.registry import queries as registry
from dure.programme.streams import actions, queries
from dure.programme.streams.errors import SameFileError
from dure.programme.streams.queries import ImportView
from dure.web.factory.import_preview import (
    bound_form,
    filter_columns,
    preview_context,
)
from dure.web.factory.mapping_form import MappingForm
from dure.web.factory.own import own, refuse, said, shown
from dure.web.factory.reading_form import ReadingForm
from dure.web.factory.signal_list import signals_page
from dure.web.factory.steps import import_steps

_ACCEPT = ".csv,.tsv,.txt,.dat,.log,.xlsx,.xlsm,.parquet,.json,.jsonl,.ndjson,.gz"
_EDITABLE = ("inspected", "failed")


class SendForm(forms.Form):
    """A file of machine data, and the machine it came from."""

    file = forms.FileField(
        label=lazy("설비 데이터 파일"),
        allow_empty_file=True,
        max_length=400,
        help_text=lazy("CSV, TSV, 엑셀(XLSX), Parquet, JSON 파일. 여기로 끌어다 놓아도 됩니다."),
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
        error_messages={"required": lazy("올릴 파일을 골라 주세요.")},
    )
    equipment = forms.TypedChoiceField(
        label=lazy("어느 설비의 데이터인가요"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=lazy("설비를 고르면 같은 모양의 파일이 여러 대에서 나와도 섞이지 않습니다."),
    )

    def offer(self, machines: tuple[registry.EquipmentView, ...]) -> None:
        """List the workplace's machines."""
        nobody = ("", _("설비를 정하지 않음"))
        field = self.fields["equipment"]
        field.choices = [nobody, *((m.id, m.name) for m in machines)]  # type: ignore[attr-defined]


class ResendForm(forms.Form):
    """The refused rows, corrected."""

    file = forms.FileField(
        label=lazy("고친 파일"),
        allow_empty_file=True,
        max_length=400,
        help_text=lazy("내려받은 파일에서 값만 고쳐 저장해 주세요. 열 이름은 그대로 둡니다."),
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
        error_messages={"required": lazy("올릴 파일을 골라 주세요.")},
    )


@own("streams:import:create")
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Send a file; it is looked at, and nothing is imported before it is confirmed."""
    organisation_id = request.actor.own_organisation_id
    workplace = registry.get_workplace(organisation_id, workplace_id)
    machines = registry.list_equipment(organisation_id, workplace_id)
    is_sent = request.method == "POST"
    form = SendForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"equipment": request.GET.get("equipment")},
    )
    form.offer(machines)
    same: int | None = None
    if is_sent and form.is_valid():
        try:
            import_id = actions.send_file(
                request.actor,
                workplace_id,
                form.cleaned_data["file"],
                equipment_id=form.cleaned_data["equipment"],
            )
        except DureError as error:
            same = error.import_id if isinstance(error, SameFileError) else None
            form.add_error("file", said(error))
        else:
            return redirect("factory:import", import_id)
    context: dict[str, object] = {
        "form": form,
        "workplace": workplace,
        "machines": machines,
        "same_import": same,
        "templates": queries.list_templates(organisation_id, workplace_id),
        "steps": import_steps("send"),
    }
    return shown(request, "factory/data/new.html", context, refused=bool(form.errors))


@own("streams:import:view")
@require_safe
def import_page(request: MemberRequest, import_id: int) -> HttpResponse:
    """The import in the state it is in."""
    return _page(request, _view(request, import_id), "factory/data/import.html")


@own("streams:import:view")
@require_safe
def import_progress(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """The changing part of the page alone, asked again while the job runs."""
    if not request.headers.get("HX-Request"):
        return redirect("factory:import", import_id)
    return _page(request, _view(request, import_id), "factory/data/_state.html")


@own("streams:import:create")
@require_POST
def import_read(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """Read the file again as a person says it is written."""
    view = _view(request, import_id)
    reading = ReadingForm(request.POST, inspection=view.inspection)
    if reading.is_valid():
        try:
            actions.reread_import(request.actor, import_id, reading.told())
        except DureError as error:
            reading.add_error(None, said(error))
        else:
            messages.success(request, _("파일을 다시 읽었습니다. 아래 내용을 확인해 주세요."))
            return redirect("factory:import", import_id)
    return _page(request, view, "factory/data/import.html", reading=reading, refused=True)


@own("streams:import:create")
@require_POST
def import_confirm(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """Keep what was corrected; with `confirm` pressed, import the file."""
    view = _view(request, import_id)
    machines = registry.list_equipment(view.organisation_id, view.workplace_id)
    form, chosen = bound_form(request.POST, view, machines)
    problem: DureError | None = None
    if form.is_valid():
        try:
            return _kept(request, view, form)
        except DureError as error:
            problem = error
            refuse(form, error)
    same = problem.import_id if isinstance(problem, SameFileError) else None
    extra = preview_context(view, form, chosen) | {"same_import": same}
    return _page(request, view, "factory/data/import.html", extra=extra, refused=True)


def _kept(request: MemberRequest, view: ImportView, form: MappingForm) -> HttpResponse:
    mapping, equipment = form.mapping(), form.cleaned_data["equipment"]
    if equipment != view.equipment_id:
        actions.choose_equipment(request.actor, view.id, equipment)
    if request.POST.get("action") == "confirm":
        actions.confirm_import(
            request.actor,
            view.id,
            mapping,
            save_template_name=form.cleaned_data["save_as"],
        )
        return redirect("factory:import", view.id)
    actions.save_mapping(request.actor, view.id, mapping)
    messages.success(request, _("고친 내용을 저장했습니다."))
    return redirect(_return_to(request, view.id))


def _return_to(request: MemberRequest, import_id: int) -> str:
    """The page of columns asked for, of the same file and nothing else."""
    query = QueryDict(mutable=True)
    show = request.POST.get("to-show", "")
    for name in ("show", "q", "page"):
        value = request.POST.get(name, "")
        if value and not show:
            query[name] = value
    if show in ("all", "check"):
        query["show"] = show
    go = request.POST.get("go", "")
    if go.isdecimal():
        query["page"] = go
    query["edit"] = "1"
    return f"{reverse('factory:import', args=(import_id,))}?{query.urlencode()}#columns"


@own("streams:import:create")
@require_POST
def import_retry(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """Try a failed import again."""
    return _done(request, import_id, lambda: actions.retry_import(request.actor, import_id), "")


@own("streams:import:undo")
@require_POST
def import_undo(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """Take the import's rows out again."""
    reason = request.POST.get("reason", "").strip()[:400]
    return _done(
        request,
        import_id,
        lambda: actions.undo_import(request.actor, import_id, reason=reason),
        _("가져온 데이터를 되돌렸습니다. 원본 파일은 그대로 있습니다."),
    )


@own("streams:import:create")
@require_POST
def import_discard(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """Set the file aside without importing it."""
    return _done(
        request,
        import_id,
        lambda: actions.discard_import(request.actor, import_id),
        _("이 파일은 가져오지 않습니다. 원본 파일은 그대로 있습니다."),
    )


@own("streams:import:create")
@require_POST
def template_remove(
    request: MemberRequest, workplace_id: int, template_id: int
) -> HttpResponseBase:
    """Forget a saved way of reading."""
    registry.get_workplace(request.actor.own_organisation_id, workplace_id)
    actions.remove_template(request.actor, template_id)
    messages.success(request, _("저장한 설정을 지웠습니다. 이미 가져온 데이터는 그대로 있습니다."))
    return redirect("factory:import-new", workplace_id)


@own("streams:import:view")
@require_safe
def import_original(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """The file as it was sent, byte for byte."""
    view = _view(request, import_id)
    kept = get_file(view.organisation_id, view.file_id)
    return FileResponse(
        kept.path.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type="application/octet-stream",
    )


def _view(request: MemberRequest, import_id: int) -> ImportView:
    return queries.get_import(request.actor.own_organisation_id, import_id)


def _done(
    request: MemberRequest, import_id: int, change: Callable[[], None], words: str
) -> HttpResponse:
    try:
        change()
    except DureError as error:
        view = _view(request, import_id)
        extra: dict[str, object] = {"problem": error}
        if isinstance(error, SameFileError):
            extra["same_import"] = error.import_id
        return _page(request, view, "factory/data/import.html", extra=extra, refused=True)
    if words:
        messages.success(request, words)
    return redirect("factory:import", import_id)


def _page(
    request: MemberRequest,
    view: ImportView,
    template: str,
    *,
    extra: dict[str, object] | None = None,
    reading: ReadingForm | None = None,
    refused: bool = False,
) -> HttpResponse:
    workplace = registry.get_workplace(view.organisation_id, view.workplace_id)
    editing = view.state == "inspected" or (
        view.state == "failed" and (refused or "edit" in request.GET)
    )
    part = "preview" if editing else view.state
    context: dict[str, object] = {
        "import": view,
        "workplace": workplace,
        "part": part,
        "steps": import_steps(part),
    }
    if editing:
        context |= _editing(request, view)
        context["reading"] = reading or ReadingForm(None, inspection=view.inspection)
    elif view.state in ("queued", "running"):
        context["job"] = get_job(view.organisation_id, view.job_id) if view.job_id else None
    elif view.state == "done":
        context |= signals_page(queries.health(view.organisation_id, view.id), request.GET)
    return shown(request, template, context | (extra or {}), refused=refused)


def _editing(request: MemberRequest, view: ImportView) -> dict[str, object]:
    machines = registry.list_equipment(view.organisation_id, view.workplace_id)
    chosen = filter_columns(view, request.GET.dict())
    form = MappingForm(None, view=view, indices=chosen.indices, machines=machines)
    return preview_context(view, form, chosen)
