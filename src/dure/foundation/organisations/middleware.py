"""Finds in which organisation and role the signed-in person acts now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.queries import find_actor

SESSION_KEY = "membership"


class CurrentMembershipMiddleware:
    """Sets `request.actor` from the membership chosen in the session, else the first one.

    Read anew on each request, so an ended membership stops at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor_of(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    return find_actor(request.user.pk, request.session.get(SESSION_KEY))
