"""Makes small sites for tests: columns of numbers and words, with or without times."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import measure_cadence
from dure.engines.kpi.frames import read_frames
from dure.engines.kpi.indicator import Table
from dure.engines.lake.series import ColumnRole, Series, SeriesInfo, TextSeries
from dure.kernel.evidence import EvidenceGrade

SECOND = 1_000_000
DAY = 86_400 * SECOND
# Monday 2026-09-07 08:00 in Korea.
START = 1_788_735_600 * SECOND


@dataclass
class MadeSite:
    """A site in memory; implements `SiteData`. Columns are added table by table."""

    numbers: dict[str, Series] = field(default_factory=dict)
    texts: dict[str, TextSeries] = field(default_factory=dict)
    infos: list[SeriesInfo] = field(default_factory=list)

    def add(
        self,
        name: str,
        values: npt.ArrayLike | Sequence[str | None],
        times: npt.ArrayLike | None = None,
        *,
        frame: str = "table",
        role: ColumnRole = ColumnRole.READING,
        unit: str = "",
        grade: EvidenceGrade = EvidenceGrade.UPLOADED_FILE,
    ) -> "MadeSite":
        """Adds a column; words where the first value is one."""
        moments = np.asarray([] if times is None else times, np.int64)
        listed = list(np.asarray(values, object))
        first, last = (int(moments.min()), int(moments.max())) if len(moments) else (None, None)
        info = SeriesInfo(
            f"{frame}/{name}", frame, name, name, unit, role, len(listed), first, last, grade
        )
        self.infos.append(info)
        if role in (ColumnRole.LABEL, ColumnRole.LOT):
            words = tuple(dict.fromkeys(str(v) for v in listed if v is not None))
            places = {word: index for index, word in enumerate(words)}
            codes = [-1 if v is None else places[str(v)] for v in listed]
            self.texts[info.id] = TextSeries(info, moments, np.array(codes, np.int32), words)
        else:
            self.numbers[info.id] = Series(info, moments, np.asarray(values, np.float64))
        return self

    def list_series(self) -> tuple[SeriesInfo, ...]:
        return tuple(self.infos)

    def read(self, series_id: str) -> Series:
        return self.numbers[series_id]

    def read_text(self, series_id: str) -> TextSeries:
        return self.texts[series_id]


def every(seconds: float, count: int, start: int = START) -> npt.NDArray[np.int64]:
    """`count` times at equal steps."""
    return start + (np.arange(count) * seconds * SECOND).astype(np.int64)


def walk(count: int, seed: int, scale: float = 1.0) -> npt.NDArray[np.float64]:
    """A reading that drifts as a process does: a slow part and some sensor noise."""
    random = np.random.default_rng(seed)
    slow = np.zeros(count)
    steps = random.normal(0, 1, count)
    for i in range(1, count):
        slow[i] = 0.98 * slow[i - 1] + steps[i]
    return np.round(50 + scale * (slow + random.normal(0, 0.3, count)), 2)


def tables_of(site: MadeSite) -> list[Table]:
    """The tables of a made site with their cadences."""
    return [Table(frame, measure_cadence(frame.times)) for frame in read_frames(site)]
