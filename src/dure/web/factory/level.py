"""The level that the data support: measured on request, with everything it rests on."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.policy.level_grid import load_level_grid
from dure.programme.levels import actions
from dure.programme.levels import queries as levels
from dure.programme.levels.queries import MeasurementView
from dure.programme.registry import queries as registry
from dure.programme.streams import queries as streams
from dure.web.factory.level_page import arrange
from dure.web.factory.own import own, said, shown

_HISTORY = 20


@own("levels:measurement:view")
@require_safe
def level(request: MemberRequest, workplace_id: int) -> HttpResponse:
    """The newest measurement, or how to get the first."""
    found = levels.find_latest(request.actor.own_organisation_id, workplace_id)
    return _page(request, workplace_id, found)


@own("levels:measurement:view")
@require_safe
def level_measurement(
    request: MemberRequest, workplace_id: int, measurement_id: int
) -> HttpResponse:
    """One measurement of the history."""
    found = levels.get_measurement(request.actor.own_organisation_id, workplace_id, measurement_id)
    return _page(request, workplace_id, found)


@own("levels:measurement:create")
@require_POST
def level_measure(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Ask for a measurement; the page of the level shows how far it is."""
    try:
        actions.request_measurement(request.actor, workplace_id)
    except DureError as error:
        messages.error(request, said(error))
    return redirect("factory:level", workplace_id)


@own("levels:measurement:view")
@require_safe
def level_progress(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """How far the measurement is, for htmx; when it is done the whole page comes anew."""
    organisation_id = request.actor.own_organisation_id
    registry.get_workplace(organisation_id, workplace_id)
    job = levels.last_job(organisation_id, workplace_id)
    if job is None or job.state == "done":
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("factory:level", args=(workplace_id,))
        return response
    context: dict[str, object] = {"job": job, "workplace_id": workplace_id}
    return shown(request, "factory/level/_job.html", context)


def _page(
    request: MemberRequest, workplace_id: int, measurement: MeasurementView | None
) -> HttpResponse:
    organisation_id = request.actor.own_organisation_id
    workplace = registry.get_workplace(organisation_id, workplace_id)
    finished = {
        row.id for row in streams.list_imports(organisation_id, workplace_id) if row.state == "done"
    }
    history = levels.list_history(organisation_id, workplace_id, limit=_HISTORY)
    job = levels.last_job(organisation_id, workplace_id)
    context: dict[str, object] = {
        "workplace": workplace,
        "workplace_id": workplace_id,
        "has_data": bool(finished),
        "job": job if job is not None and job.state != "done" else None,
        "history": history,
        "measurement": measurement,
    }
    if measurement is not None:
        context |= {
            "page": _arranged(organisation_id, measurement),
            "is_newest": measurement.id == history[0].id,
            "unmeasured": len(finished - measurement.import_ids),
        }
    return shown(request, "factory/level/page.html", context)


def _arranged(organisation_id: int, measurement: MeasurementView) -> object:
    series = streams.list_series(organisation_id, measurement.workplace_id)
    names = {one.id: one.name for one in series}
    return arrange(measurement, load_level_grid(measurement.as_of), names)
