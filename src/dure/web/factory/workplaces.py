"""The firm and its workplaces: what is registered, and corrections."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.foundation.organisations.access import MemberRequest
from dure.programme.registry import actions, queries
from dure.programme.streams import queries as streams
from dure.web.factory.industry_field import read_form
from dure.web.factory.own import own, shown, taken
from dure.web.factory.workplace_forms import FirmForm, WorkplaceForm


@own("registry:workplace:view")
@require_safe
def workplaces(request: MemberRequest) -> HttpResponse:
    """The firm and its workplaces."""
    organisation_id = request.actor.own_organisation_id
    context: dict[str, object] = {
        "firm": queries.find_firm(organisation_id),
        "workplaces": [
            {
                "workplace": workplace,
                "equipment": len(queries.list_equipment(organisation_id, workplace.id)),
                "imports": streams.count_imports(organisation_id, workplace.id),
            }
            for workplace in queries.list_workplaces(organisation_id)
        ],
    }
    return shown(request, "factory/workplaces/list.html", context)


@own("registry:workplace:view")
@require_safe
def workplace(request: MemberRequest, workplace_id: int) -> HttpResponse:
    """One workplace: what is registered, its machines and people."""
    organisation_id = request.actor.own_organisation_id
    context: dict[str, object] = {
        "workplace": queries.get_workplace(organisation_id, workplace_id),
        "firm": queries.find_firm(organisation_id),
        "equipment": queries.list_equipment(organisation_id, workplace_id),
        "contacts": queries.list_contacts(organisation_id, workplace_id),
    }
    return shown(request, "factory/workplaces/detail.html", context)


@own("registry:workplace:edit")
@require_http_methods(["GET", "POST"])
def workplace_edit(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Correct a workplace."""
    organisation_id = request.actor.own_organisation_id
    registered = queries.get_workplace(organisation_id, workplace_id)
    initial = WorkplaceForm.initial_of(registered, queries.find_firm(organisation_id))
    form = read_form(WorkplaceForm, request, initial)
    if taken(
        form,
        lambda: actions.update_workplace(request.actor, workplace_id, form.workplace_details()),
    ):
        messages.success(request, _("사업장 정보를 저장했습니다."))
        return redirect("factory:workplace", workplace_id)
    context: dict[str, object] = {"form": form, "workplace": registered}
    return shown(request, "factory/workplaces/form.html", context, refused=bool(form.errors))


@own("registry:workplace:edit")
@require_http_methods(["GET", "POST"])
def firm_edit(request: MemberRequest) -> HttpResponseBase:
    """Register or correct the firm itself."""
    firm = queries.find_firm(request.actor.own_organisation_id)
    form = FirmForm(request.POST or None, initial=FirmForm.initial_of(firm) if firm else None)
    if form.is_bound and form.is_valid():
        save = actions.update_firm if firm else actions.register_firm
        if taken(form, lambda: save(request.actor, form.firm_details())):
            messages.success(request, _("기업 정보를 저장했습니다."))
            return redirect("factory:workplaces")
    context: dict[str, object] = {"form": form, "firm": firm}
    return shown(request, "factory/workplaces/firm.html", context, refused=bool(form.errors))
