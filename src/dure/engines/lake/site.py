"""A site's series across all its imports, as other engines read them."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dure.engines.lake.arrays import number_series, text_series
from dure.engines.lake.convert import ROW, TAG, TIME, VALUE
from dure.engines.lake.errors import StoreError
from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.manifest import Manifest
from dure.engines.lake.series import Series, SeriesInfo, TextSeries
from dure.kernel.text import Text

_MOST_OPEN = 64


@dataclass(frozen=True, slots=True)
class StoredSeries:
    """A series and where its values stand: manifests in order of arrival."""

    info: SeriesInfo
    manifests: tuple[Manifest, ...]


def merge_series(manifests: Sequence[Manifest]) -> dict[str, StoredSeries]:
    """Series by id, imports of a frame joined; the last names win.

    In a wide frame every series has the rows of all imports, empty where an import lacks its
    column, so that the series of a frame go on sharing their times row by row.
    """
    latest: dict[str, SeriesInfo] = {}
    for manifest in manifests:
        latest |= {info.id: info for info in manifest.series}
    known = [(manifest, {info.id: info for info in manifest.series}) for manifest in manifests]
    return {series_id: _merged(info, known) for series_id, info in latest.items()}


def _merged(
    info: SeriesInfo, known: Sequence[tuple[Manifest, dict[str, SeriesInfo]]]
) -> StoredSeries:
    holding = [(m, own) for m, own in known if m.frame == info.frame or info.id in own]
    spans = [own.get(info.id) or manifest.series[0] for manifest, own in holding]
    joined = replace(
        info,
        rows=sum(span.rows for span in spans),
        first=min((span.first for span in spans if span.first is not None), default=None),
        last=max((span.last for span in spans if span.last is not None), default=None),
    )
    return StoredSeries(joined, tuple(manifest for manifest, _ in holding))


class LakeSite:
    """One site's data in the lake; implements `SiteData`.

    Args:
        tables: folder of the site's frames.
        manifests: of the imports to read, in order of arrival.
    """

    def __init__(self, tables: Path, manifests: Sequence[Manifest]) -> None:
        self._tables = tables
        self._series = merge_series(manifests)
        self._open: OrderedDict[Path, Any] = OrderedDict()

    def list_series(self) -> tuple[SeriesInfo, ...]:
        """Every series of the site, frame by frame in order of arrival."""
        return tuple(stored.info for stored in self._series.values())

    def find(self, series_id: str) -> StoredSeries:
        """A series and its imports.

        Raises:
            StoreError: no such series.
        """
        if series_id not in self._series:
            raise StoreError(
                Text("없는 데이터 계열입니다: {id}", {"id": series_id}),
                Text("계열 목록을 새로 고쳐 주세요."),
            )
        return self._series[series_id]

    def files(self, series_id: str) -> list[Path]:
        """The Parquet files that hold a series, in order of arrival."""
        stored = self.find(series_id)
        return [path for manifest in stored.manifests for path in self.files_of(manifest)]

    def files_of(self, manifest: Manifest) -> list[Path]:
        """The Parquet files of one import, in file order."""
        return [self._tables / manifest.frame / file for file in manifest.files]

    def table(self, series_id: str) -> pa.Table:
        """A series as an Arrow table: `_time` where there is one, and the tag.

        Raises:
            StoreError: no such series.
        """
        return self._table(self.find(series_id))

    def arrow_type(self, stored: StoredSeries) -> pa.DataType:
        """Arrow type of a series' values."""
        return pa.float64() if kind_of(stored) is Kind.NUMBER else pa.string()

    def read(self, series_id: str) -> Series:
        """A numeric series, imports in order of arrival, rows in file order.

        Raises:
            StoreError: no such series, or it holds words.
        """
        stored = self.find(series_id)
        return number_series(stored.info, self._table(stored))

    def read_text(self, series_id: str) -> TextSeries:
        """A label or lot series.

        Raises:
            StoreError: no such series.
        """
        stored = self.find(series_id)
        return text_series(stored.info, self._table(stored))

    def _table(self, stored: StoredSeries) -> pa.Table:
        parts = [
            self._column(path, manifest, stored)
            for manifest in stored.manifests
            for path in self.files_of(manifest)
        ]
        return pa.concat_tables(parts)

    def _column(self, path: Path, manifest: Manifest, stored: StoredSeries) -> Any:  # noqa: ANN401 - pyarrow
        info = stored.info
        timed = [TIME] if manifest.timed else []
        if manifest.layout is Layout.WIDE and info.tag in manifest.kinds:
            # Asking for `a` also brings a column called `a.b`.
            return self._file(path).read(columns=[*timed, info.tag]).select([*timed, info.tag])
        if manifest.layout is Layout.WIDE:
            rows = self._file(path).read(columns=timed or [ROW])
            nothing = pa.nulls(rows.num_rows, self.arrow_type(stored))
            return rows.select(timed).append_column(info.tag, nothing)
        named = pc.field(TAG) == info.name
        rows = pq.read_table(path, columns=[*timed, TAG, VALUE], filters=named, partitioning=None)
        return rows.select([*timed, VALUE]).rename_columns([*timed, info.tag])

    def _file(self, path: Path) -> Any:  # noqa: ANN401 - pyarrow
        """The file, kept open: of a wide table reading the list of columns costs far more than
        reading one of them."""
        file = self._open.pop(path, None) or pq.ParquetFile(path)
        self._open[path] = file
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)[1].close()
        return file


def kind_of(stored: StoredSeries) -> Kind:
    """How a series' values are kept."""
    tag = stored.info.tag
    return next((m.kinds[tag] for m in stored.manifests if tag in m.kinds), Kind.NUMBER)
