"""A measurement arranged for reading: ladder, grid, criteria by level, doubts, evidence links."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.engines.levels.findings import CellFinding, IntegrityFinding, Status
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion, LevelGrid
from dure.programme.levels.queries import MeasurementView
from dure.web import words
from dure.web.status import status_of

_LINKS = 3
_BY_PEOPLE = "by_people"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A series that something rests on; `url` is empty where its data were taken back."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What a finding rests on: the first series, how many more, and which rows."""

    links: tuple[Evidence, ...] = ()
    more: int = 0
    rows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionItem:
    """One criterion with what was found; `status` is a key of the vocabulary `criterion`."""

    anchor: str
    level: str
    column: str
    title: Name | str
    asks: Name | str
    decides: bool
    status: str
    found: Text
    missing: Text | None
    confidence: float
    grade: str
    trail: Trail
    is_open: bool

    @property
    def word(self) -> str:
        """The status in the reader's language."""
        return str(status_of("criterion", self.status).label)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid: what it asks for, and the criteria that would show it."""

    level: Name
    name: Name
    criteria: tuple[CriterionItem, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A column of the level grid (분야), laid down as a row for reading."""

    name: Name
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder; `state` is done, now, next or ahead."""

    name: Name
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The criteria of one level."""

    name: Name
    note: str
    criteria: tuple[CriterionItem, ...]


@dataclass(frozen=True, slots=True)
class DoubtItem:
    """A reason to look again at the data."""

    severity: str
    text: Text
    remedy: Text
    trail: Trail


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPage:
    """Everything the level page says of one measurement."""

    level: Name
    sentence: str
    next_level: Name | None
    ladder: tuple[Rung, ...]
    claims: bool
    doubts: tuple[DoubtItem, ...]
    remarks: tuple[DoubtItem, ...]
    grid: tuple[GridRow, ...]
    levels: tuple[Name, ...]
    groups: tuple[Group, ...]
    is_same_grid: bool


def arrange(
    measurement: MeasurementView,
    grid: LevelGrid,
    series: Mapping[str, str],
    *,
    url_of: Callable[[str], str] | None = None,
) -> LevelPage:
    """The page of a measurement; `series` gives the names of series whose data are still there.

    `url_of` says where the data of a series are looked at; without it, on the factory's own pages.
    `grid` is the level grid of the measurement's day; where its text has changed since, the
    criteria that are gone are shown by their keys.
    """
    result = measurement.result
    url_of = url_of or partial(_signal_url, measurement.workplace_id)
    reader = _Reader(url_of, grid, series, result.next_level)
    items = tuple(reader.item(cell) for cell in result.cells)
    found = tuple(reader.doubt(finding) for finding in result.integrity)
    lowest = grid.levels[0].key
    return LevelPage(
        level=grid.level(result.system_level).name,
        sentence=_sentence(grid, items, result.system_level, result.next_level),
        next_level=grid.level(result.next_level).name if result.next_level else None,
        ladder=_ladder(grid, items, result.system_level, result.next_level),
        claims=result.system_level != lowest,
        doubts=tuple(item for item in found if item.severity != "info"),
        remarks=tuple(item for item in found if item.severity == "info"),
        grid=_rows(grid, items),
        levels=tuple(entry.name for entry in grid.levels),
        groups=_groups(grid, items),
        is_same_grid=grid.hash == result.grid_hash,
    )


def current_rung(system_level: str, grid: LevelGrid) -> tuple[Rung, ...]:
    """The ladder without counts, for cards."""
    rank = grid.rank(system_level)
    return tuple(
        Rung(entry.name, "done" if i < rank else "now" if i == rank else "ahead")
        for i, entry in enumerate(grid.levels)
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    url_of: Callable[[str], str]
    grid: LevelGrid
    series: Mapping[str, str]
    next_level: str | None

    def item(self, cell: CellFinding) -> CriterionItem:
        known = self._criterion(cell.criterion)
        by_people = known is not None and known.evidence != "telemetry"
        return CriterionItem(
            anchor=f"criterion-{cell.criterion}",
            level=cell.level,
            column=cell.column,
            title=known.name if known else cell.criterion,
            asks=known.asks if known else "",
            decides=bool(known and known.decides),
            status=_BY_PEOPLE if by_people else cell.status.value,
            found=cell.found,
            missing=cell.missing,
            confidence=cell.confidence,
            grade=cell.grade.value,
            trail=self._trail(cell.series, cell.rows),
            is_open=bool(known and known.decides) and cell.level == self.next_level,
        )

    def doubt(self, finding: IntegrityFinding) -> DoubtItem:
        return DoubtItem(
            severity=finding.severity.value,
            text=finding.text,
            remedy=finding.remedy,
            trail=self._trail(finding.series, finding.rows),
        )

    def _criterion(self, key: str) -> Criterion | None:
        return next((one for one in self.grid.criteria if one.key == key), None)

    def _trail(self, series: Sequence[str], rows: tuple[int, int] | None) -> Trail:
        return Trail(
            links=tuple(self._evidence(series_id) for series_id in series[:_LINKS]),
            more=max(0, len(series) - _LINKS),
            rows=_("{first:,}~{last:,}행").format(first=rows[0], last=rows[1]) if rows else "",
        )

    def _evidence(self, series_id: str) -> Evidence:
        name = self.series.get(series_id)
        if name is None:
            return Evidence(series_id.rpartition("/")[2], "")
        return Evidence(name, self.url_of(series_id))


def _signal_url(workplace_id: int, series_id: str) -> str:
    return reverse("factory:signal", args=(workplace_id, series_id))


def _sentence(
    grid: LevelGrid, items: Sequence[CriterionItem], level: str, following: str | None
) -> str:
    here = words.named(grid.level(level).name)
    if level == grid.levels[0].key:
        first = words.named(grid.level(following).name) if following else ""
        said = _("올린 데이터에서는 ‘{level}’ 기준을 모두 확인하지 못했습니다.").format(level=first)
    else:
        said = _("‘{level}’ 수준까지의 기준을 데이터에서 모두 확인했습니다.").format(level=here)
    if following is None:
        return said
    done, total = _count(items, following)
    told = _("다음 수준 ‘{level}’: 정하는 기준 {total}개 가운데 {done}개 확인")
    return f"{said} " + told.format(
        level=words.named(grid.level(following).name), total=total, done=done
    )


def _ladder(
    grid: LevelGrid, items: Sequence[CriterionItem], level: str, following: str | None
) -> tuple[Rung, ...]:
    rungs = current_rung(level, grid)
    if following is None:
        return rungs
    done, total = _count(items, following)
    ahead = grid.rank(following)
    rung = replace(rungs[ahead], state="next", note=f"{done}/{total}")
    return (*rungs[:ahead], rung, *rungs[ahead + 1 :])


def _count(items: Sequence[CriterionItem], level: str) -> tuple[int, int]:
    """Supported and all of the criteria that decide a level."""
    deciding = [item for item in items if item.level == level and item.decides]
    return sum(item.status == Status.SUPPORTED for item in deciding), len(deciding)


def _rows(grid: LevelGrid, items: Sequence[CriterionItem]) -> tuple[GridRow, ...]:
    return tuple(
        GridRow(
            column.name,
            tuple(
                Cell(
                    level.name,
                    grid.cell(level.key, column.key),
                    tuple(i for i in items if (i.level, i.column) == (level.key, column.key)),
                )
                for level in grid.levels
            ),
        )
        for column in grid.columns
    )


def _groups(grid: LevelGrid, items: Sequence[CriterionItem]) -> tuple[Group, ...]:
    groups = []
    for level in grid.levels:
        criteria = tuple(item for item in items if item.level == level.key)
        if criteria:
            supported = sum(item.status == Status.SUPPORTED for item in criteria)
            note = ngettext(
                "기준 {all}개 가운데 {n}개 확인", "기준 {all}개 가운데 {n}개 확인", supported
            )
            groups.append(Group(level.name, note.format(all=len(criteria), n=supported), criteria))
    return tuple(groups)
