"""One signal: its chart between two instants, the same figures as a table, and all its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
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


@own("streams:reading:view")
@require_safe
def signal(request: MemberRequest, workplace_id: int, series_id: str) -> HttpResponse:
    """The page of a signal; `?from=…&to=…` are Korean local times, or row numbers from 0."""
    organisation_id = request.actor.own_organisation_id
    found = queries.get_signal(organisation_id, workplace_id, series_id)
    context: dict[str, object] = {
        "signal": found,
        "workplace": registry.get_workplace(organisation_id, workplace_id),
    }
    refused = False
    if found.is_words:
        context["words"] = queries.count_words(organisation_id, workplace_id, series_id)
    else:
        try:
            drawn = _chart(request, workplace_id, found, _PIXELS)
        except DureError as error:
            context["problem"], refused = error, True
            drawn = queries.chart(organisation_id, workplace_id, series_id, pixels=_PIXELS)
        context |= _chart_context(drawn)
    return shown(request, "factory/signals/page.html", context, refused=refused)


@own("streams:reading:view")
@require_safe
def signal_data(request: MemberRequest, workplace_id: int, series_id: str) -> HttpResponse:
    """The chart's points: seconds since 1970 UTC (or row numbers), lowest and highest per pixel."""
    found = queries.get_signal(request.actor.own_organisation_id, workplace_id, series_id)
    asked = request.GET.get("width", "")
    pixels = min(int(asked), _MOST_PIXELS) if asked.isdecimal() and int(asked) else _PIXELS
    try:
        drawn = _chart(request, workplace_id, found, pixels)
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


def _chart(request: MemberRequest, workplace_id: int, found: SignalView, pixels: int) -> ChartView:
    start, end = _range(request.GET, timed=found.first_at is not None)
    return queries.chart(
        request.actor.own_organisation_id,
        workplace_id,
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
