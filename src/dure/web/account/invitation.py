"""Taking up an invitation: by the link alone, signed in or signing up first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.foundation.organisations import actions
from dure.foundation.organisations.access import public
from dure.foundation.organisations.invitations import accept_invitation
from dure.foundation.organisations.queries import (
    InvitationView,
    find_invitation,
    list_memberships,
)
from dure.kernel.errors import DureError
from dure.web.account.adapter import INVITED
from dure.web.landing import landing_of
from dure.web.limits import limited


@public
@require_http_methods(["GET", "POST"])
@limited("invitation", times=60, seconds=300)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and the button that accepts it."""
    offer = find_invitation(token)
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, token, offer)
    if offer is not None and offer.is_open and not request.user.is_authenticated:
        # The link came by mail to this address: signing up with it needs no second proof.
        request.session[INVITED] = offer.email
    return _page(request, offer)


def _accept(request: HttpRequest, token: str, offer: InvitationView | None) -> HttpResponse:
    user_id = int(request.user.pk or 0)
    try:
        actor = accept_invitation(token, user_id=user_id)
    except DureError as problem:
        return _page(request, offer, problem=problem)
    joined = (actor.organisation_id, actor.role)
    membership = next(m for m in list_memberships(user_id) if (m.organisation_id, m.role) == joined)
    actions.switch_role(request, membership.id)
    messages.success(request, _("초대를 수락했습니다. 지금부터 이 역할로 일합니다."))
    return redirect(landing_of(actor))


def _page(
    request: HttpRequest, offer: InvitationView | None, *, problem: DureError | None = None
) -> HttpResponse:
    is_open = offer is not None and offer.is_open
    is_mine = offer is not None and getattr(request.user, "email", None) == offer.email
    context = {"offer": offer, "is_open": is_open, "is_mine": is_mine, "problem": problem}
    status = 422 if problem else 200 if is_open else 410
    return render(request, "account/invitation.html", context, status=status)
