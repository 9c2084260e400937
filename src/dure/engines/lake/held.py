"""Holds the converted rows of one file: in memory while they are few, on disk when they are not."""

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dure.engines.lake.facts import MEBIBYTE
from dure.engines.lake.parts import PartWriter

MEMORY_BYTES = 512 * MEBIBYTE


class HeldRows:
    """Rows of one file, added in file order and read by column.

    Beyond `memory_bytes` (half a gibibyte) they move to a temporary folder, which goes when this
    object goes.
    """

    def __init__(self, memory_bytes: int | None = None) -> None:
        self._most = MEMORY_BYTES if memory_bytes is None else memory_bytes
        self._tables: list[pa.Table] = []
        self._bytes = 0
        self._writer: PartWriter | None = None

    def add(self, table: pa.Table) -> None:
        """Takes the next rows."""
        if self._writer is not None:
            self._writer.add(table)
            return
        self._tables.append(table)
        self._bytes += table.nbytes
        if self._bytes > self._most:
            self._move_to_disk()

    def finish(self) -> None:
        """No more rows will come."""
        if self._writer is not None:
            self._writer.close()

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Some columns of all rows, in file order."""
        if self._writer is None:
            return pa.concat_tables(table.select(names) for table in self._tables)
        return pa.concat_tables(
            pq.read_table(part, columns=list(names), partitioning=None)
            for part in self._writer.parts
        )

    def _move_to_disk(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="dure-rows-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._writer = PartWriter(folder)
        for table in self._tables:
            self._writer.add(table)
        self._tables = []
