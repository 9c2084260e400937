"""Times that no clock wrote: in no order and evenly strewn, or equal steps for human events."""

import numpy as np

from dure.engines.kpi.cadence import DAY, HOUR, KOREA_OFFSET, Cadence, possible
from dure.engines.kpi.frames import Frame
from dure.engines.lake.findings import Severity
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Doubt, IntegrityFinding
from dure.engines.levels.statistics import related_p, thin_out, uniform_p
from dure.kernel.text import Text

_FEWEST_ROWS = 50
_ENOUGH_ROWS = 5_000
_UNSHAPED_P = 0.01
# Half of all rows earlier than the one before is what pure chance gives.
_SHUFFLED = (0.4, 0.6)
_EXACT_SHARE = 0.999
_EVENT_SHARE = 0.5


def find_strewn_times(
    frame: Frame, cadence: Cadence | None, now: int | None
) -> tuple[IntegrityFinding, ...]:
    """Rows in no time order whose times fill day, night and weekend evenly, as drawn by lot."""
    if cadence is None or cadence.rows < _FEWEST_ROWS or cadence.resolution >= HOUR:
        return ()
    if not _SHUFFLED[0] <= cadence.backward_share <= _SHUFFLED[1]:
        return ()
    times = frame.times[possible(frame.times, now)].astype(np.float64)
    order = np.arange(len(times), dtype=np.float64)
    local = times + KOREA_OFFSET
    chances = (
        related_p(thin_out(times, _ENOUGH_ROWS), thin_out(order, _ENOUGH_ROWS)),
        uniform_p(thin_out(local % DAY, _ENOUGH_ROWS), 0.0, float(DAY)),
        uniform_p(thin_out(local % (7 * DAY), _ENOUGH_ROWS), 0.0, float(7 * DAY)),
        uniform_p(thin_out(times, _ENOUGH_ROWS)),
    )
    if min(chances) < _UNSHAPED_P:
        return ()
    return (
        IntegrityFinding(
            Doubt.CLOCK,
            Severity.ERROR,
            Text(
                "{frame}: {rows}행의 시각이 순서 없이 섞여 있고(앞 행보다 이른 행 {back:.0%}), "
                "밤낮과 요일의 구분 없이 기간 전체에 고르게 흩어져 있습니다. 무작위로 뽑은 시각과 "
                "구별되지 않습니다.",
                {"frame": frame.name, "rows": cadence.rows, "back": cadence.backward_share},
            ),
            Text("설비나 생산 시스템이 기록한 순서 그대로의 파일을 올려 주세요."),
            frame.series_ids,
            frame.row_range,
            0.95,
        ),
    )


def find_lattice(frame: Frame, cadence: Cadence | None) -> tuple[IntegrityFinding, ...]:
    """Lots or barcodes scanned at steps equal to the microsecond, as no work is done."""
    if cadence is None or cadence.moments < _FEWEST_ROWS or cadence.exact_share < _EXACT_SHARE:
        return ()
    lots = [
        column.info.id
        for column in frame.words
        if column.info.role is ColumnRole.LOT and column.distinct >= _EVENT_SHARE * frame.rows
    ]
    if not lots or cadence.rows_per_moment > 1:
        return ()
    return (
        IntegrityFinding(
            Doubt.LATTICE,
            Severity.WARNING,
            Text(
                "{frame}: 로트·바코드 기록인데 {rows}행의 간격이 모두 똑같이 "
                "{seconds:,.0f}초입니다. 사람이나 제품이 지나간 시각은 이렇게 일정하지 않습니다.",
                {"frame": frame.name, "rows": cadence.rows, "seconds": cadence.step_seconds},
            ),
            Text("스캔한 그때의 시각이 남은 원본 기록을 올려 주세요."),
            tuple(lots),
            frame.row_range,
            0.9,
        ),
    )
