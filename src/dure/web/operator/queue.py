"""The review queue: stages, filters in the address, and the same rows as a file."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dure.engines.lake.quarantine import safe_cell
from dure.foundation.organisations.access import MemberRequest, requires
from dure.foundation.organisations.roles import is_granted
from dure.programme.support import queries
from dure.programme.support.queries import QueueRow
from dure.web.operator.assigning import last_batch, reviewers_of
from dure.web.operator.pages import page_links
from dure.web.operator.queue_filters import Wanted, wanted_of
from dure.web.status import status_of
from dure.web.words import named, said

VIEW = "support:case:view"
ASSIGN = "support:case:assign"


@requires(VIEW)
@require_GET
def queue(request: MemberRequest) -> HttpResponse:
    """A page of the queue, nearest deadline first; htmx gets the part that changes."""
    wanted = wanted_from(request)
    page = queries.list_queue(wanted.filter, page=wanted.page)
    context = {
        "wide": True,
        "ops_here": "queue",
        "page": page,
        "pages": page_links(page.number, page.pages, wanted.page_url),
        "previous_url": wanted.page_url(page.previous) if page.previous else "",
        "next_url": wanted.page_url(page.next) if page.next else "",
        "back_url": wanted.url,
        "tabs": wanted.tabs(page),
        "stage": wanted.stage,
        "filter_form": wanted.form,
        "chips": wanted.chips(),
        "clear_url": wanted.clear_url,
        "query": wanted.query,
        "csv_url": _with_query(reverse("operator:queue-csv"), wanted.query),
        "may_assign": is_granted(request.actor.role, ASSIGN),
        "assignees": reviewers_of(request.actor),
        "batch": last_batch(request),
    }
    template = "operator/_queue.html" if _is_part(request) else "operator/queue.html"
    response = render(request, template, context)
    # The address bar shows what narrows, without the filters left empty.
    response.headers["HX-Push-Url"] = wanted.url
    patch_vary_headers(response, ["HX-Request"])
    return response


@requires(VIEW)
@require_GET
def queue_csv(request: MemberRequest) -> HttpResponse:
    """Every row of the filtered queue, with a byte-order mark for spreadsheets."""
    rows = queries.list_queue_rows(wanted_from(request).filter)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"dure-queue-{timezone.localdate():%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    sheet = csv.writer(response)
    sheet.writerow(_header())
    sheet.writerows([safe_cell(value) for value in _values(row)] for row in rows)
    return response


def wanted_from(request: MemberRequest) -> Wanted:
    """What this address asks of the queue."""
    return wanted_of(request.GET, queries.queue_options(request.actor.own_organisation_id))


def _header() -> list[str]:
    return [
        _("신청 번호"),
        _("신청 기업"),
        _("사업장"),
        _("시도"),
        _("사업"),
        _("지원유형"),
        _("정부지원금(원)"),
        _("상태"),
        _("제출일"),
        _("처리 기한"),
        _("담당"),
        _("확인할 점"),
    ]


def _values(row: QueueRow) -> list[str]:
    return [
        row.number,
        row.firm_name,
        row.workplace_name,
        named(row.province),
        named(row.programme),
        named(row.tier),
        str(row.government_krw),
        str(status_of("application", row.state).label),
        timezone.localtime(row.submitted_at).date().isoformat(),
        row.due_on.isoformat() if row.due_on else "",
        row.assignee,
        ", ".join(said(flag) for flag in row.flags),
    ]


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def _is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in history needs the whole."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request
