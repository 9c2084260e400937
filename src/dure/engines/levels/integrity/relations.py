"""Columns whose names bind their values to each other, and values that break the bond."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import DAY
from dure.engines.kpi.frames import Frame, NumberColumn, WordColumn
from dure.engines.lake.findings import Severity
from dure.engines.levels.findings import Doubt, IntegrityFinding
from dure.engines.levels.statistics import correlation, ranks, related_p
from dure.engines.levels.written_dates import NO_DATE, dates_in
from dure.kernel.text import Text

Floats = npt.NDArray[np.float64]

_FEWEST_ROWS = 30
_BROKEN_SHARE = 0.1
_RELATED_P = 0.05
_POINT_TOLERANCE = 1.0
_FEWEST_NAMES = 10


@dataclass(frozen=True, slots=True)
class _Law:
    """Columns found by name, what share of rows breaks the bond, and how to say so."""

    names: tuple[str, ...]
    broken: Callable[..., npt.NDArray[np.bool_]]
    says: str


_ACCEPTED = r"pass.?rate|합격률|양품률"
_REFUSED = r"fail(ure)?.?rate|불합격률|불량률|reject.?rate"
_UP = r"up.?time|가동.?시간"
_DOWN = r"down.?time|비가동.?시간|정지.?시간"
_USE = r"utili[sz]ation|가동률"
_GOOD = r"\byield\b(?!.*(strength|stress|point))|수율|양품률"
_BAD = r"defects?|불량"
_BEFORE = r"order|start|begin|주문|수주|시작|착수|투입"
_AFTER = r"deliver|ship|end|finish|complete|납품|출하|종료|완료"
_NAMED_ONE_BY_ONE = (
    r"(machine|equipment|employee|worker|설비|기계|장비|작업자).*(name|명)$|^name$|^이름$|^성명$"
)

_LAWS = (
    _Law(
        (_ACCEPTED, _REFUSED),
        lambda good, bad: np.abs(good + bad - _whole(good)) > _POINT_TOLERANCE,
        "{frame}: 더해서 100%여야 하는 두 열({a}, {b})의 합이 어긋난 행이 {share:.0%}입니다.",
    ),
    _Law(
        (_UP, _DOWN, _USE),
        lambda up, down, use: (
            np.abs(_percent(up, down) - use * (100 / _whole(use))) > _POINT_TOLERANCE
        ),
        "{frame}: 가동·정지 시간({a}, {b})에서 계산한 가동률이 적힌 값({c})과 다른 행이 "
        "{share:.0%}입니다.",
    ),
)


def find_broken_relations(frame: Frame) -> tuple[IntegrityFinding, ...]:
    """Sums, ratios, orders of dates and signs of relation that the column names promise."""
    found = [_break_law(frame, law) for law in _LAWS]
    found += [_find_unrelated_yield(frame), _find_dates_reversed(frame)]
    return tuple(finding for finding in found if finding is not None)


def find_running_names(frame: Frame) -> tuple[IntegrityFinding, ...]:
    """Machine or people names that count up row by row, as dragging a spreadsheet cell does."""
    running = [
        column
        for column in frame.words
        if re.search(_NAMED_ONE_BY_ONE, column.info.name, re.IGNORECASE) and _counts_up(column)
    ]
    if not running:
        return ()
    column = running[0]
    first, second = column.codes[column.codes >= 0][:2]
    return (
        IntegrityFinding(
            Doubt.RUNNING_NAME,
            Severity.WARNING,
            Text(
                "{frame}: {name} 열의 값이 행마다 하나씩 커지는 번호입니다({first}, {second}, …). "
                "설비나 사람의 이름이 아니라 자동 채우기로 생긴 값으로 보입니다.",
                {
                    "frame": frame.name,
                    "name": column.info.name,
                    "first": column.words[first],
                    "second": column.words[second],
                },
            ),
            Text("실제 설비 번호나 이름이 적힌 원본을 확인해 주세요."),
            tuple(column.info.id for column in running),
            frame.row_range,
            0.9,
        ),
    )


def _break_law(frame: Frame, law: _Law) -> IntegrityFinding | None:
    columns = [_number_named(frame, pattern) for pattern in law.names]
    if any(column is None for column in columns):
        return None
    chosen = [column for column in columns if column is not None]
    values = [column.values for column in chosen]
    whole = np.all([np.isfinite(one) for one in values], axis=0)
    if whole.sum() < _FEWEST_ROWS or len({column.info.id for column in chosen}) < len(chosen):
        return None
    share = float(np.mean(law.broken(*(one[whole] for one in values))))
    if share < _BROKEN_SHARE:
        return None
    names = {key: column.info.name for key, column in zip("abc", chosen, strict=False)}
    text = Text(law.says, {"frame": frame.name, "share": share, **names})
    return _relation(frame, text, tuple(column.info.id for column in chosen))


def _find_unrelated_yield(frame: Frame) -> IntegrityFinding | None:
    good, bad = _number_named(frame, _GOOD), _number_named(frame, _BAD)
    if good is None or bad is None or min(good.distinct, bad.distinct) < 3:
        return None
    both = np.isfinite(good.values) & np.isfinite(bad.values)
    if both.sum() < 3 * _FEWEST_ROWS:
        return None
    a, b = good.values[both], bad.values[both]
    if correlation(ranks(a), ranks(b)) < 0 and related_p(a, b) < _RELATED_P:
        return None
    text = Text(
        "{frame}: 불량이 늘어도 수율은 그대로입니다({a}, {b}의 순위 상관 {value:+.2f}). 같은 "
        "제품의 값이라면 함께 움직여야 합니다.",
        {
            "frame": frame.name,
            "a": good.info.name,
            "b": bad.info.name,
            "value": correlation(ranks(a), ranks(b)),
        },
    )
    # Other losses can hide the bond, so its absence proves less than a sum that is wrong.
    return _relation(frame, text, (good.info.id, bad.info.id), Severity.WARNING)


def _find_dates_reversed(frame: Frame) -> IntegrityFinding | None:
    after, before = _dated(frame, _AFTER), _dated(frame, _BEFORE)
    if after is None:
        return None
    column, ends = after
    starts = frame.times if before is None else before[1]
    if len(starts) != len(ends):
        return None
    known = (ends != NO_DATE) & (starts != NO_DATE)
    if known.sum() < _FEWEST_ROWS:
        return None
    share = float(np.mean(ends[known] < starts[known] - DAY))
    if share < _BROKEN_SHARE:
        return None
    text = Text(
        "{frame}: {name} 열의 날짜가 주문·시작 날짜보다 이른 행이 {share:.0%}입니다.",
        {"frame": frame.name, "name": column.info.name, "share": share},
    )
    return _relation(frame, text, (column.info.id,))


def _dated(frame: Frame, pattern: str) -> tuple[WordColumn, npt.NDArray[np.int64]] | None:
    """The first column of such a name that holds dates, with them."""
    for column in frame.words:
        dates = dates_in(column) if _is_named(column, pattern) else None
        if dates is not None:
            return column, dates
    return None


def _relation(
    frame: Frame, text: Text, series: tuple[str, ...], severity: Severity = Severity.ERROR
) -> IntegrityFinding:
    return IntegrityFinding(
        Doubt.RELATION,
        severity,
        text,
        Text("두 열이 같은 대상의 값인지, 계산과 단위가 맞는지 확인해 주세요."),
        series,
        frame.row_range,
        0.9,
    )


def _number_named(frame: Frame, pattern: str) -> NumberColumn | None:
    return next((column for column in frame.numbers if _is_named(column, pattern)), None)


def _is_named(column: NumberColumn | WordColumn, pattern: str) -> bool:
    spaced = re.sub(r"[_\-.]+", " ", column.info.name)
    return re.search(pattern, spaced, re.IGNORECASE) is not None


def _counts_up(column: WordColumn) -> bool:
    """Whether nearly every row's name is the last one's number plus one."""
    codes = column.codes[column.codes >= 0]
    if len(codes) < _FEWEST_NAMES:
        return False
    parts = [re.fullmatch(r"(.*?)(\d+)", column.words[code]) for code in codes[:1000]]
    named = [(part[1], int(part[2])) for part in parts if part is not None]
    if len(named) < len(parts):
        return False
    steps = [b[0] == a[0] and b[1] == a[1] + 1 for a, b in pairwise(named)]
    return steps.count(True) >= 0.9 * len(steps)


def _whole(values: Floats) -> float:
    """100 where shares are written in percent, 1 where as fractions."""
    return 100.0 if float(np.nanmax(np.abs(values))) > 1.5 else 1.0


def _percent(part: Floats, rest: Floats) -> Floats:
    total = part + rest
    return np.divide(100 * part, total, out=np.zeros_like(total), where=total > 0)
