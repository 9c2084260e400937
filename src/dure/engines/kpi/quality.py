"""양품률: the share of good products, from judgements or from counted quantities."""

import re
from collections.abc import Sequence

import numpy as np

from dure.engines.kpi.frames import NumberColumn
from dure.engines.kpi.indicator import Direction, Floats, KpiValue, Table, undefined
from dure.engines.kpi.outcome import Outcome, read_outcome
from dure.engines.lake.series import ColumnRole
from dure.kernel.text import Text

_GOOD_RATE = Text("양품률")
_GOOD_COUNT = re.compile(r"양품|good", re.IGNORECASE)
_BAD_COUNT = re.compile(r"불량|defect|scrap|\bng\b", re.IGNORECASE)
_ALL_COUNT = re.compile(r"총|total|생산량|생산수|produced|output", re.IGNORECASE)
_PER = re.compile(r"per|당|rate|률", re.IGNORECASE)


def good_rate(tables: Sequence[Table]) -> KpiValue:
    """Good of all products; rows without judgement widen the interval."""
    counted = _good_rate_of_counts(tables)
    if counted is not None:
        return counted
    outcomes = _outcomes(tables)
    known = sum(outcome.good + outcome.bad for _, outcome in outcomes)
    if known == 0:
        return undefined(
            "good_rate",
            _GOOD_RATE,
            "%",
            Direction.UP,
            Text("양품과 불량을 나누는 열(OK/NG, 판정, 합격 여부)을 찾지 못했습니다."),
        )
    if len(outcomes) > 1 and all(_is_one_judgement(outcome) for _, outcome in outcomes):
        return _of_tables(outcomes)
    return _of_rows(outcomes)


def _is_one_judgement(outcome: Outcome) -> bool:
    """Whether all rows of a table share one judgement: a run that was judged once."""
    return outcome.unknown == 0 and min(outcome.good, outcome.bad) == 0 < outcome.rows - 1


def _of_tables(outcomes: Sequence[tuple[str, Outcome]]) -> KpiValue:
    good = sum(outcome.good > 0 for _, outcome in outcomes)
    basis = Text(
        "표마다 판정이 하나씩입니다. 표 {tables:,}개 중 양품 {good:,}개, 불량 {bad:,}개. {how}.",
        {
            "tables": len(outcomes),
            "good": good,
            "bad": len(outcomes) - good,
            "how": _clearest(outcomes),
        },
    )
    share = 100 * good / len(outcomes)
    return _good_rate(share, share, share, basis, outcomes)


def _of_rows(outcomes: Sequence[tuple[str, Outcome]]) -> KpiValue:
    good = sum(outcome.good for _, outcome in outcomes)
    bad = sum(outcome.bad for _, outcome in outcomes)
    unknown = sum(outcome.unknown for _, outcome in outcomes)
    rows = good + bad + unknown
    basis = Text(
        "{rows:,}행 중 양품 {good:,}행, 불량 {bad:,}행, 모름 {unknown:,}행. {how}.{note}",
        {
            "rows": rows,
            "good": good,
            "bad": bad,
            "unknown": unknown,
            "how": _clearest(outcomes),
            "note": _ONE_KIND if min(good, bad) == 0 else "",
        },
    )
    return _good_rate(
        100 * good / (good + bad),
        100 * good / rows,
        100 * (good + unknown) / rows,
        basis,
        outcomes,
    )


_ONE_KIND = Text(
    " 모든 행의 판정이 같아, 제품마다 판정한 것인지 표 전체를 한 번 판정한 것인지 알 수 없습니다."
)


def _clearest(outcomes: Sequence[tuple[str, Outcome]]) -> Text:
    """How the words were understood, of a table that shows both kinds, or of one of each."""
    both = next((o.how for _, o in outcomes if min(o.good, o.bad) > 0), None)
    if both is not None:
        return both
    told = {str(outcome.how): outcome.how for _, outcome in outcomes}
    first, *rest = told.values()
    return Text("{first}; {second}", {"first": first, "second": rest[0]}) if rest else first


def _good_rate(
    value: float, low: float, high: float, basis: Text, outcomes: Sequence[tuple[str, Outcome]]
) -> KpiValue:
    series = tuple(series for series, _ in outcomes)
    return KpiValue("good_rate", _GOOD_RATE, value, low, high, "%", Direction.UP, basis, series)


def _outcomes(tables: Sequence[Table]) -> list[tuple[str, Outcome]]:
    """Of each table its first column that tells good from bad; of one name over all tables."""
    found: dict[str, list[tuple[str, Outcome]]] = {}
    for table in tables:
        for column in table.frame.words:
            if column.info.role is ColumnRole.LABEL:
                outcome = read_outcome(column)
                if outcome is not None:
                    found.setdefault(column.info.name, []).append((column.info.id, outcome))
                    break
    if not found:
        return []
    return max(found.values(), key=lambda each: sum(o.good + o.bad for _, o in each))


def _good_rate_of_counts(tables: Sequence[Table]) -> KpiValue | None:
    for table in tables:
        counts = [c for c in table.frame.numbers if c.info.role is ColumnRole.COUNT]
        good = _named(counts, _GOOD_COUNT)
        if good is None:
            continue
        bad, whole = _named(counts, _BAD_COUNT), _named(counts, _ALL_COUNT)
        if bad is not None:
            value = _share_of(good, bad, good.values + bad.values)
        elif whole is not None:
            value = _share_of(good, whole, whole.values)
        else:
            continue
        if value is not None:
            return value
    return None


def _share_of(good: NumberColumn, other: NumberColumn, made: Floats) -> KpiValue | None:
    both = np.isfinite(made) & np.isfinite(good.values)
    total, good_total = float(made[both].sum()), float(good.values[both].sum())
    if total <= 0 or not 0 <= good_total <= total:
        return None
    missing = float(1 - both.mean())
    share = 100 * good_total / total
    basis = Text(
        "{good} 합계 {good_sum:,.0f} ÷ 전체 {made:,.0f}. 두 수량이 모두 있는 행 {rows:,}개.",
        {
            "good": good.info.name,
            "good_sum": good_total,
            "made": total,
            "rows": int(both.sum()),
        },
    )
    return KpiValue(
        "good_rate",
        _GOOD_RATE,
        share,
        share * (1 - missing),
        share * (1 - missing) + 100 * missing,
        "%",
        Direction.UP,
        basis,
        (good.info.id, other.info.id),
    )


def _named(columns: Sequence[NumberColumn], pattern: re.Pattern[str]) -> NumberColumn | None:
    return next(
        (c for c in columns if pattern.search(c.info.name) and not _PER.search(c.info.name)), None
    )
