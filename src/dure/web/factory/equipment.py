"""Lines and equipment: the list, adding, correcting and removing machines."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.programme.registry import actions, queries
from dure.programme.streams import queries as streams
from dure.web.factory.equipment_forms import EquipmentForm, LineForm
from dure.web.factory.own import own, said, shown, taken


@own("registry:equipment:view")
@require_safe
def equipment_list(request: MemberRequest, workplace_id: int) -> HttpResponse:
    """Machines of a workplace by line."""
    return _list_page(request, workplace_id, LineForm())


@own("registry:equipment:edit")
@require_http_methods(["GET", "POST"])
def equipment_new(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Add one machine."""
    organisation_id = request.actor.own_organisation_id
    workplace = queries.get_workplace(organisation_id, workplace_id)
    form = EquipmentForm(request.POST or None)
    if taken(form, lambda: actions.add_equipment(request.actor, workplace_id, form.details())):
        messages.success(request, _("설비를 등록했습니다."))
        return redirect("factory:equipment-list", workplace_id)
    context: dict[str, object] = {
        "form": form,
        "workplace": workplace,
        "lines": queries.list_lines(organisation_id, workplace_id),
    }
    return shown(request, "factory/equipment/form.html", context, refused=bool(form.errors))


@own("registry:equipment:edit")
@require_http_methods(["GET", "POST"])
def equipment_edit(request: MemberRequest, equipment_id: int) -> HttpResponseBase:
    """Correct a machine."""
    organisation_id = request.actor.own_organisation_id
    machine = queries.get_equipment(organisation_id, equipment_id)
    form = EquipmentForm(request.POST or None, initial=EquipmentForm.initial_of(machine))
    if taken(form, lambda: actions.update_equipment(request.actor, equipment_id, form.details())):
        messages.success(request, _("설비 정보를 저장했습니다."))
        return redirect("factory:equipment-list", machine.workplace_id)
    context: dict[str, object] = {
        "form": form,
        "workplace": queries.get_workplace(organisation_id, machine.workplace_id),
        "equipment": machine,
        "lines": queries.list_lines(organisation_id, machine.workplace_id),
    }
    return shown(request, "factory/equipment/form.html", context, refused=bool(form.errors))


@own("registry:equipment:edit")
@require_POST
def equipment_remove(request: MemberRequest, equipment_id: int) -> HttpResponseBase:
    """Remove a machine entered by mistake."""
    machine = queries.get_equipment(request.actor.own_organisation_id, equipment_id)
    try:
        actions.remove_equipment(request.actor, equipment_id)
    except DureError as error:
        messages.error(request, said(error))
        return redirect("factory:equipment-edit", equipment_id)
    messages.success(request, _("설비를 지웠습니다: {name}").format(name=machine.name))
    return redirect("factory:equipment-list", machine.workplace_id)


@own("registry:equipment:edit")
@require_POST
def line_new(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Add a line from the equipment list."""
    form = LineForm(request.POST)
    if taken(
        form, lambda: actions.add_line(request.actor, workplace_id, form.cleaned_data["name"])
    ):
        messages.success(request, _("라인을 등록했습니다."))
        return redirect("factory:equipment-list", workplace_id)
    return _list_page(request, workplace_id, form)


@own("registry:equipment:edit")
@require_POST
def line_remove(request: MemberRequest, workplace_id: int, line_id: int) -> HttpResponseBase:
    """Remove a line; its machines stay."""
    lines = queries.list_lines(request.actor.own_organisation_id, workplace_id)
    if line_id not in {line.id for line in lines}:
        raise Http404
    actions.remove_line(request.actor, line_id)
    messages.success(request, _("라인을 지웠습니다. 설비는 그대로 있습니다."))
    return redirect("factory:equipment-list", workplace_id)


def _list_page(request: MemberRequest, workplace_id: int, line_form: LineForm) -> HttpResponse:
    organisation_id = request.actor.own_organisation_id
    received = streams.count_series_by_equipment(organisation_id, workplace_id)
    context: dict[str, object] = {
        "workplace": queries.get_workplace(organisation_id, workplace_id),
        "lines": queries.list_lines(organisation_id, workplace_id),
        "rows": [
            {"machine": machine, "signals": received.get(machine.id, 0)}
            for machine in queries.list_equipment(organisation_id, workplace_id)
        ],
        "form": line_form,
    }
    return shown(request, "factory/equipment/list.html", context, refused=bool(line_form.errors))
