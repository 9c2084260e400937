"""One file as a site's data, without a lake: what the command line measures."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from dure.engines.lake.arrays import number_series, text_series
from dure.engines.lake.batches import Refusal
from dure.engines.lake.blocks import Block, block_codec, read_blocks
from dure.engines.lake.convert import TAG, TIME, VALUE, Converted, Converter
from dure.engines.lake.errors import StoreError
from dure.engines.lake.facts import Format, Layout
from dure.engines.lake.headers import make_tag
from dure.engines.lake.held import HeldRows
from dure.engines.lake.inspection import Inspection, inspect
from dure.engines.lake.mapping import Mapping, propose, require_consistent
from dure.engines.lake.series import Series, SeriesInfo, TextSeries
from dure.engines.lake.sniffing import content_bytes, latest_of
from dure.engines.lake.sources import table_batches
from dure.engines.lake.tally import Tally
from dure.engines.lake.text_batches import parse_block
from dure.kernel.text import Text

_THREADS = 2
Progress = Callable[[int, int], None]


def convert_file(
    path: Path, name: str, mapping: Mapping, latest_micros: int
) -> Iterator[Converted]:
    """The typed rows of a file, block by block in file order."""
    converter = Converter(mapping, latest_micros)
    if mapping.file.format is not Format.CSV:
        headers = [""] * mapping.file.width
        for column in mapping.columns:
            headers[column.index] = column.header
        yield from map(converter.convert, table_batches(path, name, mapping.file, headers))
        return
    codec, numeric = block_codec(mapping.file), converter.numeric()

    def convert(block: Block) -> Converted:
        return converter.convert(parse_block(block, mapping.file, codec, numeric))

    yield from _in_step(convert, read_blocks(path, name, mapping.file))


def _in_step(convert: Callable[[Block], Converted], blocks: Iterator[Block]) -> Iterator[Converted]:
    """Results in the order of the blocks, a few blocks ahead: Arrow works without the GIL."""
    with ThreadPoolExecutor(_THREADS, "lake-convert") as pool:
        ahead: deque[Future[Converted]] = deque()
        try:
            for block in blocks:
                ahead.append(pool.submit(convert, block))
                if len(ahead) > _THREADS:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for waiting in ahead:
                waiting.cancel()


class FileData:
    """One file's series, without a lake; implements `SiteData`.

    Args:
        name: what people call the file, where it is kept under another name.
        progress: told bytes done and bytes in all.
        memory_bytes: rows beyond this wait in a temporary file; None is half a gibibyte.

    Attributes:
        mapping: how the file was read.
        inspection: what was found before reading; None where a mapping was given.
        refused: rows that were not taken in, in file order.
        findings: what was noticed while reading all rows.
    """

    def __init__(
        self,
        path: Path,
        mapping: Mapping,
        name: str | None = None,
        inspection: Inspection | None = None,
        *,
        progress: Progress | None = None,
        memory_bytes: int | None = None,
    ) -> None:
        require_consistent(mapping)
        name = name or path.name
        self.mapping = mapping
        self.inspection = inspection
        self.refused: list[Refusal] = []
        tally = Tally(mapping)
        self._held = HeldRows(memory_bytes)
        total, done = content_bytes(path, compressed=mapping.file.compressed), 0
        for part in convert_file(path, name, mapping, latest_of(path)):
            tally.add(part)
            self._held.add(part.table)
            self.refused += part.refused
            done += part.bytes_read
            if progress:
                progress(min(done, total), total)
        self.findings = tally.findings()
        self._held.finish()
        self._series = {info.id: info for info in tally.series(frame_name(name))}

    def list_series(self) -> tuple[SeriesInfo, ...]:
        """Every series of the file, in file order."""
        return tuple(self._series.values())

    def read(self, series_id: str) -> Series:
        """A numeric series in file order.

        Raises:
            StoreError: no such series, or it holds words.
        """
        info = self._info(series_id)
        return number_series(info, self._rows(info))

    def read_text(self, series_id: str) -> TextSeries:
        """A label or lot series in file order.

        Raises:
            StoreError: no such series.
        """
        info = self._info(series_id)
        return text_series(info, self._rows(info))

    def _info(self, series_id: str) -> SeriesInfo:
        if series_id not in self._series:
            raise StoreError(Text("없는 데이터 계열입니다: {id}", {"id": series_id}))
        return self._series[series_id]

    def _rows(self, info: SeriesInfo) -> Any:  # noqa: ANN401 - pyarrow ships no types
        timed = [TIME] if self.mapping.time else []
        if self.mapping.layout is Layout.WIDE:
            return self._held.columns([*timed, info.tag])
        rows = self._held.columns([*timed, TAG, VALUE])
        rows = rows.filter(pc.equal(rows[TAG], info.name))
        return rows.select([*timed, VALUE]).rename_columns([*timed, info.tag])


def frame_name(name: str) -> str:
    """Frame of a file: its name without folders and endings."""
    return make_tag(Path(name).name.split(".")[0])


def read_file(path: Path, name: str | None = None, mapping: Mapping | None = None) -> FileData:
    """Reads one file as a site's data; without a mapping the proposed one is used.

    Raises:
        UnreadableFileError: not a table.
        MappingError: the mapping contradicts itself.
    """
    if mapping is not None:
        return FileData(path, mapping, name)
    inspection = inspect(path, name)
    return FileData(path, propose(inspection), name, inspection)
