"""What other engines see of a site's data: described series, and their values as arrays."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dure.kernel.evidence import EvidenceGrade


class ColumnRole(StrEnum):
    """What a column of a factory file is for."""

    TIME = "time"
    READING = "reading"
    COUNT = "count"
    LABEL = "label"
    LOT = "lot"
    TAG_NAME = "tag_name"
    VALUE = "value"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """One series of one site.

    Attributes:
        id: unique in the site, `frame/tag`.
        frame: the table it stands in; series of one frame share their times, row by row.
        tag: identifier of the column (NFC, no spaces).
        name: the header as the factory wrote it, without the unit.
        unit: as written (`°C`, `kgf/cm²`), empty where none was given.
        rows: rows present, counting empty cells.
        first, last: time of the first and last row, microseconds since 1970 UTC; None where
            the frame has no time column.
    """

    id: str
    frame: str
    tag: str
    name: str
    unit: str
    role: ColumnRole
    rows: int
    first: int | None
    last: int | None
    grade: EvidenceGrade = EvidenceGrade.UPLOADED_FILE


@dataclass(frozen=True, slots=True)
class Series:
    """A numeric series in arrival (file) order.

    Attributes:
        times: int64 microseconds since 1970 UTC, shape (n,); empty where the frame has no time.
        values: float64, shape (n,); NaN where the cell was empty.
    """

    info: SeriesInfo
    times: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TextSeries:
    """A label or lot series in arrival order; `codes` index `words`, -1 where empty."""

    info: SeriesInfo
    times: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int32]
    words: tuple[str, ...]


class SiteData(Protocol):
    """What an engine needs to judge a site: its series, one at a time."""

    def list_series(self) -> tuple[SeriesInfo, ...]:
        """Every series of the site, numeric and text, in file order."""
        ...

    def read(self, series_id: str) -> Series:
        """A numeric series (READING, COUNT, or a LABEL that holds numbers)."""
        ...

    def read_text(self, series_id: str) -> TextSeries:
        """A LABEL or LOT series as words."""
        ...
