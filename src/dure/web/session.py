"""How long a sign-in lasts: from the last request, with a warning and a way to extend it."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

RENEWED = "renewed_at"
# Writing the session at each request would take the database's write lock for every page.
RENEW_EVERY_SECONDS = 60


class SessionRenewalMiddleware:
    """Lets a signed-in session live on while its pages are used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_due(request):
            request.session[RENEWED] = int(time.time())
        return self.get_response(request)


def seconds_left() -> int:
    """After how many seconds without a request a page may count on being signed out."""
    return int(settings.SESSION_COOKIE_AGE) - RENEW_EVERY_SECONDS


def _is_due(request: HttpRequest) -> bool:
    renewed_at = request.session.get(RENEWED, 0)
    return bool(time.time() - renewed_at >= RENEW_EVERY_SECONDS)
