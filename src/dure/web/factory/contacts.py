"""People to call about a workplace."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation.organisations.access import MemberRequest
from dure.programme.registry import actions, queries
from dure.web.factory.own import own, shown, taken
from dure.web.factory.workplace_forms import ContactForm


@own("registry:workplace:edit")
@require_http_methods(["GET", "POST"])
def contact_new(request: MemberRequest, workplace_id: int) -> HttpResponseBase:
    """Add a person to call."""
    registered = queries.get_workplace(request.actor.own_organisation_id, workplace_id)
    form = ContactForm(request.POST or None)
    if taken(form, lambda: actions.add_contact(request.actor, workplace_id, form.details())):
        messages.success(request, _("담당자를 등록했습니다."))
        return redirect("factory:workplace", workplace_id)
    context: dict[str, object] = {"form": form, "workplace": registered}
    return shown(request, "factory/workplaces/contact.html", context, refused=bool(form.errors))


@own("registry:workplace:edit")
@require_POST
def contact_remove(request: MemberRequest, workplace_id: int, contact_id: int) -> HttpResponseBase:
    """Remove a person to call."""
    contacts = queries.list_contacts(request.actor.own_organisation_id, workplace_id)
    if contact_id not in {contact.id for contact in contacts}:
        raise Http404
    actions.remove_contact(request.actor, contact_id)
    messages.success(request, _("담당자를 지웠습니다."))
    return redirect("factory:workplace", workplace_id)
