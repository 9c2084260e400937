"""Stored columns as the numpy arrays that engines read."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.convert import TIME
from dure.engines.lake.errors import StoreError
from dure.engines.lake.series import Series, SeriesInfo, TextSeries
from dure.kernel.text import Text


def number_series(info: SeriesInfo, table: Any) -> Series:  # noqa: ANN401 - pyarrow ships no types
    """A numeric series of a table that holds its column, and `_time` where there is one.

    Raises:
        StoreError: the series holds words.
    """
    column = table[info.tag]
    if not pa.types.is_floating(column.type):
        raise StoreError(
            Text("글자로 된 데이터 계열입니다: {id}", {"id": info.id}),
            Text("숫자 계열을 고르거나 매핑에서 숫자로 바꾸어 다시 가져오세요."),
        )
    return Series(info, times_of(table), np.asarray(column.to_numpy(), np.float64))


def text_series(info: SeriesInfo, table: Any) -> TextSeries:  # noqa: ANN401
    """A series as words; numbers are written as people write them."""
    column = table[info.tag]
    if pa.types.is_floating(column.type):
        values, codes = np.unique(np.asarray(column.to_numpy(), np.float64), return_inverse=True)
        known = values[~np.isnan(values)]
        numbered = np.where(codes < len(known), codes, -1).astype(np.int32)
        return TextSeries(info, times_of(table), numbered, tuple(f"{v:.15g}" for v in known))
    encoded = pa.chunked_array(column).combine_chunks() if not len(column) else column
    encoded = pc.dictionary_encode(encoded)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    words = tuple(str(word) for word in encoded.dictionary.to_pylist())
    return TextSeries(info, times_of(table), codes.astype(np.int32), words)


def times_of(table: Any) -> npt.NDArray[np.int64]:  # noqa: ANN401
    """Microseconds UTC of a table's rows; empty where it has no time."""
    if TIME not in table.column_names:
        return np.zeros(0, np.int64)
    return np.asarray(table[TIME].cast(pa.int64()).to_numpy(), np.int64)
