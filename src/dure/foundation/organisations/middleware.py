"""Finds in which organisation and role the signed-in person acts now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.models import Membership

SESSION_KEY = "membership"


class CurrentMembershipMiddleware:
    """Sets `request.actor` from the membership chosen in the session, else the first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor_of(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    memberships = list(
        Membership.objects.filter(user=request.user, ended_at=None)
        .select_related("organisation")
        .order_by("id")
    )
    if not memberships:
        return None
    chosen = next((m for m in memberships if m.id == request.session.get(SESSION_KEY)), None)
    membership = chosen or memberships[0]
    return Actor(
        label=str(request.user),
        role=membership.role,
        user_id=request.user.pk,
        organisation_id=membership.organisation_id,
    )
