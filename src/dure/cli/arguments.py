"""Reads what was typed: files and folders, a period, a day, a grade."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from dure.cli.errors import CommandError
from dure.engines.kpi.cadence import DAY, KOREA_OFFSET
from dure.engines.kpi.frames import Window
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text

_OPEN_START = int(np.datetime64("1900-01-01", "us").astype(np.int64))
_OPEN_END = int(np.datetime64("2200-01-01", "us").astype(np.int64))


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file to read; one that a folder holds is passed over if it is no table."""

    path: Path
    is_named: bool


def expand(paths: Sequence[Path]) -> tuple[GivenFile, ...]:
    """Files as typed, and of folders every file inside; each once.

    Raises:
        CommandError: nothing was named, or a name leads nowhere.
    """
    if not paths:
        raise CommandError(
            Text("측정할 파일을 하나 이상 적어 주세요."),
            Text("예: dure measure 생산기록.csv  ·  도움말: dure measure --help"),
        )
    found: dict[Path, GivenFile] = {}
    for path in paths:
        if path.is_dir():
            for inside in _inside(path):
                found.setdefault(inside.resolve(), GivenFile(inside, is_named=False))
        elif path.exists():
            found[path.resolve()] = GivenFile(path, is_named=True)
        else:
            raise CommandError(
                Text("파일이 없습니다: {path}", {"path": path}),
                Text("이름과 폴더를 확인해 주세요."),
            )
    return tuple(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def parse_period(text: str) -> Window:
    """`FROM..TO` in Korean time, both ends included, either one left open.

    Raises:
        CommandError: not a period.
    """
    start, dots, end = text.partition("..")
    if not dots or not (start or end):
        raise _bad_period(text)
    try:
        first = _instant(start) if start else _OPEN_START
        last = (_instant(end) + _length(end)) if end else _OPEN_END
    except ValueError as wrong:
        raise _bad_period(text) from wrong
    if last <= first:
        raise _bad_period(text)
    return Window(first, last)


def _bad_period(text: str) -> CommandError:
    return CommandError(
        Text("기간으로 읽을 수 없습니다: {text}", {"text": text}),
        Text("예: --period 2026-05-01..2026-05-31 또는 2026-05-01T08:00..2026-05-01T18:00"),
    )


def _instant(text: str) -> int:
    local = datetime.fromisoformat(text)
    if local.tzinfo is not None:
        raise ValueError(text)
    return int(np.datetime64(local, "us").astype(np.int64)) - KOREA_OFFSET


def _length(text: str) -> int:
    """A day named as the end is meant whole, an instant as itself."""
    return DAY if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else 1


def parse_day(text: str) -> date:
    """A day as `2026-05-04`.

    Raises:
        CommandError: not a day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(
            Text("날짜로 읽을 수 없습니다: {text}", {"text": text}),
            Text("예: --as-of 2026-05-04"),
        ) from wrong


def last_written(files: Sequence[GivenFile]) -> date:
    """The Korean day on which the newest of the files was last written."""
    newest = max(given.path.stat().st_mtime_ns for given in files) // 1_000
    return date.fromisoformat(str(np.datetime64(newest + KOREA_OFFSET, "us"))[:10])


def parse_grade(text: str) -> EvidenceGrade:
    """A, B, C or D.

    Raises:
        CommandError: none of them.
    """
    try:
        return EvidenceGrade(text.upper())
    except ValueError as wrong:
        raise CommandError(
            Text("없는 증거등급입니다: {text}", {"text": text}),
            Text("A, B, C, D 가운데 하나를 적어 주세요. 올린 파일은 C입니다."),
        ) from wrong
