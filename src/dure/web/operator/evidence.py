"""The measurement a case rests on: what was found, what is doubted, which files and signals."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from dure.foundation.organisations.access import MemberRequest
from dure.policy.level_grid import load_level_grid
from dure.programme.streams import queries as streams
from dure.programme.streams.queries import SignalView
from dure.programme.support import queries
from dure.programme.support.queries import CaseEvidence
from dure.web.factory.level_page import LevelPage, arrange
from dure.web.factory.own import own
from dure.web.factory.signals import Place, chart_points, signal_context
from dure.web.operator.queue import VIEW, wanted_from


@own(VIEW)
@require_GET
def evidence(request: MemberRequest, application_id: int) -> HttpResponse:
    """The same page the applicant sees of this one measurement; nothing else of the factory."""
    found = _evidence(application_id)
    context = {
        "wide": True,
        "ops_here": "queue",
        "case": queries.get_case(application_id),
        "query": wanted_from(request).query,
        "evidence": found,
        "measurement": found.measurement,
        "page": _arranged(application_id, found),
    }
    return render(request, "operator/evidence.html", context)


@own(VIEW)
@require_GET
def signal(request: MemberRequest, application_id: int, series_id: str) -> HttpResponse:
    """One signal that the measurement names, as long as it holds no data sent later."""
    place, found = _signal(application_id, series_id)
    context = signal_context(request.GET, place, found) | {
        "wide": True,
        "ops_here": "queue",
        "case": queries.get_case(application_id),
    }
    status = 422 if "problem" in context else 200
    return render(request, "operator/signal.html", context, status=status)


@own(VIEW)
@require_GET
def signal_data(request: MemberRequest, application_id: int, series_id: str) -> HttpResponse:
    """The points of its chart."""
    place, found = _signal(application_id, series_id)
    return chart_points(request.GET, place, found)


def _evidence(application_id: int) -> CaseEvidence:
    found = queries.find_case_evidence(application_id)
    if found is None:
        raise Http404(str(application_id))
    return found


def _signal(application_id: int, series_id: str) -> tuple[Place, SignalView]:
    found = _evidence(application_id)
    workplace_id = found.measurement.workplace_id
    if series_id not in _open_series(found):
        raise Http404(series_id)
    address = (application_id, series_id)
    place = Place(
        organisation_id=found.organisation_id,
        workplace_id=workplace_id,
        page_url=reverse("operator:case-signal", args=address),
        data_url=reverse("operator:case-signal-data", args=address),
    )
    return place, streams.get_signal(found.organisation_id, workplace_id, series_id)


def _open_series(found: CaseEvidence) -> frozenset[str]:
    """The series that hold nothing but what the measurement saw."""
    known = streams.list_signals(found.organisation_id, found.measurement.workplace_id)
    return frozenset(
        one.series_id
        for one in known
        if one.series_id in found.series and set(one.import_ids) <= found.measurement.import_ids
    )


def _arranged(application_id: int, found: CaseEvidence) -> LevelPage:
    known = streams.list_series(found.organisation_id, found.measurement.workplace_id)
    names = {one.id: one.name for one in known if one.id in found.series}
    grid = load_level_grid(found.measurement.as_of)
    url_of = partial(_signal_url, application_id, _open_series(found))
    return arrange(found.measurement, grid, names, url_of=url_of)


def _signal_url(application_id: int, opened: frozenset[str], series_id: str) -> str:
    if series_id not in opened:
        return ""
    return reverse("operator:case-signal", args=(application_id, series_id))
