"""Search over everything public: programmes, help topics, words and pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dure.foundation.organisations.access import public
from dure.web.public.search_index import entries
from dure.web.public.search_words import find

LONGEST = 100


@public
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What holds every word of `?q=`, titles first."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    hits = find(query, entries()) if query else ()
    return render(request, "public/search.html", {"query": query, "hits": hits})
