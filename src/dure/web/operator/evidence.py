"""The measurement a case rests on: what was found, what is doubted, which files and signals."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dure.foundation.organisations.access import MemberRequest
from dure.policy.level_grid import load_level_grid
from dure.programme.streams import queries as streams
from dure.programme.support import queries
from dure.programme.support.queries import CaseEvidence
from dure.web.factory.level_page import LevelPage, arrange
from dure.web.factory.own import own
from dure.web.operator.queue import VIEW, wanted_from


@own(VIEW)
@require_GET
def evidence(request: MemberRequest, application_id: int) -> HttpResponse:
    """The same page the applicant sees of this one measurement; nothing else of the factory."""
    found = queries.find_case_evidence(application_id)
    if found is None:
        raise Http404(str(application_id))
    context = {
        "wide": True,
        "ops_here": "queue",
        "case": queries.get_case(application_id),
        "query": wanted_from(request).query,
        "evidence": found,
        "measurement": found.measurement,
        "page": _arranged(found),
    }
    return render(request, "operator/evidence.html", context)


def _arranged(found: CaseEvidence) -> LevelPage:
    known = streams.list_series(found.organisation_id, found.measurement.workplace_id)
    names = {one.id: one.name for one in known if one.id in found.series}
    grid = load_level_grid(found.measurement.as_of)
    return arrange(found.measurement, grid, names, url_of=lambda _series: "")
