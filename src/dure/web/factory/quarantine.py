"""Rows that were not taken in: why, as a CSV to correct, and sent again."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.programme.registry import queries as registry
from dure.programme.streams import actions, queries
from dure.programme.streams.errors import SameFileError
from dure.programme.streams.queries.quarantine import PAGE_ROWS
from dure.web.factory.imports import ResendForm
from dure.web.factory.own import own, said, shown


@own("streams:import:view")
@require_safe
def quarantine(request: MemberRequest, import_id: int) -> HttpResponse:
    """A page of refused rows with the reason of each, and how to bring them back."""
    return _page(request, import_id, ResendForm())


@own("streams:import:create")
@require_POST
def resubmit(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """Take the corrected rows; they are a new import that a person confirms."""
    form = ResendForm(request.POST, request.FILES)
    same: int | None = None
    if form.is_valid():
        try:
            corrected = actions.resubmit_quarantine(
                request.actor, import_id, form.cleaned_data["file"]
            )
        except DureError as error:
            same = error.import_id if isinstance(error, SameFileError) else None
            form.add_error("file", said(error))
        else:
            return redirect("factory:import", corrected)
    return _page(request, import_id, form, same=same, refused=True)


@own("streams:import:view")
@require_safe
def quarantine_csv(request: MemberRequest, import_id: int) -> HttpResponseBase:
    """The refused rows as a CSV in which no formula can run."""
    organisation_id = request.actor.own_organisation_id
    try:
        path = queries.quarantine_csv(organisation_id, import_id)
    except DureError as error:
        raise Http404(str(error)) from error
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"dure-quarantine-{import_id}.csv",
        content_type="text/csv; charset=utf-8",
    )


def _page(
    request: MemberRequest,
    import_id: int,
    form: ResendForm,
    *,
    same: int | None = None,
    refused: bool = False,
) -> HttpResponse:
    organisation_id = request.actor.own_organisation_id
    asked = request.GET.get("page", "")
    found = queries.quarantine_page(
        organisation_id, import_id, int(asked) if asked.isdecimal() else 1
    )
    view = queries.get_import(organisation_id, import_id)
    context: dict[str, object] = {
        "import": view,
        "workplace": registry.get_workplace(organisation_id, view.workplace_id),
        "quarantine": found,
        "page": Paginator(range(found.total), PAGE_ROWS).get_page(found.number),
        "form": form,
        "same_import": same,
    }
    return shown(request, "factory/data/quarantine.html", context, refused=refused)
