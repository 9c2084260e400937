"""The simulated cell's record as the two files its machine and its MES would write."""

import csv
import io
from datetime import date

from dure.web.example.moulding_cell import MouldingCell, Record

SENSOR_HEADER = (
    "시각",
    "배럴1온도(℃)",
    "배럴2온도(℃)",
    "배럴3온도(℃)",
    "배럴4온도(℃)",
    "금형온도(℃)",
    "전력(kW)",
)
SHOT_HEADER = (
    "생산일시",
    "로트번호",
    "작업조",
    "사이클타임(s)",
    "사출압력(bar)",
    "쿠션(mm)",
    "중량(g)",
    "생산수량",
    "판정",
)


def make_machine_files(seed: int, first_day: date, days: int) -> tuple[bytes, bytes]:
    """The sensor log (UTF-8 with BOM) and the MES shot list (CP949), as CSV."""
    record = MouldingCell(seed).run(first_day, days)
    return _sensor_log(record).encode("utf-8-sig"), _shot_list(record).encode("cp949")


def _sensor_log(record: Record) -> str:
    rows = (
        (f"{row.at:%Y-%m-%d %H:%M:%S}", *row.barrel, row.mould, row.power_kw)
        for row in record.readings
    )
    return _table(SENSOR_HEADER, rows)


def _shot_list(record: Record) -> str:
    rows = (
        (
            f"{shot.at:%Y-%m-%d %H:%M:%S}",
            shot.lot,
            shot.shift,
            shot.cycle_seconds,
            shot.pressure_bar,
            shot.cushion_mm,
            shot.weight_g,
            shot.count,
            "양품" if shot.is_good else "불량",
        )
        for shot in record.shots
    )
    return _table(SHOT_HEADER, rows)


def _table(header: tuple[str, ...], rows: object) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()
