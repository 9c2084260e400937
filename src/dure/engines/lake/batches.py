"""Rows of a file on their way into the lake: cells, row numbers, and what was refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dure.engines.lake.facts import EMPTY_WORDS
from dure.kernel.text import Text

Integers = npt.NDArray[np.int64]
_EMPTY = frozenset(EMPTY_WORDS)
SHOWN_VALUE = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken in.

    Attributes:
        row: number in the file, from 1, header counted.
        column: header of the column at fault, empty where the whole row is.
        value: what stood there, cut at 200 characters.
        cells: the row as read, so that a person can correct it.
    """

    row: int
    column: str
    value: str
    reason: Text
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file.

    Attributes:
        rows: file row numbers, shape (n,).
        columns: Arrow arrays of n cells; strings with null for empty, or already float64 or
            timestamps where the reader could tell.
        cells: gives one row as it was written.
        refused: rows that have no place in the columns.
        bytes_read: how much of the file these rows took.
    """

    rows: Integers
    columns: Sequence[Any]
    cells: Callable[[int], tuple[str, ...]]
    refused: list[Refusal] = field(default_factory=list)
    bytes_read: int = 0


def batch_of_rows(
    records: Sequence[tuple[int, Sequence[str]]], width: int, bytes_read: int = 0
) -> Batch:
    """A batch of records given as (row number, cells); rows of another width are refused."""
    good: list[tuple[int, Sequence[str]]] = []
    refused: list[Refusal] = []
    for row, cells in records:
        fitted = fit_width(cells, width)
        if fitted is None:
            refused.append(ragged(row, cells, width))
        elif any(cell and not cell.isspace() for cell in fitted):
            good.append((row, fitted))
    columns = [pa.array([_cell(cells[i]) for _, cells in good], pa.string()) for i in range(width)]
    numbers = np.fromiter((row for row, _ in good), np.int64, len(good))
    return Batch(numbers, columns, lambda i: tuple(good[i][1]), refused, bytes_read)


def _cell(text: str) -> str | None:
    return None if text in _EMPTY else text


def fit_width(cells: Sequence[str], width: int) -> Sequence[str] | None:
    """The row without empty cells past the last column; None where it is no row of this table."""
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    return None


def ragged(row: int, cells: Sequence[str], width: int) -> Refusal:
    """A row with too many or too few cells."""
    return Refusal(
        row,
        "",
        cut(",".join(cells)),
        Text(
            "칸이 {found}개입니다. 이 표의 행은 {width}칸입니다.",
            {"found": len(cells), "width": width},
        ),
        tuple(cells),
    )


def cut(value: str) -> str:
    """A value short enough to show."""
    return value if len(value) <= SHOWN_VALUE else value[: SHOWN_VALUE - 1] + "…"
