"""What the confirmation page of a file shows: facts, first rows, and one page of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from dure.engines.lake.findings import Finding, Severity
from dure.engines.lake.inspection import ColumnProposal
from dure.engines.lake.series import ColumnRole
from dure.programme.registry.queries import EquipmentView
from dure.programme.streams.queries import ImportView
from dure.web.factory.mapping_form import MappingForm

PAGE_COLUMNS = 30
_SHOWN_ROWS = 6
_SHOWN_COLUMNS = 12
_SURE = 0.7
_MOST_FINDINGS = 8
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """Which columns are on the page: all or those worth a look, by words, page by page."""

    show: str
    words: str
    number: int
    last: int
    matching: int
    indices: tuple[int, ...]

    @property
    def has_previous(self) -> bool:
        """Whether there are columns before these."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there are columns after these."""
        return self.number < self.last


@dataclass(frozen=True, slots=True)
class FirstRows:
    """Some of the file's first rows: titles and cells of the same columns."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hidden: int


def filter_columns(view: ImportView, query: Mapping[str, str]) -> ColumnFilter:
    """The columns a query asks for; of a wide file, first those worth a look."""
    columns = view.inspection.columns
    doubtful = [column for column in columns if is_doubtful(column)]
    show = query.get("show", "")
    if show not in ("all", "check"):
        show = "check" if len(columns) > PAGE_COLUMNS and doubtful else "all"
    words = query.get("q", "").strip()
    pool = doubtful if show == "check" else list(columns)
    found = [c for c in pool if words.casefold() in f"{c.header} {c.name} {c.tag}".casefold()]
    last = max(1, -(-len(found) // PAGE_COLUMNS))
    asked = query.get("page", "")
    number = min(max(1, int(asked) if asked.isdecimal() else 1), last)
    shown = found[(number - 1) * PAGE_COLUMNS : number * PAGE_COLUMNS]
    indices = tuple(column.index for column in shown)
    return ColumnFilter(show, words, number, last, len(found), indices)


def is_doubtful(column: ColumnProposal) -> bool:
    """Whether a person should look at what we made of the column."""
    remarked = any(finding.severity is not Severity.INFO for finding in column.findings)
    return remarked or (column.role is not ColumnRole.TIME and column.confidence < _SURE)


def count_doubtful(view: ImportView) -> int:
    """How many columns a person should look at."""
    return sum(is_doubtful(column) for column in view.inspection.columns)


def first_rows(view: ImportView, indices: Sequence[int], titles: Sequence[str]) -> FirstRows:
    """The file's first rows in its time columns and those on the page."""
    time = view.mapping.time.columns if view.mapping.time else ()
    wanted = list(dict.fromkeys((*time, *sorted(indices))))[:_SHOWN_COLUMNS]
    rows = tuple(
        tuple(row[i] if i < len(row) else "" for i in wanted)
        for row in view.inspection.sample[:_SHOWN_ROWS]
    )
    hidden = len(titles) - len(wanted)
    return FirstRows(tuple(titles[i] for i in wanted), rows, hidden)


def file_findings(view: ImportView) -> tuple[Finding, ...]:
    """Remarks on the file and those on columns that ask for a look, the grave ones first."""
    columns = (found for column in view.inspection.columns for found in column.findings)
    asking = (found for found in columns if found.severity is not Severity.INFO)
    return tuple(
        sorted((*view.inspection.findings, *asking), key=lambda found: _ORDER[found.severity])
    )


def bound_form(
    data: QueryDict, view: ImportView, machines: Sequence[EquipmentView]
) -> tuple[MappingForm, ColumnFilter]:
    """The form as it was sent, with the columns that were on its page."""
    sent = [int(part) for part in data.get("columns", "").split(",") if part.isdecimal()]
    known = {column.index for column in view.mapping.columns}
    indices = tuple(i for i in dict.fromkeys(sent) if i in known)[:PAGE_COLUMNS]
    asked = filter_columns(view, {name: data.get(name, "") for name in ("show", "q", "page")})
    chosen = ColumnFilter(
        asked.show, asked.words, asked.number, asked.last, asked.matching, indices
    )
    return MappingForm(data, view=view, indices=indices, machines=machines), chosen


def preview_context(view: ImportView, form: MappingForm, chosen: ColumnFilter) -> dict[str, object]:
    """What the template needs beside the form."""
    findings = file_findings(view)
    return {
        "form": form,
        "chosen": chosen,
        "column_ids": ",".join(str(index) for index in chosen.indices),
        "first": first_rows(view, chosen.indices, form.titles),
        "findings": findings[:_MOST_FINDINGS],
        "more_findings": max(0, len(findings) - _MOST_FINDINGS),
        "doubtful": count_doubtful(view),
        "kept": len(view.mapping.stored),
    }
