"""Groups texts that are alike but for their digits, and reads the digits of a group at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LONGEST_TEXT = 80
LONGEST_RUN = 18
_MOST_PATTERNS = 24
_ZERO, _NINE = ord("0"), ord("9")


@dataclass(frozen=True, slots=True)
class Alike:
    """Texts with digits in the same places and the same characters between.

    Attributes:
        rows: where they stand in the array.
        example: one of them.
        numbers: values of each run of digits, one array per run, shape (rows,).
        lengths: digits in each run.
    """

    rows: Integers
    example: str
    numbers: tuple[Integers, ...]
    lengths: tuple[int, ...]


def alike(texts: pa.Array) -> Iterator[Alike]:
    """Groups of an Arrow string array without nulls; texts without a digit are in none.

    No more than 24 patterns of one length are told apart; what comes after is left out, for no
    system writes one column in so many ways.
    """
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
    data = texts.buffers()[2]
    raw = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    lengths = np.diff(offsets)
    for length in np.unique(lengths[(lengths > 0) & (lengths <= LONGEST_TEXT)]):
        rows = np.flatnonzero(lengths == length)
        yield from _of_one_length(raw, offsets, rows, int(length))


def _of_one_length(
    raw: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int32], rows: Integers, length: int
) -> Iterator[Alike]:
    starts = offsets[rows].astype(np.int64)
    # One contiguous array per position: the later steps run along rows.
    columns = np.ascontiguousarray(raw[starts[:, None] + np.arange(length)].T)
    for _ in range(_MOST_PATTERNS):
        if columns.shape[1] == 0:
            return
        pattern = columns[:, 0].copy()
        digit = (pattern >= _ZERO) & (pattern <= _NINE)
        same = _same(columns, pattern, digit)
        chosen = columns if same.all() else columns[:, same]
        runs = _runs(digit)
        if runs:
            yield Alike(
                rows[same],
                pattern.tobytes().decode("utf-8", errors="replace"),
                tuple(_number(chosen[first:last]) for first, last in runs),
                tuple(last - first for first, last in runs),
            )
        rows, columns = rows[~same], columns[:, ~same]


def _same(columns: npt.NDArray[np.uint8], pattern: npt.NDArray[np.uint8], digit: Flags) -> Flags:
    same = np.ones(columns.shape[1], np.bool_)
    for place, column in enumerate(columns):
        if digit[place]:
            # Unsigned bytes below the zero wrap around and fail the one comparison.
            same &= (column - np.uint8(_ZERO)) <= np.uint8(9)
        else:
            same &= column == pattern[place]
    return same


def _runs(digit: Flags) -> list[tuple[int, int]]:
    found = []
    for is_digit, places in groupby(range(len(digit)), key=lambda place: bool(digit[place])):
        if is_digit:
            inside = list(places)
            found.append((inside[0], min(inside[-1] + 1, inside[0] + LONGEST_RUN)))
    return found


def _number(columns: npt.NDArray[np.uint8]) -> Integers:
    value = np.zeros(columns.shape[1], np.int64)
    for column in columns:
        value *= 10
        value += column - np.uint8(_ZERO)
    return value
