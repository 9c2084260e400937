"""Registering in one sitting: the firm and its first workplace, or one more workplace."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires
from dure.foundation.organisations.roles import is_granted
from dure.programme.registry import actions, queries
from dure.web.factory.industry_field import read_form
from dure.web.factory.own import shown, taken
from dure.web.factory.workplace_forms import RegistrationForm, WorkplaceForm
from dure.web.public.finder_answers import answers_of

_EDIT = "registry:workplace:edit"


@requires(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def workplace_new(request: MemberRequest) -> HttpResponseBase:
    """The first workplace of someone without an organisation, else one more of their firm."""
    if getattr(request, "actor", None) is None:
        return _register(request)
    if not is_granted(request.actor.role, _EDIT):
        raise PermissionDenied(_EDIT)
    if queries.find_firm(request.actor.own_organisation_id) is None:
        return redirect("factory:firm-edit")
    return _add(request)


def _register(request: HttpRequest) -> HttpResponseBase:
    told = _told_before(request)
    form = read_form(RegistrationForm, request, told)
    person = int(request.user.pk or 0)
    if taken(
        form, lambda: actions.open_firm(person, form.firm_details(), form.workplace_details())
    ):
        messages.success(request, _("사업장을 등록했습니다."))
        return redirect("factory:home")
    context: dict[str, object] = {"form": form, "told": told}
    return shown(request, "factory/workplaces/register.html", context, refused=bool(form.errors))


def _told_before(request: HttpRequest) -> dict[str, Any]:
    """What the person told the programme finder and need not type again."""
    facts = answers_of(request)
    told = {"ksic": facts.ksic, "province": facts.province}
    return {name: value for name, value in told.items() if value}


def _add(request: MemberRequest) -> HttpResponseBase:
    form = read_form(WorkplaceForm, request)
    if taken(form, lambda: actions.register_workplace(request.actor, form.workplace_details())):
        messages.success(request, _("사업장을 등록했습니다."))
        return redirect("factory:workplaces")
    context: dict[str, object] = {"form": form, "workplace": None}
    return shown(request, "factory/workplaces/form.html", context, refused=bool(form.errors))
