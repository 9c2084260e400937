"""Reads Parquet files as columns."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dure.engines.lake.batches import Batch
from dure.engines.lake.container import open_bytes
from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import EMPTY_WORDS, MEBIBYTE, FileFacts
from dure.kernel.text import Text

_BATCH_ROWS = 65_536


@contextmanager
def open_parquet(path: Path, name: str, *, compressed: bool) -> Iterator[pq.ParquetFile]:
    """A Parquet file; a gzipped one is unpacked beside the temporary files first.

    Raises:
        UnreadableFileError: damaged or incomplete.
    """
    with tempfile.TemporaryDirectory(prefix="dure-parquet-") as folder:
        if compressed:
            unpacked = Path(folder) / "data.parquet"
            with open_bytes(path, name, compressed=True) as stream, unpacked.open("wb") as out:
                shutil.copyfileobj(stream, out, MEBIBYTE)
            path = unpacked
        try:
            with pq.ParquetFile(path) as file:
                yield file
        except (pa.ArrowInvalid, OSError) as broken:
            raise UnreadableFileError(
                Text(
                    "{name}: Parquet 파일이 손상되었거나 끝까지 올라오지 않았습니다.",
                    {"name": name},
                ),
                Text("파일을 다시 내보내 올려 주세요."),
            ) from broken


def parquet_batches(path: Path, name: str, facts: FileFacts) -> Iterator[Batch]:
    """Row groups in slices; numbers become float64, times stay, the rest become texts."""
    with open_parquet(path, name, compressed=facts.compressed) as file:
        rows_total = max(1, file.metadata.num_rows)
        share = path.stat().st_size / rows_total
        start = 1
        for record in file.iter_batches(_BATCH_ROWS):
            columns = [plain(column) for column in record.columns]
            rows = np.arange(start, start + record.num_rows)
            start += record.num_rows
            yield Batch(rows, columns, _Cells(columns), [], int(share * record.num_rows))


class _Cells:
    def __init__(self, columns: list[Any]) -> None:
        self._columns = columns

    def __call__(self, index: int) -> tuple[str, ...]:
        values = (column[index].as_py() for column in self._columns)
        return tuple("" if value is None else str(value) for value in values)


def plain(column: Any) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """A column as float64, timestamp or string."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_boolean(kind):
        return column.cast(pa.int8()).cast(pa.float64())
    if pa.types.is_int64(kind) or pa.types.is_uint64(kind):
        return _whole(column)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        zone = kind.tz if pa.types.is_timestamp(kind) else None
        return column.cast(pa.timestamp("us", tz=zone), safe=False)
    return _texts(column)


def _whole(column: Any) -> Any:  # noqa: ANN401
    """Integers as float64, or as texts where float64 would change them."""
    try:
        return column.cast(pa.float64())
    except pa.ArrowInvalid:
        return column.cast(pa.string())


def _texts(column: Any) -> Any:  # noqa: ANN401
    if (
        pa.types.is_binary(column.type)
        or pa.types.is_large_binary(column.type)
        or pa.types.is_nested(column.type)
    ):
        texts = pa.array([_shown(value) for value in column.to_pylist()], pa.string())
    else:
        texts = column.cast(pa.string())
    empty = pc.is_in(texts, pa.array(EMPTY_WORDS))
    return pc.if_else(empty, pa.scalar(None, pa.string()), texts)


def _shown(value: object) -> str | None:
    if value is None:
        return None
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
