"""What the engines found in an import, as the database keeps it."""

from datetime import UTC, datetime
from typing import Any

from dure.engines.kpi.indicator import KpiValue
from dure.engines.lake.findings import Finding
from dure.engines.lake.series import ColumnRole, SeriesInfo, SiteData
from dure.engines.levels.health import Rhythm, SeriesHealth, number_health, rhythm_of, text_health
from dure.foundation.sentences import sentence_to_json
from dure.programme.streams.models import Import, ImportedSeries

_WORDS = frozenset({ColumnRole.LABEL, ColumnRole.LOT})


def record_series(row: Import, data: SiteData) -> list[ImportedSeries]:
    """One record per series; series of one frame share their times, so its rhythm is kept."""
    rhythms: dict[str, Rhythm] = {}
    return [
        _record(row, position, info, data, rhythms)
        for position, info in enumerate(data.list_series())
    ]


def _record(
    row: Import, position: int, info: SeriesInfo, data: SiteData, rhythms: dict[str, Rhythm]
) -> ImportedSeries:
    health = _health(info, data, rhythms)
    rhythm = rhythms[info.frame]
    longest = rhythm.gaps[0] if rhythm.gaps else None
    timed = rhythm.cadence_seconds is not None
    return ImportedSeries(
        source=row,
        series_id=info.id,
        position=position,
        tag=info.tag,
        name=info.name,
        unit=info.unit,
        role=info.role.value,
        rows=health.rows,
        filled=health.filled,
        first_at=instant_of(info.first),
        last_at=instant_of(info.last),
        minimum=health.minimum,
        maximum=health.maximum,
        is_constant=health.is_constant,
        words=health.words,
        cadence_seconds=rhythm.cadence_seconds,
        gap_count=len(rhythm.gaps) if timed else None,
        gap_seconds=rhythm.gap_seconds if timed else None,
        longest_gap_at=instant_of(longest.start) if longest else None,
        longest_gap_seconds=longest.seconds if longest else None,
    )


def _health(info: SeriesInfo, data: SiteData, rhythms: dict[str, Rhythm]) -> SeriesHealth:
    if info.role in _WORDS:
        words = data.read_text(info.id)
        times, health = words.times, text_health(words)
    else:
        numbers = data.read(info.id)
        times, health = numbers.times, number_health(numbers)
    if info.frame not in rhythms:
        rhythms[info.frame] = rhythm_of(times)
    return health


def instant_of(micros: int | None) -> datetime | None:
    """An instant from microseconds since 1970 UTC."""
    return None if micros is None else datetime.fromtimestamp(micros / 1_000_000, tz=UTC)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A remark of the lake, readable again in any language."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "text": sentence_to_json(finding.text),
        "column": finding.column,
        "rows": list(finding.rows),
    }


def kpi_to_json(value: KpiValue) -> dict[str, Any]:
    """A first indicator, readable again in any language."""
    return {
        "key": value.key,
        "name": sentence_to_json(value.name),
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
        "direction": str(value.direction),
        "basis": sentence_to_json(value.basis),
        "series": list(value.series),
    }
