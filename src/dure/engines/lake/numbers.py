"""Reads cells as numbers, as factories write them: thousands commas, units, percent signs."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.calendar_text import array_of

Flags = npt.NDArray[np.bool_]

_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_GROUPED = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_INFINITE = r"^(?i)[+-]?(inf|infinity|∞|1\.#inf)$"
_NOT_A_NUMBER = r"^(?i)([+-]?nan|-?1\.#(ind|qnan)0*|n/?a|null|none|-+)$"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Values as an Arrow float64 array, null where empty, and what was wrong, per cell."""

    values: Any
    unreadable: Flags
    infinite: Flags
    emptied: int = 0


def read_numbers(cells: Any, unit: str = "", empty_words: tuple[str, ...] = ()) -> Numbers:  # noqa: ANN401
    """Numbers of a column of texts or floats.

    `1,234.5`, `12.5 %` and the column's own unit behind the number are read; an empty cell or
    not-a-number is null.
    """
    if pa.types.is_floating(cells.type):
        return _checked(cells)
    if pa.types.is_timestamp(cells.type):
        none = pa.nulls(len(cells), pa.float64())
        return Numbers(none, ~np.asarray(cells.is_null()), np.zeros(len(cells), np.bool_))
    texts = array_of(cells)
    try:
        return _checked(texts.cast(pa.float64()))
    except pa.ArrowInvalid:
        return _careful(texts, unit, empty_words)


def _checked(values: Any) -> Numbers:  # noqa: ANN401
    good = np.zeros(len(values), np.bool_)
    finite = pc.is_finite(values)
    if pc.all(finite).as_py() in (True, None):
        return Numbers(values, good, good)
    infinite = np.asarray(pc.fill_null(pc.is_inf(values), False))
    known = pc.if_else(finite, values, pa.scalar(None, pa.float64()))
    return Numbers(known, good, infinite)


def _careful(texts: pa.Array, unit: str, empty_words: tuple[str, ...]) -> Numbers:
    texts = pc.utf8_trim_whitespace(texts)
    if unit:
        texts = pc.replace_substring_regex(texts, rf"\s*{re.escape(unit)}$", "")
    texts = pc.replace_substring_regex(texts, r"\s*%$", "")
    grouped = pc.fill_null(pc.match_substring_regex(texts, _GROUPED), False)
    if pc.any(grouped).as_py():
        texts = pc.if_else(grouped, pc.replace_substring(texts, ",", ""), texts)
    empty = pc.match_substring_regex(texts, _NOT_A_NUMBER)
    words = pc.is_in(texts, pa.array(empty_words, pa.string()))
    nothing = pc.fill_null(pc.or_(pc.or_(empty, words), pc.equal(texts, "")), True)
    plain = pc.fill_null(pc.match_substring_regex(texts, _PLAIN), False)
    infinite = pc.fill_null(pc.match_substring_regex(texts, _INFINITE), False)
    values = pc.if_else(plain, texts, pa.scalar(None, pa.string())).cast(pa.float64())
    read = _checked(values)
    known = np.asarray(plain) | np.asarray(nothing) | np.asarray(infinite)
    emptied = pc.sum(pc.fill_null(words, False)).as_py() or 0
    return Numbers(read.values, ~known, np.asarray(infinite) | read.infinite, emptied)
