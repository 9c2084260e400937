"""What waits for a reviewer today."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dure.foundation.organisations.access import MemberRequest, requires
from dure.programme.support import queries
from dure.programme.support.queries import QueueFilter
from dure.web.operator.queue import VIEW

_ROWS = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """How many cases need one kind of attention, and where they are; `tone` only above zero."""

    label: str
    count: int
    url: str
    tone: str
    note: str


@requires(VIEW)
@require_GET
def today(request: MemberRequest) -> HttpResponse:
    """Counts of what is late, due and unassigned, and one's own cases by deadline."""
    mine = QueueFilter(stage="submitted", assignee=str(request.actor.user_id))
    page = queries.list_queue(mine)
    context = {
        "wide": True,
        "ops_here": "today",
        "tiles": _tiles(),
        "rows": page.rows[:_ROWS],
        "mine": page.total,
        "mine_url": _address(stage=mine.stage, assignee=mine.assignee),
    }
    return render(request, "operator/today.html", context)


def _tiles() -> list[Tile]:
    return [
        _tile(_("기한이 지난 신청"), "danger", _("먼저 처리해 주세요"), due="overdue"),
        _tile(_("오늘까지인 신청"), "warning", _("오늘 안에 결정해야 합니다"), due="today"),
        _tile(_("담당이 없는 신청"), "warning", _("담당을 정해 주세요"), assignee="none"),
        _tile(
            _("보완을 기다리는 신청"),
            "neutral",
            _("신청인이 고치고 있습니다"),
            stage="supplement_requested",
        ),
        _tile(
            _("보완 기한이 지난 신청"),
            "danger",
            _("다시 요청하거나 결정할 수 있습니다"),
            stage="supplement_requested",
            due="overdue",
        ),
    ]


def _tile(label: str, tone: str, note: str, **asked: str) -> Tile:
    wanted = {"stage": "submitted"} | asked
    count = queries.count_cases(QueueFilter(**wanted))
    return Tile(label, count, _address(**wanted), tone if count else "neutral", note)


def _address(**asked: str) -> str:
    return f"{reverse('operator:queue')}?{urlencode(asked)}"
