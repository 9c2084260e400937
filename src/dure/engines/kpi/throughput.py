"""사이클타임 and 시간당 생산량: how fast products come, where rows are products."""

import re
from collections.abc import Sequence

import numpy as np

from dure.engines.kpi.cadence import DAY, SECOND, Cadence
from dure.engines.kpi.frames import NumberColumn
from dure.engines.kpi.indicator import (
    CLOCKED_SHARE,
    Direction,
    Floats,
    KpiValue,
    Table,
    undefined,
)
from dure.engines.kpi.outcome import read_outcome
from dure.engines.lake.series import ColumnRole
from dure.kernel.text import Text

# The catalogue gathers what stands in a Text; pages and terminal say the unit by it.
_SECONDS = Text("초").source
_PER_HOUR = Text("개/시간").source
_CYCLE_TIME = Text("사이클타임(중앙값)")
_HOURLY_OUTPUT = Text("시간당 생산량")
_CYCLE = re.compile(r"cycle.?time|사이클|싸이클|(?<![a-z])c/?t(?![a-z])", re.IGNORECASE)
_MADE = re.compile(r"총|total|생산량|생산수|produced|output", re.IGNORECASE)
_PER = re.compile(r"per|당|rate|률", re.IGNORECASE)
# Orders, deliveries and people are records too, but nothing leaves a machine with them.
_NOT_MADE = re.compile(
    r"customer|supplier|sales.?order|employee|고객|거래처|공급(사|업체)|수주|발주|사원",
    re.IGNORECASE,
)
_ONE_EACH = 0.5


def cycle_time(tables: Sequence[Table]) -> KpiValue:
    """Median of a cycle-time column, else of the time between products."""
    columns = [c for table in tables for c in table.frame.numbers if _CYCLE.search(c.info.name)]
    columns = [c for c in columns if c.filled > 0 and c.info.role is ColumnRole.READING]
    if columns:
        # A product's cycle holds the machine's; where both are given the product's is meant.
        chosen = max(columns, key=lambda c: ("product" in c.info.name.casefold(), c.filled))
        return _cycle_of_column(chosen)
    for table in tables:
        if table.cadence is not None and _rows_are_products(table):
            return _cycle_of_rows(table, table.cadence)
    reason = _why_no_products(tables)
    return undefined("cycle_time", _CYCLE_TIME, _SECONDS, Direction.DOWN, reason)


def _cycle_of_column(column: NumberColumn) -> KpiValue:
    values = column.values[np.isfinite(column.values)]
    low, high = _median_bounds(values, len(column.values) - len(values))
    unit = column.info.unit
    basis = Text(
        "{name} 열의 값 {count:,}개의 중앙값.{note}",
        {
            "name": column.info.name,
            "count": len(values),
            "note": "" if unit else Text(" 단위가 파일에 적혀 있지 않습니다."),
        },
    )
    return KpiValue(
        "cycle_time",
        _CYCLE_TIME,
        float(np.median(values)),
        low,
        high,
        unit,
        Direction.DOWN,
        basis,
        (column.info.id,),
    )


def _median_bounds(values: Floats, missing: int) -> tuple[float, float]:
    """Where the median may lie if the missing values were all small, or all large."""
    ordered = np.sort(values)
    middle = (len(ordered) - 1) / 2
    low = max(0, int(np.floor(middle - missing / 2)))
    high = min(len(ordered) - 1, int(np.ceil(middle + missing / 2)))
    return float(ordered[low]), float(ordered[high])


def _cycle_of_rows(table: Table, cadence: Cadence) -> KpiValue:
    basis = Text(
        "{frame}: 생산 기록 {rows:,}행의 시각 간격 중앙값(앞뒤 간격에서 쉬는 시간 포함 전).",
        {"frame": table.frame.name, "rows": cadence.rows},
    )
    seconds, cut = cadence.step_seconds, cadence.resolution / SECOND
    return KpiValue(
        "cycle_time",
        _CYCLE_TIME,
        seconds,
        seconds - cut if cut >= 1 else seconds,
        seconds + cut if cut >= 1 else seconds,
        _SECONDS,
        Direction.DOWN,
        basis,
        table.frame.series_ids[:1],
    )


def hourly_output(tables: Sequence[Table]) -> KpiValue:
    """Products per hour without pauses; the lower bound counts pauses as running."""
    for table in tables:
        cadence = table.cadence
        if cadence is None or not cadence.places_rows or cadence.resolution >= DAY:
            continue
        produced = _produced(table)
        if produced is None:
            continue
        amount, series, what = produced
        hours = cadence.span_seconds / 3600
        running = hours * (1 - cadence.gap_share)
        basis = Text(
            "{what} ÷ 가동 {running:,.1f}시간. 기록이 끊긴 시간까지 넣으면(전체 {hours:,.1f}시간) "
            "아래 값입니다.",
            {"what": what, "running": running, "hours": hours},
        )
        return KpiValue(
            "hourly_output",
            _HOURLY_OUTPUT,
            amount / running,
            amount / hours,
            amount / running,
            _PER_HOUR,
            Direction.UP,
            basis,
            series,
        )
    reason = _why_no_products(tables)
    return undefined("hourly_output", _HOURLY_OUTPUT, _PER_HOUR, Direction.UP, reason)


def _produced(table: Table) -> tuple[float, tuple[str, ...], Text] | None:
    counts = [
        column
        for column in table.frame.numbers
        if column.info.role is ColumnRole.COUNT
        and _MADE.search(column.info.name)
        and not _PER.search(column.info.name)
        and not column.steady_step
    ]
    if counts and not table.frame.is_sampled:
        amount = float(np.nansum(counts[0].values))
        what = Text("{name} 합계 {amount:,.0f}", {"name": counts[0].info.name, "amount": amount})
        return amount, (counts[0].info.id,), what
    if not _rows_are_products(table):
        return None
    what = Text("생산 기록 {rows:,}행", {"rows": table.frame.rows})
    return float(table.frame.rows), table.frame.series_ids[:1], what


def _rows_are_products(table: Table) -> bool:
    """One row per product or lot: judged or identified one by one, and not by a sampling clock."""
    cadence = table.cadence
    if cadence is None or not cadence.places_rows or cadence.exact_share >= CLOCKED_SHARE:
        return False
    if cadence.resolution >= DAY or any(_NOT_MADE.search(i.name) for i in table.frame.infos):
        return False
    return any(
        (column.info.role is ColumnRole.LABEL and read_outcome(column) is not None)
        or (column.info.role is ColumnRole.LOT and column.distinct >= _ONE_EACH * table.frame.rows)
        for column in table.frame.words
    )


def _why_no_products(tables: Sequence[Table]) -> Text:
    timed = [table.cadence for table in tables if table.cadence is not None]
    if not timed:
        return Text("시각 열이 없어 계산할 수 없습니다.")
    if all(not c.places_rows or c.resolution >= DAY for c in timed):
        return Text("시각이 날짜까지만 있어 계산할 수 없습니다.")
    return Text(
        "한 행이 제품 하나인지 파일에서 알 수 없어 계산하지 않았습니다(로트·바코드나 판정 열이 "
        "필요합니다)."
    )
