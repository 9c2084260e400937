"""Rows that were not taken in: kept with row, column and reason, given back for correction."""

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dure.engines.lake.batches import Refusal
from dure.engines.lake.dialect import is_number
from dure.engines.lake.durable import synced_replace
from dure.kernel.text import Text

_SCHEMA = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("column", pa.string()),
        pa.field("value", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("params", pa.string()),
        pa.field("cells", pa.list_(pa.string())),
    ]
)
_GROUP_ROWS = 20_000
_LONGEST_CELL = 32_000
_TITLES = b"titles"
# A spreadsheet runs a cell that begins so; the apostrophe makes it a text again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
EXTRA_TITLES = ("격리_행", "격리_열", "격리_사유")


class QuarantineWriter:
    """Writes refused rows to a Parquet file as they come; makes no file where none come."""

    def __init__(self, path: Path, titles: Sequence[str]) -> None:
        self._path = path
        self._schema = _SCHEMA.with_metadata(
            {_TITLES: json.dumps(list(titles), ensure_ascii=False).encode()}
        )
        self._pending: list[Refusal] = []
        self._writer: pq.ParquetWriter | None = None

    def add(self, refused: Iterable[Refusal]) -> None:
        """Takes refused rows in file order."""
        self._pending += refused
        if len(self._pending) >= _GROUP_ROWS:
            self._flush()

    def close(self) -> Path | None:
        """Finishes the file; None where nothing was refused."""
        if self._pending:
            self._flush()
        if self._writer is None:
            return None
        self._writer.close()
        return self._path

    def discard(self) -> None:
        """Closes without keeping anything."""
        if self._writer is not None:
            self._writer.close()
            self._path.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd")
        rows = [
            {
                "row": refusal.row,
                "column": refusal.column,
                "value": refusal.value,
                "reason": refusal.reason.source,
                "params": json.dumps(dict(refusal.reason.params), ensure_ascii=False),
                "cells": [cell[:_LONGEST_CELL] for cell in refusal.cells],
            }
            for refusal in self._pending
        ]
        self._writer.write_table(pa.Table.from_pylist(rows, self._schema))
        self._pending = []


def read_quarantine(path: Path, offset: int, limit: int) -> tuple[Refusal, ...]:
    """A page of refused rows, in file order."""
    found: list[Refusal] = []
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            if offset < rows and len(found) < limit:
                table = file.read_row_group(group).slice(offset, limit - len(found))
                found += [_refusal(row) for row in table.to_pylist()]
            offset = max(0, offset - rows)
    return tuple(found)


def refused_values(path: Path, reasons: Collection[str]) -> Iterator[tuple[int, str]]:
    """File row and written value of the rows refused for one of these reasons (their sources)."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_GROUP_ROWS, columns=["row", "value", "reason"]):
            table = pa.table(batch)
            wanted = table.filter(pc.is_in(table["reason"], pa.array(list(reasons), pa.string())))
            yield from zip(wanted["row"].to_pylist(), wanted["value"].to_pylist(), strict=True)


def count_quarantine(path: Path) -> int:
    """How many rows were refused."""
    return int(pq.read_metadata(path).num_rows)


def _refusal(row: dict[str, Any]) -> Refusal:
    reason = Text(row["reason"], json.loads(row["params"]))
    return Refusal(row["row"], row["column"], row["value"], reason, tuple(row["cells"]))


def write_csv(path: Path, target: Path) -> Path:
    """The refused rows as a CSV a spreadsheet opens safely, with row, column and reason behind.

    Corrected and sent again with the same mapping, its rows are read like those of the first file.
    """
    with pq.ParquetFile(path) as file, synced_replace(target) as temporary:
        titles = json.loads(file.schema_arrow.metadata[_TITLES])
        with temporary.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([safe_cell(title) for title in (*titles, *EXTRA_TITLES)])
            for batch in file.iter_batches(_GROUP_ROWS):
                for row in batch.to_pylist():
                    writer.writerow(_line(_refusal(row), len(titles)))
    return target


def _line(refusal: Refusal, width: int) -> list[str]:
    cells = [safe_cell(cell) for cell in refusal.cells[:width]]
    cells += [""] * (width - len(cells))
    return [*cells, str(refusal.row), safe_cell(refusal.column), str(refusal.reason)]


def safe_cell(cell: str) -> str:
    """A cell that a spreadsheet will not run as a formula; numbers stay as they are."""
    if cell.startswith(_FORMULA_STARTS) and not is_number(cell):
        return "'" + cell
    return cell
