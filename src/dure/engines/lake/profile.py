"""What stands in a column: how much is empty, numbers or words, extremes, codes for no value."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.batches import cut
from dure.engines.lake.calendar_text import array_of
from dure.engines.lake.numbers import read_numbers

Floats = npt.NDArray[np.float64]

# What controllers and historians write for a broken wire, an overflow or "no value".
KNOWN_CODES = frozenset(
    {
        *(-99.0, -999.0, -9999.0, -99999.0, -999.9, -9999.9, -999.25, -9999.99),
        *(999.0, 9999.0, 99999.0, 999999.0, 999.9, 9999.9, 888.0, 8888.0, 9990.0, 1e30, -1e30),
        *(65503.0, 65504.0, 65533.0, 65534.0, 65535.0, 65536.0, 32767.0, -32768.0, 32768.0),
        *(2147483647.0, -2147483648.0, 4294967295.0, 3276.7, -3276.8, 6553.5, 850.0, -273.0),
    }
)
_MOSTLY = 0.9
_PROBED = 2_000
_EXACT_WHOLE = 2.0**53
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Facts of one column in the sample.

    Attributes:
        rows, filled: cells, and those that are not empty.
        is_number: at least nine in ten filled cells are numbers.
        whole: all numbers are integers.
        is_code: digits that are a name (leading zeros, or longer than a float keeps).
        is_row_number: goes up by exactly one in every row.
        counts_up: goes up by one in nine rows of ten, as a counter that is reset.
        words: cells that are no numbers in a numeric column, the most frequent first.
        sentinels: codes that mean "no value".
        repeated_extreme: an isolated largest or smallest value that comes again and again.
    """

    rows: int
    filled: int
    distinct: int
    is_number: bool
    whole: bool
    is_code: bool
    is_row_number: bool
    counts_up: bool
    is_binary: bool
    minimum: float | None
    maximum: float | None
    examples: tuple[str, ...]
    words: tuple[str, ...]
    infinite: int
    sentinels: tuple[str, ...]
    repeated_extreme: float | None


def profile_column(cells: Any, unit: str = "") -> ColumnProfile:  # noqa: ANN401 - pyarrow
    """Profile of an Arrow array of texts or floats."""
    filled_cells = cells.drop_null()
    filled = len(filled_cells)
    start = read_numbers(filled_cells.slice(0, _PROBED), unit)
    words_only = filled > _PROBED and bool(start.unreadable.all())
    numbers = start if words_only else read_numbers(filled_cells, unit)
    values = np.asarray(numbers.values.drop_null().to_numpy(zero_copy_only=False), np.float64)
    unreadable = int(numbers.unreadable.sum())
    is_number = (
        filled > 0 and not words_only and unreadable <= (1 - _MOSTLY) * filled and len(values) > 0
    )
    whole = is_number and bool(np.all(values == np.floor(values)))
    words = _words(filled_cells, numbers.unreadable) if is_number and unreadable else ()
    codes = _codes(values) if is_number else ()
    known = values[~np.isin(values, codes)] if codes else values
    return ColumnProfile(
        rows=len(cells),
        filled=filled,
        distinct=int(pc.count_distinct(filled_cells).as_py()),
        is_number=is_number,
        whole=whole,
        is_code=whole and _is_code(filled_cells, values),
        is_row_number=whole and len(values) > 2 and bool(np.all(np.diff(values) == 1)),
        counts_up=whole and len(values) > 2 and float((np.diff(values) == 1).mean()) > _MOSTLY,
        is_binary=is_number and bool(np.isin(known, (0.0, 1.0)).all()),
        minimum=float(known.min()) if is_number and len(known) else None,
        maximum=float(known.max()) if is_number and len(known) else None,
        examples=_examples(filled_cells),
        words=words,
        infinite=int(numbers.infinite.sum()),
        sentinels=(*(f"{code:.15g}" for code in codes), *words[:_FEW_WORDS]),
        repeated_extreme=_repeated_extreme(known) if is_number else None,
    )


def _examples(cells: Any) -> tuple[str, ...]:  # noqa: ANN401
    first = pc.unique(cells.slice(0, 500)).slice(0, 5).to_pylist()
    return tuple(cut(f"{v:.15g}" if isinstance(v, float) else str(v)) for v in first)


def _words(cells: Any, unreadable: npt.NDArray[np.bool_]) -> tuple[str, ...]:  # noqa: ANN401
    """Words in a numeric column that come again: a state the logger writes in place of a value."""
    counts = pc.value_counts(array_of(cells).filter(pa.array(unreadable))).to_pylist()
    again = [entry for entry in counts if entry["counts"] >= 2]
    again.sort(key=lambda entry: -entry["counts"])
    return tuple(entry["values"].strip() for entry in again if len(entry["values"]) <= 20)


def _is_code(cells: Any, values: Floats) -> bool:  # noqa: ANN401
    if float(np.abs(values).max()) >= _EXACT_WHOLE:
        return True
    if pa.types.is_floating(cells.type):
        return False
    padded = pc.match_substring_regex(array_of(cells), r"^\s*0\d+\s*$")
    return bool((pc.mean(padded).as_py() or 0) > 0.05)


def _codes(values: Floats) -> tuple[float, ...]:
    """Known codes that stand far outside everything else in the column."""
    found = [code for code in KNOWN_CODES if (values == code).any()]
    rest = values[~np.isin(values, found)]
    if not found or len(np.unique(rest[:10_000])) < 3:
        return ()
    low, high = float(rest.min()), float(rest.max())
    reach = max(high - low, 0.05 * max(abs(low), abs(high)), 1e-9)
    isolated = [code for code in found if code > high + reach or code < low - reach]
    # A lone -1 or 999 beside small numbers may be a value; the wide codes never are.
    return tuple(
        sorted(
            code
            for code in isolated
            if abs(code) > 30_000
            or (values == code).sum() >= 2
            or (abs(code) >= 999 and len(rest) > 20)
        )
    )


def _repeated_extreme(values: Floats) -> float | None:
    """The largest or smallest value where it is far off and comes in one row of a hundred."""
    if len(values) < 100:
        return None
    for extreme in (float(values.max()), float(values.min())):
        rest = values[values != extreme]
        if len(rest) < 20 or len(values) - len(rest) < 0.01 * len(values):
            continue
        low, high = np.quantile(rest, (0.01, 0.99))
        nearest = float(rest.max() if extreme > high else rest.min())
        if high > low and abs(extreme - nearest) > 2 * (high - low):
            return extreme
    return None
