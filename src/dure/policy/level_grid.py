"""The grid of system levels: columns × levels, and the criteria that data can show."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import data_file_error, parse_data_file
from dure.kernel.names import Name
from dure.policy.errors import no_programme
from dure.policy.schema import Words

EVIDENCE_KINDS = ("telemetry", "document", "visit")
_NAME = "levels/system_level_grid.yaml"


@dataclass(frozen=True, slots=True)
class GridEntry:
    """A level or a column of the grid; levels rise in the grid's order."""

    key: str
    name: Name


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a criterion holds data against, in `unit`; source Dure is our own choice."""

    key: str
    name: Name
    value: float
    unit: str
    source: str
    mark: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that would show a cell of the grid.

    Attributes:
        evidence: telemetry, document or visit – what could show it at all.
        decides: whether its support carries the level, or is only told beside it.
        asks: the criterion as a sentence.
    """

    key: str
    level: str
    column: str
    name: Name
    asks: Name
    evidence: str
    decides: bool
    thresholds: Mapping[str, Threshold]

    def threshold(self, key: str) -> float:
        """The value of one threshold; KeyError where the criterion has none of that name."""
        return self.thresholds[key].value


@dataclass(frozen=True, slots=True)
class LevelGrid:
    """The grid on one day.

    Attributes:
        limits: numbers that hold for every criterion: what a grade is worth, how long a record
            must be.
        hash: changes with every text, threshold and limit of that day.
    """

    as_of: date
    name: Name
    levels: tuple[GridEntry, ...]
    columns: tuple[GridEntry, ...]
    cells: Mapping[tuple[str, str], Name]
    criteria: tuple[Criterion, ...]
    limits: Mapping[str, Threshold]
    hash: str

    def level(self, key: str) -> GridEntry:
        """A level by key; KeyError for none."""
        return {entry.key: entry for entry in self.levels}[key]

    def column(self, key: str) -> GridEntry:
        """A column by key; KeyError for none."""
        return {entry.key: entry for entry in self.columns}[key]

    def cell(self, level: str, column: str) -> Name:
        """What the grid says of a column at a level."""
        return self.cells[level, column]

    def rank(self, level: str) -> int:
        """Position of a level, 0 for the lowest."""
        return [entry.key for entry in self.levels].index(level)

    def next_level(self, level: str) -> str | None:
        """The level above, None at the top."""
        rank = self.rank(level) + 1
        return self.levels[rank].key if rank < len(self.levels) else None

    def criterion(self, key: str) -> Criterion:
        """A criterion by key; KeyError for none."""
        return {criterion.key: criterion for criterion in self.criteria}[key]

    def limit(self, key: str) -> float:
        """The value of one limit; KeyError for none."""
        return self.limits[key].value

    def criteria_of(self, level: str, *, evidence: str | None = None) -> tuple[Criterion, ...]:
        """The criteria of a level, of one kind of evidence if given."""
        return tuple(
            criterion
            for criterion in self.criteria
            if criterion.level == level and evidence in (None, criterion.evidence)
        )


def load_level_grid(as_of: date, root: Path = POLICY_ROOT) -> LevelGrid:
    """The grid in force on a day.

    Raises:
        UnknownRuleError: no grid on that day.
        DataFileError: the file is malformed.
    """
    try:
        content = (root / _NAME).read_bytes()
    except OSError as error:
        raise data_file_error(_NAME, str(error)) from error
    file = _parse(content)
    if as_of < file.start or (file.end is not None and as_of > file.end):
        raise no_programme(file.grid, as_of)
    return _grid(file, as_of)


class _Entry(Words, frozen=True, forbid_unknown_fields=True):
    key: str


class _Cell(Words, frozen=True, forbid_unknown_fields=True):
    level: str
    column: str


class _DatedNumber(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}
):
    start: date
    value: float
    source: str
    mark: str
    verified: date


class _Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: Words
    unit: str
    values: list[_DatedNumber]

    def on(self, day: date) -> _DatedNumber:
        """The value in force; the file is checked to have one from its first day on."""
        return max((e for e in self.values if e.start <= day), key=lambda entry: entry.start)


class _Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    level: str
    column: str
    evidence: str
    decides: bool
    name: Words
    asks: Words
    thresholds: list[_Threshold] = []


class _File(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    grid: str
    start: date
    end: date | None
    name: Words
    source: str
    mark: str
    verified: date
    levels: list[_Entry]
    columns: list[_Entry]
    cells: list[_Cell]
    criteria: list[_Criterion]
    limits: list[_Threshold] = []


@lru_cache(maxsize=4)
def _parse(content: bytes) -> _File:
    file = parse_data_file(_NAME, content, _File)
    for problem in _problems(file):
        raise data_file_error(_NAME, problem)
    return file


def _problems(file: _File) -> Iterator[str]:
    levels = [entry.key for entry in file.levels]
    columns = [entry.key for entry in file.columns]
    places = [(cell.level, cell.column) for cell in file.cells]
    if sorted(places) != sorted((level, column) for level in levels for column in columns):
        yield "모든 수준과 열에 칸이 하나씩 있어야 합니다"
    keys = [criterion.key for criterion in file.criteria]
    if len(set(keys)) != len(keys):
        yield "두 번 나오는 기준이 있습니다"
    for criterion in file.criteria:
        if (criterion.level, criterion.column) not in places:
            yield f"기준 {criterion.key}: 없는 수준이나 열입니다"
        if criterion.evidence not in EVIDENCE_KINDS:
            yield f"기준 {criterion.key}: 알 수 없는 근거 종류입니다"
        for threshold in criterion.thresholds:
            if _starts_late(threshold, file):
                yield f"기준 {criterion.key}/{threshold.key}: 첫날의 값이 없습니다"
    for limit in file.limits:
        if _starts_late(limit, file):
            yield f"한도 {limit.key}: 첫날의 값이 없습니다"


def _starts_late(threshold: _Threshold, file: _File) -> bool:
    return min((e.start for e in threshold.values), default=date.max) > file.start


def _grid(file: _File, as_of: date) -> LevelGrid:
    criteria = tuple(_criterion(form, as_of) for form in file.criteria)
    limits = MappingProxyType({item.key: _threshold(item, as_of) for item in file.limits})
    return LevelGrid(
        as_of=as_of,
        name=file.name.name,
        levels=tuple(GridEntry(entry.key, entry.name) for entry in file.levels),
        columns=tuple(GridEntry(entry.key, entry.name) for entry in file.columns),
        cells=MappingProxyType({(cell.level, cell.column): cell.name for cell in file.cells}),
        criteria=criteria,
        limits=limits,
        hash=_hash(file, criteria, limits),
    )


def _criterion(form: _Criterion, as_of: date) -> Criterion:
    return Criterion(
        key=form.key,
        level=form.level,
        column=form.column,
        name=form.name.name,
        asks=form.asks.name,
        evidence=form.evidence,
        decides=form.decides,
        thresholds=MappingProxyType(
            {item.key: _threshold(item, as_of) for item in form.thresholds}
        ),
    )


def _threshold(form: _Threshold, as_of: date) -> Threshold:
    entry = form.on(as_of)
    return Threshold(
        form.key, form.name.name, entry.value, form.unit, entry.source, entry.mark, entry.verified
    )


def _hash(file: _File, criteria: tuple[Criterion, ...], limits: Mapping[str, Threshold]) -> str:
    values = [[c.key, sorted((t.key, t.value) for t in c.thresholds.values())] for c in criteria]
    values.append(["limits", sorted((t.key, t.value) for t in limits.values())])
    texts = [file.name, file.levels, file.columns, file.cells]
    asked = [(form.key, form.level, form.column, form.asks) for form in file.criteria]
    plain = msgspec.json.encode([values, texts, asked], order="deterministic")
    return hashlib.sha256(plain).hexdigest()
