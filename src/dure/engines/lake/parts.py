"""Writes converted rows to Parquet files as they come, in constant memory."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dure.engines.lake.convert import ROW, TAG, TIME
from dure.engines.lake.durable import sync
from dure.engines.lake.facts import MEBIBYTE

GROUP_ROWS = 122_880
GROUP_BYTES = 48 * MEBIBYTE
FILE_BYTES = 2_048 * MEBIBYTE


class PartWriter:
    """Parquet parts of one import in a folder of their own; row groups keep file order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pending: list[pa.Table] = []
        self._rows = self._bytes = self._written = 0
        self._writer: pq.ParquetWriter | None = None
        self.parts: list[Path] = []
        self.part_rows: list[int] = []

    def add(self, table: pa.Table) -> None:
        """Takes rows; they are written when enough have come for a row group."""
        if table.num_rows == 0:
            return
        self._pending.append(table)
        self._rows += table.num_rows
        self._bytes += table.nbytes
        if self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        """Writes the rest and forces every part to the disk."""
        if self._rows:
            self._flush()
        self._end_part()
        for part in self.parts:
            sync(part)

    def discard(self) -> None:
        """Closes the open part; its folder is the caller's to remove."""
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        table = pa.concat_tables(self._pending)
        if self._writer is None:
            self._writer = self._begin_part(table.schema)
        self._writer.write_table(table, row_group_size=table.num_rows)
        self.part_rows[-1] += table.num_rows
        self._written += self._bytes
        self._pending, self._rows, self._bytes = [], 0, 0
        if self._written >= FILE_BYTES:
            self._end_part()

    def _begin_part(self, schema: Any) -> pq.ParquetWriter:  # noqa: ANN401 - pyarrow
        path = self._folder / f"part-{len(self.parts):05}.parquet"
        self.parts.append(path)
        self.part_rows.append(0)
        words = [field.name for field in schema if pa.types.is_string(field.type)]
        # Dictionaries cost half the writing speed on measured values and save nothing there;
        # bounds are only ever asked of rows, times and tags.
        return pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=words,
            write_statistics=[name for name in (ROW, TIME, TAG) if name in schema.names],
        )

    def _end_part(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer, self._written = None, 0
