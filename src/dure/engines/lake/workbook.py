"""Reads XLSX sheets as rows of texts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from dure.engines.lake.batches import Batch, batch_of_rows
from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import FileFacts
from dure.kernel.text import Text

_BATCH_ROWS = 50_000


def read_sheet(path: Path, name: str, sheet: str = "") -> tuple[str, Iterator[list[str]], int]:
    """Name of the sheet read, its rows as texts, and its height.

    Without a name the sheet with the most cells is read, for a factory's workbook often begins
    with a cover page.

    Raises:
        UnreadableFileError: damaged, password-protected, or without any data.
    """
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        chosen = sheet if sheet in book.sheet_names else _largest(book)
        table = book.get_sheet_by_name(chosen)
    except (calamine.CalamineError, OSError, ValueError) as broken:
        raise UnreadableFileError(
            Text(
                "{name}: 엑셀 파일을 열 수 없습니다. 손상되었거나 암호가 걸려 있습니다.",
                {"name": name},
            ),
            Text("엑셀에서 암호 없이 다시 저장하거나 CSV로 저장해 올려 주세요."),
        ) from broken
    if table.height == 0:
        raise UnreadableFileError(
            Text("{name}: 시트에 데이터가 없습니다: {sheet}", {"name": name, "sheet": chosen}),
            Text("데이터가 있는 시트를 맨 앞에 두고 다시 저장해 주세요."),
        )
    return chosen, ([cell_text(cell) for cell in row] for row in table.iter_rows()), table.height


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the worksheets, in the workbook's order; the file is known to open."""
    book = calamine.CalamineWorkbook.from_path(str(path))
    sheets = (s for s in book.sheets_metadata if s.typ is calamine.SheetTypeEnum.WorkSheet)
    return tuple(sheet.name for sheet in sheets)


def _largest(book: calamine.CalamineWorkbook) -> str:
    sizes: list[tuple[int, int, str]] = []
    for sheet in book.sheets_metadata:
        if sheet.typ is calamine.SheetTypeEnum.WorkSheet:
            table = book.get_sheet_by_name(sheet.name)
            sizes.append((table.height * table.width, -len(sizes), sheet.name))
    return max(sizes)[2] if sizes else ""


def cell_text(cell: object) -> str:
    """A cell as a person would have typed it into a CSV."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = int(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)


def sheet_batches(path: Path, name: str, facts: FileFacts) -> Iterator[Batch]:
    """The data rows of the sheet, fifty thousand at a time."""
    _, rows, height = read_sheet(path, name, facts.sheet)
    share = path.stat().st_size // max(1, height)
    pending: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(rows, 1):
        if number <= facts.skip_rows + facts.header_rows:
            continue
        pending.append((number, cells))
        if len(pending) == _BATCH_ROWS:
            yield batch_of_rows(pending, facts.width, share * len(pending))
            pending = []
    yield batch_of_rows(pending, facts.width, share * len(pending))
