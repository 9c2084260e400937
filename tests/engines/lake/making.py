"""Makes small factory files for tests, and looks into a lake from outside."""

import io
import os
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from dure.engines.lake.inspection import Inspection, inspect
from dure.engines.lake.mapping import Mapping, propose
from dure.engines.lake.reading import FileData, read_file
from dure.engines.lake.store import ImportReport, Lake

WRITTEN = datetime(2024, 6, 1, tzinfo=UTC).timestamp()


def make_file(folder: Path, content: bytes | str, name: str = "data.csv") -> Path:
    """A file last written on 2024-06-01, so that later dates in it are in the future."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (WRITTEN, WRITTEN))
    return path


def make_rows(count: int, *, header: str = "time,temp,label", step: int = 1) -> str:
    """A regular CSV of one reading a minute with a label."""
    lines = [header]
    for i in range(count):
        hour, minute = i * step // 60 % 24, i * step % 60
        day = 1 + i * step // 1_440
        lines.append(
            f"2024-05-{day:02} {hour:02}:{minute:02}:00,{20 + i % 7 / 10},{'OK' if i % 5 else 'NG'}"
        )
    return "\n".join(lines) + "\n"


def make_xlsx(
    folder: Path, rows: Sequence[Sequence[object]], name: str = "book.xlsx", sheet: str = "데이터"
) -> Path:
    """A workbook with one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    path = folder / name
    book.save(path)
    os.utime(path, (WRITTEN, WRITTEN))
    return path


def make_zip(entries: dict[str, bytes]) -> bytes:
    """A zip archive in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return buffer.getvalue()


def look(folder: Path, content: bytes | str, name: str = "data.csv") -> Inspection:
    """Inspection of a file with this content."""
    return inspect(make_file(folder, content, name))


def read(folder: Path, content: bytes | str, name: str = "data.csv") -> FileData:
    """The data of a file with this content, by the proposed mapping."""
    return read_file(make_file(folder, content, name))


def bring(
    lake: Lake,
    path: Path,
    import_id: str = "one",
    *,
    site: str = "site",
    mapping: Mapping | None = None,
) -> ImportReport:
    """Imports a file by the proposed mapping."""
    chosen = mapping or propose(inspect(path))
    return lake.import_file(path, chosen, site=site, import_id=import_id)


def codes(inspection: Inspection) -> set[str]:
    """Codes of all findings, those of columns too."""
    found = {finding.code for finding in inspection.findings}
    return found | {f.code for column in inspection.columns for f in column.findings}


def left_in(root: Path) -> list[str]:
    """Files in a lake's folder, locks left out."""
    files = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(str(path) for path in files if path.parts[0] != "locks")
