"""Whether data are used: results beside signals, indicators computed from them, 4M1E joined."""

import re

from dure.engines.kpi.frames import NumberColumn, WordColumn
from dure.engines.kpi.indicator import Table
from dure.engines.kpi.outcome import read_outcome
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.column_words import kinds_of
from dure.engines.levels.derived import Formula, find_formulas
from dure.engines.levels.evidence import Evidence, Reply, cannot_tell, decide, ids_of, sureness
from dure.engines.levels.findings import Doubt, Status
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion

_RESULT = re.compile(
    r"quality|result|grade|inspect|defect|pass|fail|판정|결과|품질|등급|검사|합부|양불|불량",
    re.IGNORECASE,
)
_MOST_KINDS = 50
_KIND_NAMES = {
    "man": Text("사람"),
    "machine": Text("설비"),
    "material": Text("자재"),
    "method": Text("방법"),
    "environment": Text("환경"),
}


def quality_analysis(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether a product's result stands in the same record as signals of its making."""
    missing = Text(
        "제품별 판정(OK/NG, 등급)을 설비 신호와 같은 표에 함께 내보내 주세요. 판정이 두 가지 이상 "
        "있어야 분석할 수 있습니다."
    )
    results = [(table, column) for table in evidence.tables for column in _results(table)]
    if not results:
        return cannot_tell(Text("제품의 판정으로 보이는 열이 없습니다."), missing)
    least, classes = criterion.threshold("min_labelled"), criterion.threshold("min_classes")
    signals = criterion.threshold("min_series")

    def rank(one: tuple[Table, WordColumn]) -> tuple[bool, bool, int]:
        table, column = one
        enough = len(_measured(evidence, table)) >= signals
        return column.distinct >= classes, enough, column.filled

    table, column = max(results, key=rank)
    share, beside = column.filled / table.frame.rows, _measured(evidence, table)
    return decide(
        share >= least and column.distinct >= classes and len(beside) >= signals,
        Text(
            "{column}: 기록의 {share:.1%}에 판정이 있고 종류는 {classes}가지입니다. 같은 기록에 "
            "설비 신호가 {signals}개 있습니다.",
            {
                "column": column.info.name,
                "share": share,
                "classes": column.distinct,
                "signals": len(beside),
            },
        ),
        missing,
        confidence=sureness(share, least, table.frame.rows) * evidence.observed(table),
        series=(column.info.id, *ids_of(beside)),
        tables=(table,),
    )


def _measured(evidence: Evidence, table: Table) -> tuple[NumberColumn, ...]:
    """Signals that measure; counts of good and bad are results themselves."""
    return tuple(
        column for column in evidence.signals_of(table) if column.info.role is not ColumnRole.COUNT
    )


def _results(table: Table) -> list[WordColumn]:
    return [
        column
        for column in table.frame.words
        if column.info.role is ColumnRole.LABEL
        and 0 < column.distinct <= _MOST_KINDS
        and (_RESULT.search(column.info.name) or read_outcome(column) is not None)
    ]


def derived_indicators(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether an indicator that stands in the data can be computed again from what it rests on."""
    missing = Text(
        "시스템이 계산한 지표(양품률, 가동률, 역률 …)를 그 바탕이 되는 값과 함께 내보내 주세요."
    )
    least = criterion.threshold("min_matching")
    found = [
        (table, formula)
        for table in evidence.tables
        for formula in find_formulas(
            table.frame, most_error=criterion.threshold("max_error"), least_matching=least
        )
    ]
    if found:
        table, formula = max(found, key=lambda one: (one[1].rows, one[1].share))
        return decide(
            True,
            _said(formula, len(found)),
            missing,
            confidence=sureness(formula.share, least, formula.rows) * evidence.observed(table),
            series=ids_of(formula.columns),
            tables=(table,),
        )
    broken = [f for f in evidence.findings if f.kind is Doubt.RELATION]
    if broken:
        return Reply(
            status=Status.NOT_SUPPORTED,
            found=broken[0].text,
            confidence=round(broken[0].confidence * evidence.observed(*evidence.tables), 4),
            missing=broken[0].remedy,
            series=broken[0].series,
            rows=broken[0].rows,
        )
    return cannot_tell(
        Text("다른 열에서 계산된 지표로 확인되는 열이 없습니다. 분석을 하는지는 알 수 없습니다."),
        missing,
    )


def _said(formula: Formula, count: int) -> Text:
    names = [column.info.name for column in formula.columns]
    return Text(
        "{formula}: {rows:,}행 가운데 {share:.1%}에서 다시 계산한 값과 같습니다. 이렇게 계산된 "
        "열은 모두 {count}개입니다.",
        {
            "formula": formula.said.format(*names),
            "rows": formula.rows,
            "share": formula.share,
            "count": count,
        },
    )


def integrated_4m1e(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether man, machine, material, method and environment stand in one record."""
    least = criterion.threshold("min_kinds")
    missing = Text(
        "작업자(조), 설비, 자재(로트·품번), 작업 조건, 환경(온습도) 가운데 {least:.0f}가지 이상을 "
        "한 표에 이어 내보내 주세요.",
        {"least": least},
    )
    if not evidence.tables:
        return cannot_tell(Text("데이터가 없습니다."), missing)
    by_table = [(table, _kinds(table)) for table in evidence.tables]
    table, kinds = max(by_table, key=lambda one: (len(one[1]), one[0].frame.rows))
    if not kinds:
        return cannot_tell(
            Text("열 이름에서 사람·설비·자재·방법·환경을 알아볼 수 없습니다."), missing
        )
    listed = Text(
        ", ".join(f"{{{kind}}}" for kind in kinds), {kind: _KIND_NAMES[kind] for kind in kinds}
    )
    return decide(
        len(kinds) >= least,
        Text(
            "{frame}: 한 기록에 {count}가지가 이어져 있습니다({kinds}). 열 이름으로 판단했습니다.",
            {"frame": table.frame.name, "count": len(kinds), "kinds": listed},
        ),
        missing,
        # Names are the only ground for it.
        confidence=0.6 * evidence.observed(table),
        series=tuple(series for found in kinds.values() for series in found),
        tables=(table,),
    )


def _kinds(table: Table) -> dict[str, tuple[str, ...]]:
    """Series of each kind, in the order of `_KIND_NAMES`."""
    found: dict[str, list[str]] = {kind: [] for kind in _KIND_NAMES}
    for info in table.frame.infos:
        for kind in kinds_of(info.name):
            found[kind].append(info.id)
    return {kind: tuple(series) for kind, series in found.items() if series}
