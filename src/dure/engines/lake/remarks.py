"""The findings of an inspection: remarks on columns, rows and the whole table."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa

from dure.engines.lake.batches import Batch, Refusal
from dure.engines.lake.facts import Kind
from dure.engines.lake.findings import Finding, error, info, warning
from dure.engines.lake.headers import Header
from dure.engines.lake.profile import ColumnProfile
from dure.engines.lake.roles import RoleProposal
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.time_columns import TimeProposal
from dure.engines.lake.times import EARLIEST_MICROS, read_times
from dure.kernel.text import Text

_FEW_ROWS = 10
_HALF = 0.5


class _Proposed(Protocol):
    @property
    def role(self) -> ColumnRole: ...


def column_remarks(header: Header, profile: ColumnProfile, role: RoleProposal) -> list[Finding]:
    """What is odd about one column."""
    name = header.header or header.tag
    if profile.filled == 0:
        return [
            warning(
                "empty_column", Text("{column}: 모든 칸이 비어 있습니다.", {"column": name}), name
            )
        ]
    found = _emptiness(name, profile) + _words_and_codes(name, profile, role)
    if profile.distinct == 1 and profile.rows > 1:
        found.append(
            info(
                "constant_column",
                Text(
                    "{column}: 값이 모두 같습니다({value}).",
                    {"column": name, "value": profile.examples[0]},
                ),
                name,
            )
        )
    if profile.is_row_number and role.role is ColumnRole.IGNORE:
        found.append(
            info(
                "row_number",
                Text("{column}: 행 번호로 보여 보관하지 않습니다.", {"column": name}),
                name,
            )
        )
    if any(example[:1] in "=@" and len(example) > 1 for example in profile.examples):
        found.append(
            warning(
                "formula_cells",
                Text(
                    "{column}: 수식이 글자로 들어 있습니다. 계산하지 않고 글자로 둡니다.",
                    {"column": name},
                ),
                name,
            )
        )
    return found


def _emptiness(name: str, profile: ColumnProfile) -> list[Finding]:
    empty = profile.rows - profile.filled
    if empty <= _HALF * profile.rows:
        return []
    return [
        warning(
            "mostly_empty",
            Text(
                "{column}: {percent}%가 비어 있습니다.",
                {"column": name, "percent": round(100 * empty / profile.rows)},
            ),
            name,
        )
    ]


def _words_and_codes(name: str, profile: ColumnProfile, role: RoleProposal) -> list[Finding]:
    found = []
    if profile.sentinels and role.kind is Kind.NUMBER:
        found.append(
            warning(
                "sentinels",
                Text(
                    "{column}: 값이 없다는 표시로 보여 빈칸으로 다룹니다: {codes}",
                    {"column": name, "codes": ", ".join(profile.sentinels)},
                ),
                name,
            )
        )
    if profile.repeated_extreme is not None:
        found.append(
            warning(
                "repeated_extreme",
                Text(
                    "{column}: 동떨어진 값이 되풀이됩니다({value}). 센서 한계값일 수 있습니다.",
                    {"column": name, "value": f"{profile.repeated_extreme:.15g}"},
                ),
                name,
            )
        )
    if profile.infinite:
        found.append(
            warning(
                "infinite_values",
                Text(
                    "{column}: 무한대가 {count}개 있습니다. 그 행은 격리합니다.",
                    {"column": name, "count": profile.infinite},
                ),
                name,
            )
        )
    return found


def row_remarks(
    sample: Sequence[Batch],
    columns: Sequence[pa.Array],
    time: TimeProposal | None,
    latest_micros: int,
) -> list[Finding]:
    """What is odd about rows: refused ones, impossible times, order, duplicates."""
    refused = [refusal for batch in sample for refusal in batch.refused]
    found = refusal_findings(refused)
    rows = np.concatenate([batch.rows for batch in sample]) if sample else np.zeros(0, np.int64)
    if time:
        found += _time_remarks(rows, columns, time, latest_micros)
    copies = _copies(columns)
    if copies:
        found.append(
            warning("duplicate_rows", Text("똑같은 행이 {count}개 더 있습니다.", {"count": copies}))
        )
    return found


def refusal_findings(refused: Sequence[Refusal]) -> list[Finding]:
    """One finding per reason, with how many rows and which first."""
    counts = Counter(refusal.reason.source for refusal in refused)
    found = []
    for source, count in counts.most_common(10):
        same = [refusal for refusal in refused if refusal.reason.source == source]
        found.append(
            error(
                "refused_rows",
                Text(
                    "{count}개 행을 격리합니다. {row}행: {reason}",
                    {"count": count, "row": same[0].row, "reason": same[0].reason},
                ),
                same[0].column or None,
                tuple(refusal.row for refusal in same[:10]),
            )
        )
    return found


def _time_remarks(
    rows: np.ndarray, columns: Sequence[pa.Array], time: TimeProposal, latest_micros: int
) -> list[Finding]:
    cells = columns[time.columns[0]]
    clock = columns[time.columns[1]] if len(time.columns) == 2 else None
    read = read_times(cells, time.layout, time.zone, clock)
    filled = ~np.asarray(cells.is_null())
    found = []
    for code, flags, source in (
        ("time_missing", ~filled, "시각이 빈 행이 {count}개입니다."),
        (
            "impossible_date",
            filled & ~read.valid,
            "있을 수 없는 날짜나 시각이 {count}행에 있습니다.",
        ),
        (
            "date_before_1990",
            read.valid & (read.micros < EARLIEST_MICROS),
            "1990년 이전의 날짜가 {count}행에 있습니다.",
        ),
        (
            "future_date",
            read.valid & (read.micros > latest_micros),
            "파일이 만들어진 뒤의 날짜가 {count}행에 있습니다.",
        ),
    ):
        count = int(flags.sum())
        if count:
            first = tuple(int(row) for row in rows[flags][:10])
            found.append(error(code, Text(source, {"count": count}), rows=first))
    good = read.valid & (read.micros >= EARLIEST_MICROS) & (read.micros <= latest_micros)
    backward = np.flatnonzero(np.diff(read.micros[good]) < 0)
    if len(backward):
        first = tuple(int(row) for row in rows[good][backward[:10] + 1])
        source = "시각이 앞 행보다 이른 행이 {count}개입니다."
        found.append(warning("out_of_order", Text(source, {"count": len(backward)}), rows=first))
    return found


def _copies(columns: Sequence[pa.Array]) -> int:
    if not columns or len(columns[0]) < 2:
        return 0
    table = pa.table({str(i): column for i, column in enumerate(columns)})
    distinct = table.group_by(table.column_names, use_threads=False).aggregate([]).num_rows
    return int(table.num_rows - distinct)


def table_remarks(rows: int, proposals: Sequence[_Proposed]) -> list[Finding]:
    """What is odd about the table as a whole."""
    found = []
    if rows < _FEW_ROWS:
        found.append(
            warning(
                "few_rows", Text("데이터가 {count}행뿐이라 판단이 불확실합니다.", {"count": rows})
            )
        )
    measured = (ColumnRole.READING, ColumnRole.COUNT, ColumnRole.VALUE)
    if not any(proposal.role in measured for proposal in proposals):
        found.append(warning("no_readings", Text("숫자로 된 측정값 열이 없습니다.")))
    return found
