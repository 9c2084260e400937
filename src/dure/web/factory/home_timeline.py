"""What has happened to a workplace's evidence, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.web import words
from dure.web.factory.home_facts import HomeFacts
from dure.web.status import status_of

_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """Something that happened, for `parts/timeline.html`."""

    at: datetime
    title: str
    detail: str = ""
    kind: str = ""
    state: str = ""
    url: str = ""
    url_label: str = ""
    position: str = ""


def timeline(facts: HomeFacts) -> tuple[TimelineItem, ...]:
    """Measurements, imports and applications."""
    items = [*_measured(facts), *_imported(facts), *_applied(facts)]
    return tuple(sorted(items, key=lambda item: item.at, reverse=True)[:_SHOWN])


def _measured(facts: HomeFacts) -> list[TimelineItem]:
    return [
        TimelineItem(
            at=row.measured_at,
            title=_("데이터로 수준 측정: {level}").format(
                level=status_of("level", row.system_level).label
            ),
            detail=_("근거가 된 파일이 되돌려졌습니다.") if row.rests_on_undone else "",
            kind="grade",
            state=row.grade,
            url=reverse("factory:level-measurement", args=(row.workplace_id, row.id)),
            url_label=_("무엇을 근거로 쟀나요"),
        )
        for row in facts.history
    ]


def _imported(facts: HomeFacts) -> list[TimelineItem]:
    return [
        TimelineItem(
            at=row.finished_at,
            title=_("데이터 {rows:,}행 가져옴").format(rows=row.rows_accepted),
            detail=row.name,
            url=reverse("factory:import", args=(row.id,)),
            url_label=_("원자료 보기"),
        )
        for row in facts.loaded
        if row.finished_at is not None
    ]


def _applied(facts: HomeFacts) -> list[TimelineItem]:
    return [
        TimelineItem(
            at=row.submitted_at,
            title=_("신청서 제출"),
            detail=words.named(row.title),
            url=reverse("factory:application-status", args=(row.id,)),
            url_label=_("신청 상태 보기"),
        )
        for row in facts.applications
        if row.submitted_at is not None
    ]
