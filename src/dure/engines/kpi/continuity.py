"""수집 완전성 and 가동 시간 비율: how whole the record is, and how much of the time it covers."""

from collections.abc import Sequence

from dure.engines.kpi.cadence import Cadence
from dure.engines.kpi.frames import Frame
from dure.engines.kpi.indicator import Direction, KpiValue, Table, undefined
from dure.kernel.text import Text

_COMPLETENESS = Text("수집 완전성")
_RUNNING_SHARE = Text("가동 시간 비율(기록 공백 기준)")


def completeness(tables: Sequence[Table]) -> KpiValue:
    """Values received of those due; pauses count as planned in the value, as lost in `low`."""
    timed = _placed(tables)
    readings = [column for frame, _ in timed for column in frame.numbers]
    if not readings:
        return undefined(
            "completeness",
            _COMPLETENESS,
            "%",
            Direction.UP,
            Text("시각이 있는 측정값이 없어, 들어왔어야 할 값의 수를 알 수 없습니다."),
        )
    cells = sum(frame.rows * len(frame.numbers) for frame, _ in timed)
    filled = sum(column.filled for column in readings) / cells
    periodic = [table.cadence for table in tables if table.is_periodic and table.cadence]
    arrived = sum(cadence.moments for cadence in periodic)
    running = whole = 1.0
    if periodic:
        running = arrived / sum(c.moments / c.running_completeness for c in periodic)
        whole = arrived / sum(c.moments / c.completeness for c in periodic)
    return KpiValue(
        "completeness",
        _COMPLETENESS,
        100 * filled * running,
        100 * filled * whole,
        100 * filled * running,
        "%",
        Direction.UP,
        _completeness_basis(cells, filled, running, is_periodic=bool(periodic)),
        tuple(column.info.id for column in readings),
    )


def _completeness_basis(cells: int, filled: float, running: float, *, is_periodic: bool) -> Text:
    fields = {"cells": cells, "filled": filled, "running": running}
    if not is_periodic:
        return Text(
            "칸 {cells:,}개 중 값이 있는 칸 {filled:.1%}. 일정한 주기로 오는 자료가 아니어서 "
            "들어왔어야 할 행의 수는 알 수 없습니다.",
            fields,
        )
    return Text(
        "칸 {cells:,}개 중 값이 있는 칸 {filled:.1%}, 기록이 이어진 시간에 들어온 행 "
        "{running:.1%}. 긴 공백까지 빠진 것으로 보면 아래 값입니다.",
        fields,
    )


def _placed(tables: Sequence[Table]) -> list[tuple[Frame, Cadence]]:
    return [(t.frame, t.cadence) for t in tables if t.is_placed and t.cadence is not None]


def running_share(tables: Sequence[Table]) -> KpiValue:
    """Part of the whole time that the record runs without a long pause."""
    timed = _placed(tables)
    span = sum(cadence.span_seconds for _, cadence in timed)
    if span <= 0:
        return undefined(
            "running_share",
            _RUNNING_SHARE,
            "%",
            Direction.UP,
            Text("행을 구분할 수 있는 시각이 없어 계산할 수 없습니다."),
        )
    lost = sum(cadence.span_seconds * cadence.gap_share for _, cadence in timed)
    share = 100 * (1 - lost / span)
    basis = Text(
        "전체 {hours:,.1f}시간 중 기록이 끊긴 시간 {lost:,.1f}시간({gaps:,}곳)을 뺐습니다. 기록이 "
        "끊긴 때가 쉬는 시간인지 통신이 끊긴 것인지는 알 수 없습니다.",
        {"hours": span / 3600, "lost": lost / 3600, "gaps": sum(c.gaps for _, c in timed)},
    )
    return KpiValue(
        "running_share",
        _RUNNING_SHARE,
        share,
        share,
        100.0,
        "%",
        Direction.UP,
        basis,
        tuple(frame.series_ids[0] for frame, _ in timed),
    )
