"""Lists of signals: found by words, page by page, and as a CSV."""

import csv
import io
from collections.abc import Mapping, Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.engines.lake.quarantine import safe_cell
from dure.programme.streams.queries import SignalView
from dure.web.templatetags.data import role_name

PAGE_SIGNALS = 50


def signals_page(signals: Sequence[SignalView], query: Mapping[str, str]) -> dict[str, object]:
    """One page of the signals whose name, tag, unit or machine holds the words of `q`."""
    words = query.get("q", "").strip()
    found = [signal for signal in signals if words.casefold() in _words_of(signal)]
    page = Paginator(found, PAGE_SIGNALS).get_page(query.get("page"))
    return {
        "signals": page.object_list,
        "page": page,
        "words": words,
        "found": len(found),
        "all_signals": len(signals),
    }


def signals_csv(signals: Sequence[SignalView], name: str) -> HttpResponse:
    """All signals with their health; a spreadsheet opens it safely."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        [
            _("신호"),
            _("태그"),
            _("단위"),
            _("쓰임"),
            _("설비"),
            _("행"),
            _("값이 있는 행"),
            _("가장 낮은 값"),
            _("가장 높은 값"),
            _("수집 간격(초)"),
            _("끊김(곳)"),
            _("끊김 합계(초)"),
            _("첫 시각"),
            _("끝 시각"),
        ]
    )
    for signal in signals:
        writer.writerow([safe_cell(cell) for cell in _line(signal)])
    content = out.getvalue().encode("utf-8-sig")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _line(signal: SignalView) -> list[str]:
    figures = (
        signal.rows,
        signal.filled,
        signal.minimum,
        signal.maximum,
        signal.cadence_seconds,
        signal.gap_count,
        signal.gap_seconds,
    )
    return [
        signal.name,
        signal.tag,
        signal.unit,
        role_name(signal.role),
        signal.equipment,
        *("" if figure is None else f"{figure:.15g}" for figure in figures),
        *(
            "" if at is None else f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"
            for at in (signal.first_at, signal.last_at)
        ),
    ]


def _words_of(signal: SignalView) -> str:
    return f"{signal.name} {signal.tag} {signal.unit} {signal.equipment}".casefold()
