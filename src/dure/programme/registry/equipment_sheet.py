"""Reads a CSV list of equipment: every problem at once, each with its row and column.

Row numbers are those a spreadsheet shows (the header is row 1).
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dure.engines.lake.quarantine import safe_cell
from dure.kernel.text import Text
from dure.programme.registry.details import EquipmentDetails
from dure.programme.registry.errors import EquipmentSheetError

COLUMNS: dict[str, str] = {
    "name": "설비명",
    "line": "라인",
    "kind": "종류",
    "maker": "제조사",
    "model": "모델명",
    "serial_number": "제조번호",
    "installed_on": "설치일",
}
_ALIASES: dict[str, tuple[str, ...]] = {
    "name": (
        "설비명",
        "설비",
        "설비이름",
        "설비명칭",
        "장비명",
        "호기",
        "name",
        "equipment",
        "machine",
    ),
    "line": ("라인", "라인명", "생산라인", "공정라인", "line"),
    "kind": ("종류", "설비종류", "유형", "구분", "설비구분", "kind", "type"),
    "maker": ("제조사", "메이커", "제작사", "maker", "manufacturer"),
    "model": ("모델", "모델명", "형식", "규격", "model"),
    "serial_number": ("제조번호", "일련번호", "시리얼", "serial", "serialnumber", "serialno"),
    "installed_on": (
        "설치일",
        "설치일자",
        "도입일",
        "설치년월일",
        "installed",
        "installedon",
        "installdate",
    ),
}
_SAMPLE = EquipmentDetails(
    name="사출 3호기",
    line="1라인",
    kind="사출성형기",
    maker="우진플라임",
    model="TE-150",
    serial_number="WJ-0412",
    installed_on=date(2021, 3, 15),
)
_LENGTHS = {"kind": 60}
_DEFAULT_LENGTH = 80
_DATE_FORMATS = ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d.", "%Y년 %m월 %d일")
MAX_BYTES = 2_000_000
MAX_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One refused cell: the row as a spreadsheet numbers it, the column's Korean name, why."""

    row: int
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One machine and the row it was read from."""

    row: int
    details: EquipmentDetails


@dataclass(frozen=True, slots=True)
class EquipmentSheet:
    """What the file says; nothing may be written while `problems` is not empty.

    `fields` are those the file has a column for; the others stay as they are registered.
    """

    fields: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    problems: tuple[RowProblem, ...]
    encoding: str


def read_equipment_sheet(content: bytes) -> EquipmentSheet:
    """Read UTF-8 (with or without BOM) or CP949, comma, semicolon or tab.

    Raises:
        EquipmentSheetError: empty, too large, unreadable letters, or no name column.
    """
    if len(content) > MAX_BYTES:
        raise EquipmentSheetError(
            Text("파일이 너무 큽니다 (최대 {limit}MB).", {"limit": MAX_BYTES // 1_000_000}),
            Text("설비 목록만 남기고 다시 저장해 주세요."),
        )
    text, encoding = _decoded(content)
    lines = _table_of(text)
    header = _header_of(next(lines, (1, []))[1])
    rows: list[SheetRow] = []
    problems: list[RowProblem] = []
    for row, cells in lines:
        if len(rows) + len(problems) >= MAX_ROWS:
            raise EquipmentSheetError(
                Text("설비가 너무 많습니다 (최대 {limit}대).", {"limit": MAX_ROWS}),
                Text("파일을 나누어 올려 주세요."),
            )
        details, found = _row_of(row, cells, header)
        problems.extend(found)
        if details is not None:
            rows.append(SheetRow(row, details))
    if not rows and not problems:
        raise EquipmentSheetError(
            Text("설비가 한 대도 적혀 있지 않습니다."), Text("두 번째 행부터 설비를 적어 주세요.")
        )
    problems.extend(_repeated(rows))
    problems.sort(key=lambda problem: problem.row)
    return EquipmentSheet(tuple(header), tuple(rows), tuple(problems), encoding)


def equipment_template() -> bytes:
    """The empty list with its headings and one sample row; UTF-8 with BOM, as Excel wants it."""
    return write_equipment_sheet((_SAMPLE,))


def write_equipment_sheet(machines: Iterable[EquipmentDetails]) -> bytes:
    """Machines under the headings that `read_equipment_sheet` reads; UTF-8 with BOM."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS.values())
    for machine in machines:
        cells = (getattr(machine, field) for field in COLUMNS)
        writer.writerow(safe_cell("" if cell is None else str(cell)) for cell in cells)
    return out.getvalue().encode("utf-8-sig")


def _decoded(content: bytes) -> tuple[str, str]:
    furthest = 0
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    row = content[:furthest].count(b"\n") + 1
    raise EquipmentSheetError(
        Text("{row}행의 글자를 읽을 수 없습니다.", {"row": row}),
        Text("엑셀에서 'CSV UTF-8(쉼표로 분리)' 형식으로 다시 저장해 주세요."),
    )


def _table_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with any content, numbered as a spreadsheet does."""
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        # Strict: an unclosed quotation mark would swallow every machine after it.
        table = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        for row, cells in enumerate(table, start=1):
            tidy = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
            if any(tidy):
                yield row, tidy
    except csv.Error as error:
        raise EquipmentSheetError(
            Text("표로 읽을 수 없는 파일입니다."), Text("견본 파일을 받아 그 안에 적어 주세요.")
        ) from error


def _header_of(cells: list[str]) -> dict[str, int]:
    squeezed = ["".join(c for c in cell.lower() if c.isalnum()) for cell in cells]
    header = {
        field: next((i for i, cell in enumerate(squeezed) if cell in names), None)
        for field, names in _ALIASES.items()
    }
    found = {field: index for field, index in header.items() if index is not None}
    if "name" not in found:
        raise EquipmentSheetError(
            Text("첫 행에서 '설비명' 열을 찾지 못했습니다."),
            Text("첫 행에 열 이름을 적어 주세요: {names}", {"names": ", ".join(COLUMNS.values())}),
        )
    return found


def _row_of(
    row: int, cells: list[str], header: dict[str, int]
) -> tuple[EquipmentDetails | None, list[RowProblem]]:
    values = {field: cells[index] if index < len(cells) else "" for field, index in header.items()}
    problems = [
        RowProblem(row, COLUMNS[field], Text("{limit}자를 넘습니다.", {"limit": limit}))
        for field, value in values.items()
        if len(value) > (limit := _LENGTHS.get(field, _DEFAULT_LENGTH))
    ]
    if not values["name"]:
        problems.append(RowProblem(row, COLUMNS["name"], Text("비어 있습니다.")))
    written = values.pop("installed_on", "")
    installed_on = _date_of(written)
    if written and installed_on is None:
        problems.append(
            RowProblem(
                row,
                COLUMNS["installed_on"],
                Text("날짜로 읽을 수 없습니다: {value} (예: 2021-03-15)", {"value": written[:40]}),
            )
        )
    if problems:
        return None, problems
    return EquipmentDetails(**values, installed_on=installed_on), []


def _date_of(text: str) -> date | None:
    for pattern in _DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def _repeated(rows: Iterable[SheetRow]) -> Iterator[RowProblem]:
    first: dict[str, int] = {}
    for sheet_row in rows:
        name = sheet_row.details.name
        if name in first:
            yield RowProblem(
                sheet_row.row,
                COLUMNS["name"],
                Text("{row}행과 같은 설비명입니다: {name}", {"row": first[name], "name": name}),
            )
        first.setdefault(name, sheet_row.row)
