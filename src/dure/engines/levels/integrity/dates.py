"""Dates that cannot be: outside any factory's time, filled by a spreadsheet, days only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import DAY, KOREA_OFFSET, Cadence, possible
from dure.engines.kpi.frames import Frame
from dure.engines.lake.batches import Refusal
from dure.engines.lake.findings import Severity
from dure.engines.lake.mapping import Mapping
from dure.engines.levels.findings import Doubt, IntegrityFinding
from dure.kernel.text import Text

Integers = npt.NDArray[np.int64]

# Three equal steps between impossible dates are no coincidence: a spreadsheet filled them in.
_FILLED_DATES = 4
_EVEN_SHARE = 0.9
_MOSTLY_ORDERED = 0.1
_WEEKENDS = 3
_SATURDAY = 2  # 1970-01-01 was a Thursday.


@dataclass(frozen=True, slots=True)
class RefusedDate:
    """A row that reading refused for its date, so that it is in no series.

    Attributes:
        frame: the table it would stand in.
        row: number in the file, from 1.
        written: the cell as it stands in the file.
    """

    frame: str
    row: int
    written: str


def refused_dates(
    frame: str, mapping: Mapping, refused: Sequence[Refusal]
) -> tuple[RefusedDate, ...]:
    """The refused rows of a file whose written time was at fault; empty times are none."""
    timed = mapping.time.columns if mapping.time else ()
    titles = {column.header or column.tag for column in mapping.columns if column.index in timed}
    return tuple(
        RefusedDate(frame, one.row, one.value)
        for one in refused
        if one.column in titles and one.value.strip()
    )


def find_refused_dates(refused: Sequence[RefusedDate]) -> tuple[IntegrityFinding, ...]:
    """Rows that were refused for their date, and whether a spreadsheet filled them in."""
    by_frame: dict[str, list[RefusedDate]] = {}
    for one in refused:
        by_frame.setdefault(one.frame, []).append(one)
    found: list[IntegrityFinding] = []
    for frame, rows in by_frame.items():
        where = (min(one.row for one in rows), max(one.row for one in rows))
        text = Text(
            "{frame}: {count:,}행의 시각이 있을 수 없는 날짜입니다(예: {examples}). 이 행들은 읽지 "
            "않았습니다.",
            {
                "frame": frame,
                "count": len(rows),
                "examples": ", ".join(dict.fromkeys(one.written for one in rows[:3])),
            },
        )
        found.append(_impossible(text, (), where))
        days = np.unique([day for one in rows if (day := _written_day(one.written)) is not None])
        found += _find_date_fill(frame, days, (), where)
    return tuple(found)


def _written_day(written: str) -> int | None:
    match = re.match(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", written)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    except ValueError:
        return None


def find_impossible_dates(frame: Frame, now: int | None) -> tuple[IntegrityFinding, ...]:
    """Rows dated before 1980 or after `now`, and whether a spreadsheet filled them in."""
    wrong = np.flatnonzero(~possible(frame.times, now))
    if len(wrong) == 0:
        return ()
    times = frame.times[wrong]
    where = frame.row_range_of(int(wrong[0]), int(wrong[-1]))
    text = Text(
        "{frame}: {count:,}행의 시각이 있을 수 없는 날짜입니다(가장 이른 것 {first}, 가장 늦은 것 "
        "{last}).",
        {
            "frame": frame.name,
            "count": len(wrong),
            "first": day_text(int(times.min())),
            "last": day_text(int(times.max())),
        },
    )
    days = np.unique((times + KOREA_OFFSET) // DAY)
    filled = _find_date_fill(frame.name, days, frame.series_ids, where)
    return (_impossible(text, frame.series_ids, where), *filled)


def _impossible(text: Text, series: tuple[str, ...], rows: tuple[int, int]) -> IntegrityFinding:
    return IntegrityFinding(
        Doubt.CALENDAR,
        Severity.ERROR,
        text,
        Text(
            "원본 시스템에서 시각 열을 다시 내려받아 올려 주세요. 이 행들은 주기 계산에서 뺐습니다."
        ),
        series,
        rows,
        1.0,
    )


def _find_date_fill(
    frame: str, days: Integers, series: tuple[str, ...], rows: tuple[int, int]
) -> tuple[IntegrityFinding, ...]:
    """Different impossible days, ascending, that lie equally far apart."""
    if len(days) < _FILLED_DATES:
        return ()
    steps = np.diff(days)
    step = float(np.median(steps))
    # Spreadsheets fill months and years by the calendar, so steps differ by some days.
    even = np.abs(steps - step) <= max(3.0, 0.001 * step)
    if float(np.mean(even)) < _EVEN_SHARE:
        return ()
    return (
        IntegrityFinding(
            Doubt.DATE_FILL,
            Severity.ERROR,
            Text(
                "{frame}: 있을 수 없는 날짜 {count:,}가지가 {days:,.0f}일씩 똑같이 벌어집니다. "
                "기계가 남긴 시각이 아니라 표 계산 프로그램의 자동 채우기로 생긴 값으로 보입니다.",
                {"frame": frame, "count": len(days), "days": step},
            ),
            Text("표 계산 프로그램을 거치지 않은 원본 파일을 올려 주세요."),
            series,
            rows,
            0.99,
        ),
    )


def find_backward(
    frame: Frame, cadence: Cadence | None, now: int | None
) -> tuple[IntegrityFinding, ...]:
    """Rows earlier than the row before; whether they are midnights dated a day too early."""
    if cadence is None or not 0 < cadence.backward_share <= _MOSTLY_ORDERED:
        return ()
    at = np.flatnonzero(possible(frame.times, now))
    back = at[1:][np.diff(frame.times[at]) < 0]
    midnights = float(np.mean((frame.times[back] + KOREA_OFFSET) % DAY == 0))
    facts = {"frame": frame.name, "count": len(back)}
    if midnights >= _EVEN_SHARE and len(back) > 1:
        text = Text(
            "{frame}: 시각이 거꾸로 가는 {count:,}행이 모두 0시입니다. 하루의 끝(24시)이 그날 "
            "0시로 적혀 하루 앞선 것으로 보입니다.",
            facts,
        )
    else:
        text = Text("{frame}: 앞 행보다 이른 시각이 {count:,}곳 있습니다.", facts)
    return (
        IntegrityFinding(
            Doubt.ORDER,
            Severity.INFO,
            text,
            Text("시각이 기록된 순서인지 확인해 주세요. 주기는 시각 순서로 계산했습니다."),
            frame.series_ids,
            frame.row_range_of(int(back[0]), int(back[-1])),
            1.0,
        ),
    )


def find_days_only(frame: Frame, cadence: Cadence | None) -> tuple[IntegrityFinding, ...]:
    """Times that give the day only, so that rows of one day cannot be told apart."""
    if cadence is None or cadence.resolution < DAY or cadence.rows_per_moment < 2:
        return ()
    return (
        IntegrityFinding(
            Doubt.CALENDAR,
            Severity.WARNING,
            Text(
                "{frame}: 시각이 날짜까지만 있어 하루의 행들(보통 {rows}행)을 시간 순서로 나눌 수 "
                "없습니다.",
                {"frame": frame.name, "rows": cadence.rows_per_moment},
            ),
            Text("시·분·초가 있는 시각으로 다시 내려받아 올려 주세요."),
            frame.series_ids,
            frame.row_range,
            1.0,
        ),
    )


def find_weekend_only(frame: Frame, now: int | None) -> tuple[IntegrityFinding, ...]:
    """All rows on Saturdays and Sundays of several weeks: few factories work like that."""
    kept = frame.times[possible(frame.times, now)]
    days = np.unique((kept + KOREA_OFFSET) // DAY)
    weekday = (days - _SATURDAY) % 7
    weekends = np.unique((days - _SATURDAY) // 7)
    if len(days) == 0 or bool(np.any(weekday > 1)) or len(weekends) < _WEEKENDS:
        return ()
    return (
        IntegrityFinding(
            Doubt.CALENDAR,
            Severity.WARNING,
            Text(
                "{frame}: {days}일 모두 토요일이나 일요일입니다.",
                {"frame": frame.name, "days": len(days)},
            ),
            Text("날짜의 연·월·일 순서가 맞게 읽혔는지 확인해 주세요."),
            frame.series_ids,
            frame.row_range,
            0.9,
        ),
    )


def day_text(micros: int) -> str:
    """The Korean calendar day of an instant, `2026-05-04`."""
    return str(np.datetime64(micros + KOREA_OFFSET, "us"))[:10]
