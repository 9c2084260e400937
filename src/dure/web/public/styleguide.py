"""Every part on one page, in both modes; the accessibility test scans it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dure.foundation.organisations.access import public
from dure.web.public.styleguide_samples import samples


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """All parts, filled with examples."""
    return render(request, "public/styleguide.html", samples())
