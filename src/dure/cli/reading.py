"""Reads the given files through the lake's reader, with progress and nothing left behind."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from dure.cli.arguments import GivenFile
from dure.cli.errors import CommandError
from dure.cli.sites import FilesSite
from dure.engines.lake.errors import LakeError, UnreadableFileError
from dure.engines.lake.held import MEMORY_BYTES
from dure.engines.lake.inspection import Inspection, inspect
from dure.engines.lake.mapping import Mapping, fits, propose, refit
from dure.engines.lake.reading import FileData, Progress, frame_name
from dure.engines.levels.integrity.dates import RefusedDate, refused_dates
from dure.kernel.text import Text

Following = Callable[[Path], AbstractContextManager[Progress | None]]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read.

    Attributes:
        frame: the table its rows stand in.
        refused: rows set aside.
    """

    path: Path
    frame: str
    rows: int
    refused: int
    inspection: Inspection

    @property
    def time(self) -> str:
        """Headers of the time columns, empty where there is none."""
        found = self.inspection.time
        columns = self.inspection.columns
        return " ".join(columns[index].header for index in found.columns) if found else ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is no table, and why."""

    path: Path
    reason: Text


@dataclass(frozen=True, slots=True)
class ReadSite:
    """All files read, as one site."""

    data: FilesSite
    files: tuple[ReadFile, ...]
    skipped: tuple[Skipped, ...]
    refused: tuple[RefusedDate, ...]


def read_files(given: Sequence[GivenFile], following: Following) -> ReadSite:
    """Reads every file; columns that come again mean what they meant before.

    Raises:
        LakeError: a named file cannot be read.
        CommandError: no file in the folders is a table.
    """
    reader = _Reader(following, max(1, MEMORY_BYTES // len(given)))
    skipped = []
    for one in given:
        try:
            reader.read(one.path)
        except LakeError as error:
            if one.is_named:
                raise
            skipped.append(Skipped(one.path, error.text))
    if not reader.read_data:
        raise CommandError(
            Text(
                "폴더에 표로 읽을 수 있는 파일이 없습니다(살펴본 파일 {count}개).",
                {"count": len(given)},
            ),
            Text("CSV, TSV, XLSX, Parquet, JSON 파일이 있는 폴더를 적어 주세요."),
        )
    return reader.site(tuple(skipped))


class _Reader:
    def __init__(self, following: Following, memory_bytes: int) -> None:
        self._following = following
        self._memory_bytes = memory_bytes
        self._mappings: list[Mapping] = []
        self._names: set[str] = set()
        self.read_data: list[tuple[str, Path, FileData, Inspection]] = []

    def read(self, path: Path) -> None:
        try:
            inspection = inspect(path)
        except OSError as error:
            raise UnreadableFileError(
                Text("{name}: 파일을 열 수 없습니다.", {"name": path.name}),
                Text("파일이 있는지, 읽을 권한이 있는지 확인해 주세요."),
            ) from error
        mapping = self._mapping(inspection)
        with self._following(path) as progress:
            data = FileData(
                path,
                mapping,
                inspection=inspection,
                progress=progress,
                memory_bytes=self._memory_bytes,
            )
        if not any(info.rows for info in data.list_series()):
            raise UnreadableFileError(
                Text("{name}: 받아들일 수 있는 행이 없습니다.", {"name": path.name}),
                data.refused[0].reason if data.refused else None,
            )
        self.read_data.append((self._name(path), path, data, inspection))

    def _mapping(self, inspection: Inspection) -> Mapping:
        """An earlier file's meaning of the same columns, so that all files are read alike."""
        own = propose(inspection)
        for known in self._mappings:
            if fits(known, inspection) and _kinds(known) == _kinds(own):
                return _with_sentinels(refit(known, inspection), own)
        self._mappings.append(own)
        return own

    def _name(self, path: Path) -> str:
        """The file's name; with its folder's where another file is called the same."""
        wanted = frame_name(path.name)
        candidates = [wanted, f"{frame_name(path.resolve().parent.name)}_{wanted}"]
        name = next((one for one in candidates if one not in self._names), None)
        if name is None:
            name = f"{candidates[1]}_{len(self._names) + 1}"
        self._names.add(name)
        return name

    def site(self, skipped: tuple[Skipped, ...]) -> ReadSite:
        data = FilesSite([(name, one) for name, _, one, _ in self.read_data])
        files = tuple(
            ReadFile(path, data.frames[name], _rows(one), len(one.refused), inspection)
            for name, path, one, inspection in self.read_data
        )
        refused = tuple(
            date
            for name, _, one, _ in self.read_data
            for date in refused_dates(data.frames[name], one.mapping, one.refused)
        )
        return ReadSite(data, files, skipped, refused)


def _rows(data: FileData) -> int:
    """Rows taken in; a long file's are those of all its tags."""
    by_frame = {info.frame: info.rows for info in data.list_series()}
    return sum(by_frame.values())


def _kinds(mapping: Mapping) -> list[tuple[str, str]]:
    return [(column.tag, column.kind.value) for column in mapping.columns]


def _with_sentinels(mapping: Mapping, own: Mapping) -> Mapping:
    """Codes for "no value" that either file shows count in both."""
    theirs = {column.index: column.sentinels for column in own.columns}
    columns = tuple(
        replace(c, sentinels=tuple(dict.fromkeys((*c.sentinels, *theirs.get(c.index, ())))))
        for c in mapping.columns
    )
    return replace(mapping, columns=columns)
