"""Several files as one site: files with the same columns, one after the other, are one table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dure.engines.lake.facts import Layout
from dure.engines.lake.reading import FileData
from dure.engines.lake.series import Series, SeriesInfo, TextSeries

_Columns = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Table:
    """Files that follow each other in time, or one alone."""

    name: str
    columns: _Columns
    files: list[FileData] = field(default_factory=list)
    last: int | None = None
    last_name: str = ""

    def continues_with(self, file: FileData) -> bool:
        """Whether a file has the same columns and begins where this ends or later."""
        first, _ = _span(file)
        return (
            self.last is not None
            and first is not None
            and self.last <= first
            and self.columns == _columns(file)
        )

    def add(self, name: str, file: FileData) -> None:
        self.files.append(file)
        self.last, self.last_name = _span(file)[1], name


class FilesSite:
    """Files read by themselves, joined where they belong together; implements `SiteData`.

    Machines that write the same columns at the same time stay apart, and so do files without
    times, whose order nobody knows.

    Args:
        files: with the name each is called by, unique.
    """

    def __init__(self, files: Sequence[tuple[str, FileData]]) -> None:
        self._found: dict[str, tuple[SeriesInfo, list[tuple[FileData, str]]]] = {}
        self.frames: dict[str, str] = {}
        for table in _tables(files):
            for file in table.files:
                name = next(name for name, other in files if other is file)
                self.frames[name] = table.name
            self._take(table)

    def _take(self, table: _Table) -> None:
        for info in table.files[0].list_series():
            own = info.frame.partition("/")[2]
            frame = f"{table.name}/{own}" if own else table.name
            series_id = f"{frame}/{info.tag}"
            parts = [(file, _id_in(file, info)) for file in table.files]
            spans = [next(i for i in file.list_series() if i.id == id_) for file, id_ in parts]
            joined = replace(
                info,
                id=series_id,
                frame=frame,
                rows=sum(span.rows for span in spans),
                first=spans[0].first,
                last=spans[-1].last,
            )
            self._found[series_id] = (joined, parts)

    def list_series(self) -> tuple[SeriesInfo, ...]:
        """Every series, table by table."""
        return tuple(info for info, _ in self._found.values())

    def read(self, series_id: str) -> Series:
        """A numeric series, files one after the other."""
        info, parts = self._found[series_id]
        read = [file.read(own) for file, own in parts]
        return Series(
            info,
            np.concatenate([one.times for one in read]),
            np.concatenate([one.values for one in read]),
        )

    def read_text(self, series_id: str) -> TextSeries:
        """A label or lot series, words of all files in one list."""
        info, parts = self._found[series_id]
        read = [file.read_text(own) for file, own in parts]
        words = tuple(dict.fromkeys(word for one in read for word in one.words))
        places = {word: place for place, word in enumerate(words)}
        codes = []
        for one in read:
            # The last place stands for -1, an empty cell.
            table = np.array([*(places[word] for word in one.words), -1], np.int32)
            codes.append(table[one.codes])
        return TextSeries(
            info, np.concatenate([one.times for one in read]), np.concatenate(codes), words
        )


def _tables(files: Sequence[tuple[str, FileData]]) -> list[_Table]:
    tables: list[_Table] = []
    for name, file in sorted(files, key=lambda one: _span(one[1])[0] or 0):
        table = next((t for t in tables if t.continues_with(file)), None)
        if table is None:
            table = _Table(name, _columns(file))
            tables.append(table)
        table.add(name, file)
    for table in tables:
        if len(table.files) > 1:
            table.name = f"{table.name}…{table.last_name}"
    return tables


def _columns(file: FileData) -> _Columns:
    if file.mapping.layout is Layout.LONG:
        return ((str(id(file)), "long"),)
    return tuple((info.tag, info.role.value) for info in file.list_series())


def _span(file: FileData) -> tuple[int | None, int | None]:
    series = file.list_series()
    return (series[0].first, series[0].last) if series else (None, None)


def _id_in(file: FileData, info: SeriesInfo) -> str:
    return next(i.id for i in file.list_series() if i.tag == info.tag)
