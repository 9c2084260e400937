"""Pages for what went wrong: what happened, and a way out."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dure.foundation.organisations.access import public


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself could not be read; 413 when it was too large to take."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: the role one acts in may not do this."""
    return render(request, "403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: nothing lives at this address (or nothing one may see)."""
    return render(request, "404.html", status=404)


@public
def too_many(request: HttpRequest) -> HttpResponse:
    """429: the same thing asked too often; waiting helps."""
    return render(request, "429.html", status=429)


@public
def server_error(_request: HttpRequest) -> HttpResponse:
    """500: our fault; the page depends on nothing that may have failed."""
    return render(None, "500.html", status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 for a form whose session has ended meanwhile."""
    return render(request, "403_csrf.html", status=403)
