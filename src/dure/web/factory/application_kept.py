"""What was typed outlives the end of a session: kept while signing in, given back after.

The values wait in the visitor's own (anonymous) session under the address they were typed at.
They are shown again only on that page, which checks as always whose application it is.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse

from dure.foundation.organisations.access import View

SESSION_KEY = "kept_form"
# A visitor who is not signed in may fill no more of the session table than a long form needs.
MOST_CHARACTERS = 400_000
_NEVER_KEPT = ("csrfmiddlewaretoken", "go")

P = ParamSpec("P")


def kept_over_login(page: str) -> Callable[[View[P]], View[P]]:
    """Keep what an anonymous POST carries; `page` names the URL of the form, same arguments.

    A plain POST goes on to the login page. One by htmx gets a line that says what happened,
    so that the form stays on the screen.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.user.is_authenticated or request.method != "POST":
                return view(request, *args, **kwargs)
            address = reverse(page, kwargs=kwargs)
            _keep(request, address)
            login = redirect_to_login(address)
            if getattr(request, "htmx", False):
                return render(
                    request, "factory/applications/_signed_out.html", {"login_url": login.url}
                )
            return login

        return checked

    return decorate


def take_kept(request: HttpRequest) -> QueryDict | None:
    """What was typed at this very address before the session ended; given back once."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["at"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["data"])


def _keep(request: HttpRequest, address: str) -> None:
    data = request.POST.copy()
    for name in _NEVER_KEPT:
        data.pop(name, None)
    encoded = data.urlencode()
    if len(encoded) <= MOST_CHARACTERS:
        request.session[SESSION_KEY] = {"at": address, "data": encoded}
