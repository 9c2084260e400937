"""What each column of a file means: proposed from inspection, confirmed by a person, reused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pyarrow as pa

from dure.engines.lake.errors import MappingError
from dure.engines.lake.facts import FileFacts, Kind, Layout
from dure.engines.lake.headers import make_tag
from dure.engines.lake.inspection import Inspection
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.time_columns import guess_layout
from dure.engines.lake.times import DEFAULT_ZONE, TimeLayout, zone_info
from dure.kernel.text import Text

CHECK = Text("매핑 화면에서 열의 역할과 이름을 고쳐 주세요.")
STORED_ROLES = frozenset({ColumnRole.READING, ColumnRole.COUNT, ColumnRole.LABEL, ColumnRole.LOT})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column: where it stands, what it is called, what it is for.

    Attributes:
        index: position in the file, from 0.
        header: as written in the file.
        kind: whether its values are kept as numbers or as texts.
        sentinels: cell texts or numbers that mean "no value" (`65503`, `ERR`).
    """

    index: int
    header: str
    tag: str
    name: str
    unit: str
    role: ColumnRole
    kind: Kind
    sentinels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeMapping:
    """Where the time stands: one column, or a date column and a time-of-day column."""

    columns: tuple[int, ...]
    layout: TimeLayout
    zone: str = DEFAULT_ZONE


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file becomes series; round-trips through JSON, so it can be kept as a template.

    Attributes:
        title: what a new table for such files is called, from the first file's name.
    """

    file: FileFacts
    layout: Layout
    columns: tuple[ColumnMapping, ...]
    time: TimeMapping | None
    title: str = ""

    def to_json(self) -> str:
        """The mapping as a JSON text."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Mapping":
        """A mapping kept with `to_json`.

        Raises:
            MappingError: the text is no mapping, or the mapping contradicts itself.
        """
        try:
            mapping = msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as broken:
            raise MappingError(
                Text("매핑을 읽을 수 없습니다: {detail}", {"detail": str(broken)}),
                Text("매핑을 다시 만들어 주세요."),
            ) from broken
        require_consistent(mapping)
        return mapping

    @property
    def stored(self) -> tuple[ColumnMapping, ...]:
        """Columns that become series of a wide file, in file order."""
        return tuple(column for column in self.columns if column.role in STORED_ROLES)

    def with_role(self, role: ColumnRole) -> tuple[ColumnMapping, ...]:
        """Columns of one role, in file order."""
        return tuple(column for column in self.columns if column.role is role)


def propose(inspection: Inspection) -> Mapping:
    """The mapping that inspection suggests, ready to be confirmed."""
    time = inspection.time
    columns = tuple(
        ColumnMapping(c.index, c.header, c.tag, c.name, c.unit, c.role, c.kind, c.sentinels)
        for c in inspection.columns
    )
    proposed = TimeMapping(time.columns, time.layout, time.zone) if time else None
    title = make_tag(Path(inspection.name).name.split(".")[0])
    return Mapping(inspection.file, inspection.layout, columns, proposed, title)


def time_layout_of(inspection: Inspection, index: int) -> TimeLayout | None:
    """How a column a person calls the time is written, from the rows shown; None if unreadable."""
    cells = [row[index] for row in inspection.sample if index < len(row) and row[index].strip()]
    return guess_layout(pa.array(cells, pa.string()), named=True) if cells else None


def fits(mapping: Mapping, inspection: Inspection) -> bool:
    """Whether a saved mapping can read this file: same headers, and times written alike."""
    theirs = [(c.index, c.header) for c in inspection.columns]
    if theirs != [(c.index, c.header) for c in mapping.columns]:
        return False
    if not any(c.header for c in inspection.columns) and mapping.layout is not inspection.layout:
        return False
    if mapping.time is None or inspection.time is None:
        return mapping.time is None
    return inspection.time.columns == mapping.time.columns and (
        inspection.time.layout is mapping.time.layout
    )


def column_titles(mapping: Mapping) -> list[str]:
    """One title per file column that tells it apart: its header, or its tag where it has none."""
    titles = [f"column_{index + 1}" for index in range(mapping.file.width)]
    headers = [column.header for column in mapping.columns]
    for column in mapping.columns:
        alone = column.header and headers.count(column.header) == 1
        titles[column.index] = column.header if alone else column.tag
    return titles


def refit(mapping: Mapping, inspection: Inspection) -> Mapping:
    """The same meaning of columns for a file that is written differently.

    Columns are found by header, so a corrected file may be saved with another encoding or
    delimiter, or with columns added at its end.

    Raises:
        MappingError: a column of the mapping is missing from the file.
    """
    theirs = propose(inspection)
    places = {title: index for index, title in enumerate(column_titles(theirs))}
    titles = column_titles(mapping)
    missing = [titles[c.index] for c in mapping.columns if titles[c.index] not in places]
    if missing:
        raise MappingError(
            Text("파일에 없는 열이 있습니다: {columns}", {"columns": ", ".join(missing[:10])}),
            Text("열 이름을 바꾸지 말고 값만 고쳐 주세요."),
        )
    moved = {c.index: places[titles[c.index]] for c in mapping.columns}
    columns = [replace(c, index=moved[c.index]) for c in mapping.columns]
    known = set(moved.values())
    columns += [
        replace(c, role=ColumnRole.IGNORE, kind=Kind.TEXT)
        for c in theirs.columns
        if c.index not in known
    ]
    time = mapping.time
    if time:
        time = replace(time, columns=tuple(moved[index] for index in time.columns))
    ordered = tuple(sorted(columns, key=lambda c: c.index))
    return replace(mapping, file=inspection.file, columns=ordered, time=time)


def require_consistent(mapping: Mapping) -> None:
    """Refuses a mapping that contradicts itself.

    Raises:
        MappingError: names the column at fault.
    """
    _require_unique("tag", (c.tag.casefold() for c in mapping.stored))
    _require_unique("index", (c.index for c in mapping.columns))
    for column in mapping.columns:
        if not column.tag or any(c.isspace() or c in "/,;{}()\n\t=" for c in column.tag):
            raise _wrong(
                "열의 태그에 쓸 수 없는 글자가 있습니다: {column}", column.tag or column.header
            )
        if not 0 <= column.index < mapping.file.width:
            raise _wrong("파일에 없는 자리의 열입니다: {column}", column.header)
        if column.role in (ColumnRole.READING, ColumnRole.COUNT) and column.kind is Kind.TEXT:
            raise _wrong("측정값과 수량 열은 숫자여야 합니다: {column}", column.header)
    _require_time(mapping)
    _require_layout(mapping)


def _require_time(mapping: Mapping) -> None:
    times = {c.index for c in mapping.with_role(ColumnRole.TIME)}
    told = set(mapping.time.columns) if mapping.time else set()
    if times != told:
        raise MappingError(
            Text("시각 역할의 열과 시각 설정이 서로 다릅니다."),
            Text("시각 열을 하나(또는 날짜와 시간 두 개)로 정해 주세요."),
        )
    if mapping.time:
        if not 1 <= len(mapping.time.columns) <= 2:
            raise _wrong("시각 열은 하나 또는 둘이어야 합니다: {column}", str(len(told)))
        zone_info(mapping.time.zone)


def _require_layout(mapping: Mapping) -> None:
    names, values = mapping.with_role(ColumnRole.TAG_NAME), mapping.with_role(ColumnRole.VALUE)
    if mapping.layout is Layout.LONG and (not names or len(values) != 1):
        raise MappingError(Text("긴 형식에는 항목 이름 열과 값 열 하나가 있어야 합니다."), CHECK)
    if mapping.layout is Layout.WIDE and not mapping.stored:
        raise MappingError(
            Text("보관할 열이 없습니다."),
            Text("측정값, 수량, 상태, 로트 가운데 하나 이상의 열을 정해 주세요."),
        )


def _require_unique(what: str, values: Iterable[object]) -> None:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            raise _wrong("두 열이 같은 자리나 이름을 씁니다: {column}", f"{what} {value}")
        seen.add(value)


def _wrong(source: str, column: str) -> MappingError:
    return MappingError(Text(source, {"column": column}), CHECK)
