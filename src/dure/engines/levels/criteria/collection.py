"""중간1: equipment data that come by themselves, whole, and at once."""

from dataclasses import dataclass, replace

import numpy as np

from dure.engines.kpi.cadence import HOUR, MINUTE, Cadence, measure_cadence
from dure.engines.kpi.frames import NumberColumn
from dure.engines.kpi.indicator import Table
from dure.engines.levels.counters import find_counter
from dure.engines.levels.evidence import (
    Evidence,
    Reply,
    cannot_tell,
    decide,
    ids_of,
    names_of,
    sureness,
)
from dure.kernel.durations import duration_text
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion

# Rows in time order forwards or backwards; anything between is neither.
_ORDERED = 0.1


@dataclass(frozen=True, slots=True)
class Collected:
    """A table whose numbers come by a clock, or with each product faster than a person writes.

    Attributes:
        cadence: with the tolerance and pauses of the grid.
        is_clocked: rows come by a clock; else one comes with each product or event.
        values_per_minute: of all signals together while the record runs.
    """

    table: Table
    cadence: Cadence
    signals: tuple[NumberColumn, ...]
    is_clocked: bool
    values_per_minute: float


def automatic_collection(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether enough signals arrive steadily, or faster than anyone could write them down."""
    timed = _timed(evidence, criterion)
    if not timed:
        return _without_times(evidence, _asked(criterion))
    chosen = _collected(timed, criterion)
    # Machines of one kind, or one machine's files, write the same names.
    signals = len({column.info.name for one in chosen for column in one.signals})
    least = criterion.threshold("min_series")
    if not chosen:
        largest = max(timed, key=lambda one: (len(one.signals), one.table.frame.rows))
        return _not_by_itself(evidence, largest, criterion)
    main = max(chosen, key=lambda one: one.table.frame.rows * len(one.signals))
    tables = tuple(one.table for one in chosen)
    columns = tuple(column for one in chosen for column in one.signals)
    return decide(
        signals >= least,
        _found(main, signals, names_of(columns)),
        Text(
            "신호 {least:.0f}개 이상을 함께 모아 주세요(지금 {signals}개).",
            {"least": least, "signals": signals},
        ),
        confidence=_how_steady(main, criterion) * evidence.observed(*tables),
        series=ids_of(columns),
        tables=tables,
    )


def coverage(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether what should have come did come, once and in order."""
    collection = evidence.grid.criterion("automatic_collection")
    timed = _timed(evidence, collection)
    chosen = _collected(timed, collection) or [one for one in timed if one.is_clocked]
    if not chosen:
        return cannot_tell(
            Text("일정하게 들어오는 설비 신호가 없어, 얼마나 빠짐없이 모였는지 알 수 없습니다."),
            Text("설비 신호를 시각과 함께 일정한 주기로 모아 올려 주세요."),
        )
    main = max(chosen, key=lambda one: one.table.frame.rows * len(one.signals))
    filled = sum(column.filled for column in main.signals) / (
        main.table.frame.rows * len(main.signals)
    )
    if main.is_clocked:
        return _clocked_coverage(evidence, criterion, main, filled)
    return _counted_coverage(evidence, criterion, main, filled)


def _timed(evidence: Evidence, criterion: Criterion) -> list[Collected]:
    found = []
    for table in evidence.tables:
        signals = evidence.signals_of(table)
        cadence = measure_cadence(
            table.frame.times,
            evidence.now,
            tolerance=criterion.threshold("interval_tolerance"),
        )
        if cadence is not None and signals:
            running = cadence.span_seconds * (1 - cadence.gap_share) / 60
            values = sum(column.filled for column in signals)
            clocked = (
                cadence.places_rows
                and cadence.regular_share >= criterion.threshold("min_regular")
                and cadence.resolution < HOUR
            )
            found.append(Collected(table, cadence, signals, clocked, values / running))
    return found


def _collected(timed: list[Collected], criterion: Criterion) -> list[Collected]:
    """The tables that come by themselves, with the signals that hold readings enough."""
    least = criterion.threshold("min_readings")
    whole = [
        replace(one, signals=tuple(c for c in one.signals if c.filled >= least))
        for one in timed
        if _comes_by_itself(one, criterion)
    ]
    return [one for one in whole if one.signals]


def _comes_by_itself(one: Collected, criterion: Criterion) -> bool:
    if one.is_clocked:
        return one.cadence.step_seconds <= criterion.threshold("max_interval_seconds")
    # Times cut to the hour or shuffled say nothing of how fast the rows came.
    return (
        one.cadence.resolution <= MINUTE
        and _disorder(one.table) <= _ORDERED
        and one.values_per_minute >= criterion.threshold("min_values_per_minute")
    )


def _how_steady(one: Collected, criterion: Criterion) -> float:
    if one.is_clocked:
        least = criterion.threshold("min_regular")
        return sureness(one.cadence.regular_share, least, one.cadence.moments)
    least = criterion.threshold("min_values_per_minute")
    return min(1.0, one.values_per_minute / (2 * least))


def _asked(criterion: Criterion) -> Text:
    return Text(
        "설비 신호 {series:.0f}개 이상을 시각(초까지)과 함께 {interval}보다 짧은 일정한 주기로, "
        "신호마다 {rows:,.0f}행 이상 모아 주세요.",
        {
            "series": criterion.threshold("min_series"),
            "interval": duration_text(criterion.threshold("max_interval_seconds")),
            "rows": criterion.threshold("min_readings"),
        },
    )


def _without_times(evidence: Evidence, asked: Text) -> Reply:
    columns = tuple(c for table in evidence.tables for c in evidence.signals_of(table))
    if not columns:
        return cannot_tell(Text("설비가 잰 것으로 볼 숫자 신호가 없습니다."), asked)
    return cannot_tell(
        Text(
            "숫자 신호 {count}개({names})가 있지만 시각이 없어, 어떤 주기로 어떻게 모았는지 알 수 "
            "없습니다.",
            {"count": len(columns), "names": names_of(columns)},
        ),
        asked,
        ids_of(columns),
    )


def _not_by_itself(evidence: Evidence, one: Collected, criterion: Criterion) -> Reply:
    if not one.cadence.places_rows:
        return cannot_tell(
            Text(
                "신호 {count}개({names})의 행들이 같은 시각을 나누어 가져 수집 주기를 알 수 "
                "없습니다(한 시각에 보통 {rows:,}행).",
                {
                    "count": len(one.signals),
                    "names": names_of(one.signals),
                    "rows": one.cadence.rows_per_moment,
                },
            ),
            _asked(criterion),
            ids_of(one.signals),
        )
    return decide(
        False,
        Text(
            "신호 {count}개({names})가 보통 {step} 간격으로 {rows:,}행 있고, 간격의 "
            "{regular:.0%}가 일정합니다. {short}",
            {
                "count": len(one.signals),
                "names": names_of(one.signals),
                "step": duration_text(one.cadence.step_seconds),
                "rows": one.table.frame.rows,
                "regular": one.cadence.regular_share,
                "short": _shortfall(one, criterion),
            },
        ),
        _asked(criterion),
        confidence=evidence.observed(one.table),
        series=ids_of(one.signals),
        tables=(one.table,),
    )


def _shortfall(one: Collected, criterion: Criterion) -> Text:
    """The first thing that keeps a table from counting as collected by itself."""
    longest = criterion.threshold("max_interval_seconds")
    if one.is_clocked and one.cadence.step_seconds > longest:
        return Text(
            "설비 신호의 실시간 수집으로 보는 {longest}보다 깁니다.",
            {"longest": duration_text(longest)},
        )
    if not one.is_clocked and one.cadence.resolution > MINUTE:
        return Text("시각에 분과 초가 없습니다.")
    if not one.is_clocked and _disorder(one.table) > _ORDERED:
        return Text("시각이 순서 없이 섞여 있습니다.")
    if not one.is_clocked and one.values_per_minute < criterion.threshold("min_values_per_minute"):
        return Text(
            "일정한 주기가 아니고, 가동 중 1분에 값 {rate:,.2f}개로 사람도 적을 수 있는 "
            "속도입니다.",
            {"rate": one.values_per_minute},
        )
    return Text(
        "신호마다 {rows:,.0f}행이 있어야 합니다.", {"rows": criterion.threshold("min_readings")}
    )


def _found(one: Collected, signals: int, names: str) -> Text:
    fields: dict[str, object] = {"count": signals, "names": names}
    if one.is_clocked:
        return Text(
            "신호 {count}개({names})가 {step}마다 들어오고, 간격의 {regular:.1%}가 일정합니다.",
            {
                **fields,
                "step": duration_text(one.cadence.step_seconds),
                "regular": one.cadence.regular_share,
            },
        )
    return Text(
        "제품이나 사건마다 신호 {count}개({names})가 남고, 가동 중 1분에 값 {rate:,.0f}개꼴입니다. "
        "사람이 적을 수 있는 속도가 아닙니다.",
        {**fields, "rate": one.values_per_minute},
    )


def _clocked_coverage(
    evidence: Evidence, criterion: Criterion, one: Collected, filled: float
) -> Reply:
    cadence = measure_cadence(
        one.table.frame.times, evidence.now, gap_steps=criterion.threshold("break_intervals")
    )
    arrived = cadence.running_completeness if cadence else 0.0
    repeated = 0.0 if one.cadence.even_moments else 1 - one.cadence.moments / one.cadence.rows
    disorder = _disorder(one.table)
    least = criterion.threshold("min_coverage")
    holds = (
        filled * arrived >= least
        and repeated <= criterion.threshold("max_duplicate")
        and disorder <= criterion.threshold("max_out_of_order")
    )
    return decide(
        holds,
        Text(
            "{frame}: 들어왔어야 할 값의 {share:.1%}가 있습니다(기록이 끊긴 곳 {gaps:,}곳은 쉬는 "
            "시간으로 보고 뺌). 같은 시각이 겹친 행 {repeated:.1%}, 순서가 뒤바뀐 행 "
            "{disorder:.1%}.",
            {
                "frame": one.table.frame.name,
                "share": filled * arrived,
                "gaps": one.cadence.gaps,
                "repeated": repeated,
                "disorder": disorder,
            },
        ),
        _whole(criterion),
        confidence=sureness(filled * arrived, least, one.cadence.moments)
        * evidence.observed(one.table),
        series=ids_of(one.signals),
        tables=(one.table,),
    )


def _counted_coverage(
    evidence: Evidence, criterion: Criterion, one: Collected, filled: float
) -> Reply:
    counted = find_counter(one.table.frame)
    if counted is None:
        return cannot_tell(
            Text(
                "{frame}: 제품이나 사건마다 남는 기록이어서, 몇 건이 들어왔어야 하는지 알 수 "
                "없습니다. 있는 칸의 {filled:.1%}에 값이 있습니다.",
                {"frame": one.table.frame.name, "filled": filled},
            ),
            Text("1씩 늘어나는 생산 카운터나 일련번호 열을 함께 내보내 주세요."),
            ids_of(one.signals),
        )
    least = criterion.threshold("min_coverage")
    return decide(
        counted.share * filled >= least,
        Text(
            "{frame}: {counter} 번호 {due:,}개 가운데 {lost:,}개가 빠졌고, 칸의 {filled:.1%}에 "
            "값이 있습니다.",
            {
                "frame": one.table.frame.name,
                "counter": counted.column.info.name,
                "due": counted.due,
                "lost": counted.due - counted.came,
                "filled": filled,
            },
        ),
        _whole(criterion),
        confidence=sureness(counted.share * filled, least, counted.due)
        * evidence.observed(one.table),
        series=(*ids_of(one.signals), counted.column.info.id),
        tables=(one.table,),
    )


def _whole(criterion: Criterion) -> Text:
    return Text(
        "가동하는 동안 값의 {share:.0%} 이상이 한 번씩, 시각 순서대로 남게 모아 주세요.",
        {"share": criterion.threshold("min_coverage")},
    )


def _disorder(table: Table) -> float:
    """Share of steps against the direction of the file; newest first is an order too."""
    steps = np.diff(table.frame.times)
    if len(steps) == 0:
        return 0.0
    return min(float(np.mean(steps < 0)), float(np.mean(steps > 0)))
