"""The pages without a form of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dure.foundation.organisations.access import public
from dure.web.public.help_topics import TOPICS, WORDS

# Public pages are for everyone; what belongs to one firm is of no use to a search engine.
ROBOTS = (
    "User-agent: *\nDisallow: /my/\nDisallow: /ops/\nDisallow: /accounts/\nDisallow: /verify/\n"
)


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do in which order, what the words mean, and where to ask."""
    return render(request, "public/help.html", {"topics": TOPICS, "words": WORDS})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a person, and for how long."""
    return render(request, "public/privacy.html", {"heading": _("개인정보 처리방침")})


@public
def terms(request: HttpRequest) -> HttpResponse:
    """What this trial is and is not."""
    return render(request, "public/terms.html", {"heading": _("이용약관")})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is checked, what is not, and how to say what does not work."""
    return render(request, "public/accessibility.html", {"heading": _("접근성 안내")})


@public
def robots(_request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
