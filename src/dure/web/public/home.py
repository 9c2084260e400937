"""The first page and the figures it shows."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dure.foundation.organisations.access import public
from dure.web.public.chart import bar_chart
from dure.web.public.open_calls import current_lines
from dure.web.public.policy_today import the_policy
from dure.web.public.programmes import all_listed
from dure.web.public.published import published_series
from dure.web.words import named

PUBLISHED = ("factories",)


@public
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, what is open now, and where the nation stands."""
    national = published_series("factories")
    context = {
        "calls": current_lines(timezone.now()),
        "listed": all_listed(the_policy()),
        "national": national,
        "growth": national.last.value - national.previous.value,
        "chart_wide": bar_chart(national, width=1120, height=300, labels=8),
        "chart_narrow": bar_chart(national, width=350, height=260, labels=3),
    }
    return render(request, "public/home.html", context)


@public
def fact_csv(_request: HttpRequest, key: str) -> HttpResponse:
    """A published series as CSV with a byte-order mark, so that spreadsheets read the Korean."""
    if key not in PUBLISHED:
        raise Http404(key)
    series = published_series(key)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="dure-{key}.csv"'
    rows = csv.writer(response)
    rows.writerow(["year", named(series.title), "source"])
    rows.writerows((value.year, value.value, value.source) for value in series.values)
    return response
