"""Reads a file into files of its own, out of sight, before it becomes part of the lake."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dure.engines.lake.durable import telling_full_disk
from dure.engines.lake.mapping import Mapping, column_titles
from dure.engines.lake.parts import PartWriter
from dure.engines.lake.quarantine import QuarantineWriter
from dure.engines.lake.reading import Progress, convert_file
from dure.engines.lake.sniffing import content_bytes
from dure.engines.lake.tally import Tally


@dataclass(frozen=True, slots=True)
class Staged:
    """A file's rows on disk, not yet part of any table.

    Attributes:
        parts: Parquet files in file order with their rows.
        quarantine: refused rows; None where none were.
    """

    tally: Tally
    parts: tuple[tuple[Path, int], ...]
    quarantine: Path | None


@contextmanager
def staged(
    folder: Path,
    path: Path,
    name: str,
    mapping: Mapping,
    *,
    latest_micros: int,
    progress: Progress | None,
) -> Iterator[Staged]:
    """Converts a file into `folder`, which is gone when the block ends, however it ends.

    Raises:
        UnreadableFileError: the file cannot be read to its end.
        StoreError: the disk is full.
    """
    shutil.rmtree(folder, ignore_errors=True)
    tally, parts = Tally(mapping), PartWriter(folder)
    refused = QuarantineWriter(folder / "quarantine.parquet", column_titles(mapping))
    try:
        with telling_full_disk():
            folder.mkdir(parents=True)
            total = content_bytes(path, compressed=mapping.file.compressed)
            done = 0
            for part in convert_file(path, name, mapping, latest_micros):
                tally.add(part)
                refused.add(part.refused)
                parts.add(part.table)
                done += part.bytes_read
                if progress:
                    progress(min(done, total), total)
            parts.close()
            kept = tuple(zip(parts.parts, parts.part_rows, strict=True))
            yield Staged(tally, kept, refused.close())
    finally:
        parts.discard()
        refused.discard()
        shutil.rmtree(folder, ignore_errors=True)
