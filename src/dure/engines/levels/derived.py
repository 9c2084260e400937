"""Columns that were computed from others: found by computing them again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.frames import Frame, NumberColumn
from dure.engines.levels.statistics import thin_out

Floats = npt.NDArray[np.float64]

_MOST_COLUMNS = 40
_SCREENED_ROWS = 32
_FEWEST_SCREENED = 8
_FEWEST_ROWS = 30
_FEWEST_VALUES = 10
# Both inputs must move the result by this many times the error allowed, or one alone gave it.
_LIVELY = 5.0


@dataclass(frozen=True, slots=True)
class Formula:
    """A column and the two it was computed from.

    Attributes:
        said: the formula with `{0}` for the result and `{1}`, `{2}` for what it rests on.
        columns: the result, then what it rests on.
        rows: rows where all three stand.
        share: of those, how many agree.
    """

    said: str
    columns: tuple[NumberColumn, NumberColumn, NumberColumn]
    rows: int
    share: float


def _over(a: Floats, b: Floats) -> Floats:
    return np.divide(a, b, out=np.full_like(a, np.nan), where=b != 0)


_FORMS: tuple[tuple[str, Callable[[Floats, Floats], Floats]], ...] = (
    ("{0} = {1} + {2}", lambda a, b: a + b),
    ("{0} = {1} × {2}", lambda a, b: a * b),
    ("{0} = {1} ÷ ({1} + {2})", lambda a, b: _over(a, a + b)),
    ("{0} = {1} ÷ √({1}² + {2}²)", lambda a, b: _over(a, np.hypot(a, b))),
    ("{0} = {1} ÷ {2}", _over),
)
_SUM = 0
_TRIED = ((0, 1.0), (1, 1.0), *((form, scale) for form in (2, 3, 4) for scale in (1.0, 100.0)))


# Quotients of tiny numbers overflow and agree with nothing; that is no fault of the data.
@np.errstate(over="ignore", invalid="ignore")
def find_formulas(frame: Frame, *, most_error: float, least_matching: float) -> tuple[Formula, ...]:
    """Columns that are a sum, product, share, power factor or ratio of two others.

    Args:
        most_error: difference that still counts as equal, as a share of the value; sums of
            whole numbers must agree to the unit.
        least_matching: share of rows that must agree.
    """
    columns = [column for column in frame.numbers if _is_lively(column)][:_MOST_COLUMNS]
    if len(columns) < 3:
        return ()
    values = np.array([column.values for column in columns])
    screened = np.array([thin_out(one, _SCREENED_ROWS) for one in values])
    found: dict[frozenset[int], Formula] = {}
    for triple, form, scale in _candidates(screened, most_error):
        if frozenset(triple) in found:
            continue
        rows, share = _agreement(values[list(triple)], form, scale, most_error)
        if rows >= _FEWEST_ROWS and share >= least_matching:
            said = _FORMS[form][0] + (" × 100" if scale == 100 else "")
            result, a, b = (columns[index] for index in triple)
            found[frozenset(triple)] = Formula(said, (result, a, b), rows, share)
    return tuple(found.values())


def _is_lively(column: NumberColumn) -> bool:
    screened = thin_out(column.values, _SCREENED_ROWS)
    known = int(np.isfinite(screened).sum())
    return (
        column.distinct >= _FEWEST_VALUES and not column.steady_step and known >= _FEWEST_SCREENED
    )


def _candidates(
    values: Floats, most_error: float
) -> Iterator[tuple[tuple[int, int, int], int, float]]:
    """Triples (result, a, b) that agree in most of a few rows, each form and scale."""
    sizes = most_error * _size(values)
    for form, scale in _TRIED:
        for a in range(len(values)):
            computed = _FORMS[form][1](np.broadcast_to(values[a], values.shape), values) * scale
            near = np.abs(values[:, None] - computed) <= sizes[:, None]
            both = np.isfinite(values)[:, None] & np.isfinite(computed)
            enough = near.sum(axis=2) >= np.maximum(_FEWEST_SCREENED, 0.8 * both.sum(axis=2))
            for result, b in np.argwhere(enough):
                if len({int(result), a, int(b)}) == 3:
                    yield (int(result), a, int(b)), form, scale


def _agreement(values: Floats, form: int, scale: float, most_error: float) -> tuple[int, float]:
    """Rows that hold all three, and the share of them that agree; none where one input is idle."""
    result, a, b = values[:, np.isfinite(values).all(axis=0)]
    computed = _FORMS[form][1](a, b) * scale
    known = np.isfinite(computed)
    result, a, b, computed = result[known], a[known], b[known], computed[known]
    error = 0.0 if form == _SUM and _is_whole(values) else most_error
    if len(result) == 0 or not _needs_both(result, a, b, error):
        return 0, 0.0
    near = np.abs(result - computed) <= np.maximum(error * _size(result), 1e-9)
    return len(result), float(near.mean())


def _is_whole(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return bool(np.all(known == np.round(known)))


def _size(values: Floats) -> Floats:
    """What an error is measured against: the value, but never far less than the usual one."""
    sizes = np.abs(values)
    usual: Floats = np.nanmedian(sizes, axis=-1, keepdims=True)
    return np.maximum(sizes, 0.1 * usual)


def _needs_both(result: Floats, a: Floats, b: Floats, error: float) -> bool:
    """Whether neither input alone, moved or scaled, gives the result."""
    least = _LIVELY * error
    usual = float(np.median(np.abs(result)))
    for one in (a, b):
        scaled = _over(result, one)
        scaled = scaled[np.isfinite(scaled)]
        if _spread(result - one) <= least * usual or len(scaled) == 0:
            return False
        if _spread(scaled) <= least * abs(float(np.median(scaled))):
            return False
    return _spread(result) > least * usual


def _spread(values: Floats) -> float:
    low, high = np.quantile(values, (0.1, 0.9))
    return float(high - low)
