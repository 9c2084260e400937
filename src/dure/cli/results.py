"""What the command found, whole: for a person to read or a program to parse."""

from dataclasses import dataclass
from typing import Any

from dure.cli.reading import ReadSite
from dure.engines.kpi.indicator import KpiValue
from dure.engines.levels.findings import Measurement, text_to_json
from dure.policy.level_grid import LevelGrid


@dataclass(frozen=True, slots=True)
class Results:
    """The measurement of the given files, their first indicators, and how they were read."""

    site: ReadSite
    measurement: Measurement
    kpis: tuple[KpiValue, ...]
    grid: LevelGrid

    def to_plain(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "version": 1,
            "as_of": self.grid.as_of.isoformat(),
            "measurement": self.measurement.to_plain(),
            "kpis": [_kpi(value) for value in self.kpis],
            "files": [
                {
                    "path": str(file.path),
                    "frame": file.frame,
                    "rows": file.rows,
                    "refused": file.refused,
                    "encoding": file.inspection.encoding,
                    "time": file.time,
                }
                for file in self.site.files
            ],
            "skipped": [
                {"path": str(one.path), "reason": text_to_json(one.reason)}
                for one in self.site.skipped
            ],
        }


def _kpi(value: KpiValue) -> dict[str, Any]:
    return {
        "key": value.key,
        "name": text_to_json(value.name),
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
        "direction": value.direction.value,
        "basis": text_to_json(value.basis),
        "series": list(value.series),
    }
