"""Takes series out of the lake as CSV or Parquet files."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from dure.engines.lake.convert import TIME
from dure.engines.lake.durable import synced_replace, telling_full_disk
from dure.engines.lake.errors import StoreError
from dure.engines.lake.facts import Layout
from dure.engines.lake.quarantine import safe_cell
from dure.engines.lake.site import LakeSite, StoredSeries
from dure.engines.lake.store import Lake
from dure.engines.lake.times import DEFAULT_ZONE, zone_info
from dure.kernel.text import Text

_BATCH_ROWS = 50_000


def export_csv(
    lake: Lake,
    site: str,
    series_ids: Sequence[str],
    target: Path,
    *,
    zone: str = DEFAULT_ZONE,
    imports: Sequence[str] | None = None,
) -> int:
    """Series of one frame as a CSV that spreadsheets open safely; returns the rows written.

    Times are local to `zone`, to the microsecond where they have one; the file begins with a
    byte-order mark, without which Korean spreadsheets misread it.

    Args:
        imports: only these imports; None is all of the site.

    Raises:
        StoreError: no such series, or series of several frames.
    """
    rows = -1
    with telling_full_disk(), synced_replace(target) as temporary, temporary.open("wb") as out:
        for part in stream_csv(lake, site, series_ids, zone=zone, imports=imports):
            out.write(part.content)
            rows += part.rows
        out.flush()
    return rows


@dataclass(frozen=True, slots=True)
class CsvPart:
    """Some whole lines of a CSV in UTF-8; `rows` counts them."""

    content: bytes
    rows: int


def stream_csv(
    lake: Lake,
    site: str,
    series_ids: Sequence[str],
    *,
    zone: str = DEFAULT_ZONE,
    imports: Sequence[str] | None = None,
) -> Iterator[CsvPart]:
    """The CSV of `export_csv` piece by piece, its title line first, in constant memory.

    Raises:
        StoreError: no such series, or series of several frames; at once, not while it is read.
    """
    data = lake.site_data(site, imports)
    return _csv_parts(data, _of_one_frame(data, series_ids), zone_info(zone))


def _csv_parts(data: LakeSite, chosen: list[StoredSeries], zone: ZoneInfo) -> Iterator[CsvPart]:
    yield _csv_part([_titles(chosen)], "utf-8-sig")
    for table in _batches(data, chosen):
        yield _csv_part(_lines(table, zone), "utf-8")


def _csv_part(lines: Iterable[list[str]], codec: str) -> CsvPart:
    out = io.StringIO(newline="")
    writer, rows = csv.writer(out), 0
    for line in lines:
        writer.writerow(line)
        rows += 1
    return CsvPart(out.getvalue().encode(codec), rows)


def export_parquet(lake: Lake, site: str, series_ids: Sequence[str], target: Path) -> int:
    """Series of one frame as a Parquet file, times in UTC; returns the rows written.

    Raises:
        StoreError: no such series, or series of several frames.
    """
    data = lake.site_data(site)
    chosen = _of_one_frame(data, series_ids)
    rows = 0
    with telling_full_disk(), synced_replace(target) as temporary:
        writer: pq.ParquetWriter | None = None
        for table in _batches(data, chosen):
            writer = writer or pq.ParquetWriter(temporary, table.schema, compression="zstd")
            writer.write_table(table)
            rows += table.num_rows
        if writer is not None:
            writer.close()
    return rows


def _of_one_frame(data: LakeSite, series_ids: Sequence[str]) -> list[StoredSeries]:
    chosen = [data.find(series_id) for series_id in series_ids]
    if len({stored.info.frame for stored in chosen}) != 1:
        raise StoreError(
            Text("한 표의 데이터 계열만 함께 내보낼 수 있습니다."),
            Text("표마다 나누어 내보내 주세요."),
        )
    return chosen


def _titles(chosen: Sequence[StoredSeries]) -> list[str]:
    timed = [TIME.strip("_")] if chosen[0].manifests[0].timed else []
    names = (f"{s.info.name} [{s.info.unit}]" if s.info.unit else s.info.name for s in chosen)
    return [*timed, *(safe_cell(name) for name in names)]


def _batches(data: LakeSite, chosen: Sequence[StoredSeries]) -> Iterator[pa.Table]:
    """The rows of the chosen series, imports in order of arrival, in constant memory."""
    if chosen[0].manifests[0].layout is Layout.LONG:
        yield data.table(chosen[0].info.id)
        return
    manifests = {m.import_id: m for stored in chosen for m in stored.manifests}
    timed = [TIME] if chosen[0].manifests[0].timed else []
    for manifest in sorted(manifests.values(), key=lambda m: m.sequence):
        for path in data.files_of(manifest):
            with pq.ParquetFile(path) as file:
                here = set(file.schema_arrow.names)
                tags = [stored.info.tag for stored in chosen]
                known = [*timed, *(tag for tag in tags if tag in here)]
                for batch in file.iter_batches(_BATCH_ROWS, columns=known):
                    yield _complete(batch, [*timed, *tags], data, chosen)


def _complete(
    batch: pa.RecordBatch, names: list[str], data: LakeSite, chosen: Sequence[StoredSeries]
) -> pa.Table:
    types = {stored.info.tag: data.arrow_type(stored) for stored in chosen}
    columns = [
        batch[name] if name in batch.schema.names else pa.nulls(len(batch), types[name])
        for name in names
    ]
    return pa.table(columns, names=names)


def _lines(table: pa.Table, zone: ZoneInfo) -> Iterator[list[str]]:
    columns = [_written(table[name], zone) for name in table.column_names]
    return (list(cells) for cells in zip(*columns, strict=True))


def _written(column: pa.ChunkedArray, zone: ZoneInfo) -> list[str]:
    if pa.types.is_timestamp(column.type):
        return [
            moment.astimezone(zone).replace(tzinfo=None).isoformat(" ")
            for moment in column.to_pylist()
        ]
    if pa.types.is_floating(column.type):
        return ["" if value is None else f"{value:.15g}" for value in column.to_pylist()]
    return ["" if word is None else safe_cell(word) for word in column.to_pylist()]
