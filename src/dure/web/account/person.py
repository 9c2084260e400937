"""One's own account: name, sign-in, roles; and staying signed in."""

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation.accounts.actions import rename_person
from dure.foundation.accounts.models import User
from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires
from dure.foundation.organisations.roles import is_granted
from dure.web.account.members import VIEW
from dure.web.account.names import NameField
from dure.web.landing import landing_of
from dure.web.session import RENEWED


class NameForm(forms.Form):
    """How the person is called."""

    name = NameField()


@requires(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    """The sign-in settings and the roles one holds; a POST changes the name."""
    user = User.objects.get(pk=int(request.user.pk or 0))
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        rename_person(user.id, form.cleaned_data["name"])
        messages.success(request, _("이름을 바꿨습니다."))
        return redirect("account:settings")
    context = {
        "form": form,
        "two_step": is_mfa_enabled(request.user),
        "may_see_members": bool(request.actor) and is_granted(request.actor.role, VIEW),
    }
    return render(request, "account/settings.html", context, status=422 if form.errors else 200)


@requires(SIGNED_IN)
@require_POST
def extend_session(request: MemberRequest) -> HttpResponse:
    """Stay signed in: a script gets 204, a plain form goes on to the first page."""
    request.session.pop(RENEWED, None)
    request.session.modified = True
    wants_page = "text/html" in request.headers.get("Accept", "")
    return redirect(landing_of(request.actor)) if wants_page else HttpResponse(status=204)
