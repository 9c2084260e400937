"""The data of a workplace: what was sent, the signals it became, and how healthy they are."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dure.foundation.organisations.access import MemberRequest
from dure.programme.registry import queries as registry
from dure.programme.streams import queries
from dure.web.factory.own import own, shown
from dure.web.factory.signal_list import signals_csv, signals_page

_FIRST_IMPORTS = 10


@own("streams:import:view")
@require_safe
def data(request: MemberRequest, workplace_id: int) -> HttpResponse:
    """Imports, newest first, and the signals of those that are finished."""
    organisation_id = request.actor.own_organisation_id
    workplace = registry.get_workplace(organisation_id, workplace_id)
    imports = queries.list_imports(organisation_id, workplace_id)
    whole = "imports" in request.GET
    context: dict[str, object] = {
        "workplace": workplace,
        "imports": imports if whole else imports[:_FIRST_IMPORTS],
        "all_imports": len(imports),
    }
    context |= signals_page(queries.list_signals(organisation_id, workplace_id), request.GET)
    return shown(request, "factory/data/list.html", context)


@own("streams:reading:view")
@require_safe
def data_csv(request: MemberRequest, workplace_id: int) -> HttpResponse:
    """The list of signals with their health as a CSV."""
    organisation_id = request.actor.own_organisation_id
    registry.get_workplace(organisation_id, workplace_id)
    signals = queries.list_signals(organisation_id, workplace_id)
    return signals_csv(signals, f"dure-signals-{workplace_id}.csv")


@own("registry:equipment:view")
@require_safe
def equipment(request: MemberRequest, equipment_id: int) -> HttpResponse:
    """One machine: its facts, the files it sent, its signals."""
    organisation_id = request.actor.own_organisation_id
    machine = registry.get_equipment(organisation_id, equipment_id)
    workplace_id = machine.workplace_id
    signals = queries.list_signals(organisation_id, workplace_id, equipment_id=equipment_id)
    imports = queries.list_imports(organisation_id, workplace_id, equipment_id=equipment_id)
    whole = "imports" in request.GET
    context: dict[str, object] = {
        "equipment": machine,
        "workplace": registry.get_workplace(organisation_id, workplace_id),
        "imports": imports if whole else imports[:_FIRST_IMPORTS],
        "all_imports": len(imports),
    }
    return shown(
        request, "factory/equipment/detail.html", context | signals_page(signals, request.GET)
    )
