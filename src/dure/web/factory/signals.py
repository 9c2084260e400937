"""One signal: its chart between two instants, the same figures as a table, and all its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.kernel.text import Text
from dure.programme.registry import queries as registry
from dure.programme.streams import queries
from dure.programme.streams.queries import ChartView, SignalView
from dure.web import words
from dure.web.factory.own import own, shown

_PIXELS = 1_200
_MOST_PIXELS = 4_000
_MICROS = 1_000_000
_RANGES: tuple[tuple[str | Promise, timedelta], ...] = (
    (_("1시간"), timedelta(hours=1)),
    (_("1일"), timedelta(days=1)),
    (_("7일"), timedelta(days=7)),
    (_("30일"), timedelta(days=30)),
)


class RangeError(DureError):
    """The range asked for is not written as one."""

    def __init__(self) -> None:
        super().__init__(
            Text("기간을 읽을 수 없습니다."),
            Text("시작과 끝을 다시 고르거나 '전체'를 눌러 주세요."),
        )


@dataclass(frozen=True, slots=True)
class RangeLink:
    """A stretch one can jump to; `query` is what follows the `?`, empty for everything."""

    label: str | Promise
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Whose signal it is, and where its page and its points are asked for."""

    organisation_id: int
    workplace_id: int
    page_url: str
    data_url: str


@own("streams:reading:view")
@require_safe
def signal(request: MemberRequest, workplace_id: int, series_id: str) -> HttpResponse:
    """The page of a signal; `?from=…&to=…` are Korean local times, or row numbers from 0."""
    place = _own_place(request, workplace_id, series_id)
    found = queries.get_signal(place.organisation_id, workplace_id, series_id)
    workplace = registry.get_workplace(place.organisation_id, workplace_id)
    context = {"workplace": workplace} | signal_context(request.GET, place, found)
    return shown(request, "factory/signals/page.html", context, refused="problem" in context)


@own("streams:reading:view")
@require_safe
def signal_data(request: MemberRequest, workplace_id: int, series_id: str) -> HttpResponse:
    """The chart's points: seconds since 1970 UTC (or row numbers), lowest and highest per pixel."""
    place = _own_place(request, workplace_id, series_id)
    found = queries.get_signal(place.organisation_id, workplace_id, series_id)
    return chart_points(request.GET, place, found)


def signal_context(query: Mapping[str, str], place: Place, found: SignalView) -> dict[str, object]:
    """What a page shows of a signal; with `problem` where the range asked for is refused."""
    context: dict[str, object] = {
        "signal": found,
        "page_url": place.page_url,
        "data_url": place.data_url,
    }
    where = (place.organisation_id, place.workplace_id, found.series_id)
    if found.is_words:
        return context | {"words": queries.count_words(*where)}
    try:
        drawn = _chart(query, place, found, _PIXELS)
    except DureError as error:
        context["problem"] = error
        drawn = queries.chart(*where, pixels=_PIXELS)
    return context | _chart_context(drawn)


def chart_points(query: Mapping[str, str], place: Place, found: SignalView) -> JsonResponse:
    """The points of a signal's chart, as `signal_data` says."""
    asked = query.get("width", "")
    pixels = min(int(asked), _MOST_PIXELS) if asked.isdecimal() and int(asked) else _PIXELS
    try:
        drawn = _chart(query, place, found, pixels)
    except DureError as error:
        return JsonResponse({"error": words.said(error.text)}, status=422)
    scale = _MICROS if drawn.timed else 1
    return JsonResponse(
        {
            "timed": drawn.timed,
            "unit": found.unit,
            "from": drawn.start / scale,
            "to": drawn.end / scale,
            "at": [at / scale for at in drawn.at],
            "low": drawn.low,
            "high": drawn.high,
            "gaps": [[gap.start / scale, gap.end / scale] for gap in drawn.gaps],
        }
    )


@own("streams:reading:view")
@require_safe
def signal_csv(request: MemberRequest, workplace_id: int, series_id: str) -> HttpResponseBase:
    """Every value of the signal, streamed."""
    organisation_id = request.actor.own_organisation_id
    found = queries.get_signal(organisation_id, workplace_id, series_id)
    response = StreamingHttpResponse(
        queries.export_csv(organisation_id, workplace_id, series_id),
        content_type="text/csv; charset=utf-8",
    )
    name = quote(f"{found.table}-{found.tag}.csv")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _own_place(request: MemberRequest, workplace_id: int, series_id: str) -> Place:
    address = (workplace_id, series_id)
    return Place(
        organisation_id=request.actor.own_organisation_id,
        workplace_id=workplace_id,
        page_url=reverse("factory:signal", args=address),
        data_url=reverse("factory:signal-data", args=address),
    )


def _chart(query: Mapping[str, str], place: Place, found: SignalView, pixels: int) -> ChartView:
    start, end = _range(query, timed=found.first_at is not None)
    return queries.chart(
        place.organisation_id,
        place.workplace_id,
        found.series_id,
        start=start,
        end=end,
        pixels=pixels,
    )


def _range(query: Mapping[str, str], *, timed: bool) -> tuple[int | None, int | None]:
    return _position(query.get("from", ""), timed=timed), _position(
        query.get("to", ""), timed=timed
    )


def _position(text: str, *, timed: bool) -> int | None:
    """Microseconds since 1970 UTC of a local time, or a row number; None for an empty text."""
    if not text:
        return None
    try:
        if not timed:
            return int(text)
        moment = datetime.fromisoformat(text)
        local = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return round(local.timestamp() * _MICROS)
    except (ValueError, OverflowError, OSError) as unreadable:
        raise RangeError from unreadable


def _chart_context(drawn: ChartView) -> dict[str, Any]:
    shown_range = (drawn.start, drawn.end)
    whole = shown_range == (drawn.full_start, drawn.full_end)
    context: dict[str, Any] = {
        "chart": drawn,
        "whole": whole,
        "rows": [
            {"at": _moment(row.start) if drawn.timed else row.start + 1, "row": row}
            for row in drawn.rows
        ],
        "ranges": _ranges(drawn, whole=whole),
        "query": "" if whole else _query(drawn, *shown_range),
    }
    if drawn.timed:
        context |= {
            "start": _moment(drawn.start),
            "end": _moment(drawn.end - 1),
            "start_text": _written(drawn.start, "seconds"),
            "end_text": _written(_next(drawn.end, _MICROS), "seconds"),
        }
    return context


def _ranges(drawn: ChartView, *, whole: bool) -> list[RangeLink]:
    """Everything, and the last hour, day … of the data where they are shorter than that."""
    links = [RangeLink(_("전체"), "", whole)]
    if not drawn.timed:
        return links
    for label, length in reversed(_RANGES):
        start = drawn.full_end - int(length.total_seconds()) * _MICROS
        if start > drawn.full_start:
            query = _query(drawn, start, drawn.full_end)
            links.append(RangeLink(label, query, query == _query(drawn, drawn.start, drawn.end)))
    return links


def _query(drawn: ChartView, start: int, end: int) -> str:
    if not drawn.timed:
        return f"from={start}&to={end}"
    return f"from={_written(start)}&to={_written(_next(end, 1_000))}"


def _written(micros: int, exactness: str = "milliseconds") -> str:
    """A local time as addresses and date fields write it."""
    local = timezone.localtime(_moment(micros)).replace(tzinfo=None)
    return local.isoformat(timespec=exactness)


def _next(micros: int, unit: int) -> int:
    """An end that leaves no value out when it is written to whole units."""
    return -(-micros // unit) * unit


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / _MICROS, tz=timezone.get_default_timezone())
