"""기초: events kept as data, each with its time, lots that can be followed."""

from dure.engines.kpi.cadence import possible
from dure.engines.kpi.frames import WordColumn
from dure.engines.kpi.indicator import Table
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.counters import is_numbered
from dure.engines.levels.evidence import (
    Evidence,
    Reply,
    cannot_tell,
    decide,
    is_day_only,
    sureness,
)
from dure.engines.levels.written_dates import dates_in
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion

# A running number tells the order of records, but not when they were made.
_NUMBER_WORTH = 0.6


def digitised_events(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether records exist that a machine can read, and are filled in."""
    least_rows, least_filled = criterion.threshold("min_events"), criterion.threshold("min_filled")
    if not evidence.tables:
        return cannot_tell(Text("데이터가 없습니다."), _BRING_RECORDS)

    def rank(one: Table) -> tuple[bool, int]:
        return _filled(one) >= least_filled and one.frame.rows >= least_rows, one.frame.rows

    table = max(evidence.tables, key=rank)
    rows, filled = table.frame.rows, _filled(table)
    found = Text(
        "{frame}: 기계가 읽을 수 있는 기록 {rows:,}행이 있고, 칸의 {filled:.1%}에 값이 있습니다.",
        {"frame": table.frame.name, "rows": rows, "filled": filled},
    )
    return decide(
        rows >= least_rows and filled >= least_filled,
        found,
        Text(
            "빈칸이 {empty:.0%}보다 적은 기록을 {rows:,.0f}행 이상 내보내 주세요.",
            {"empty": 1 - least_filled, "rows": least_rows},
        ),
        confidence=sureness(filled, least_filled, rows) * evidence.observed(table),
        series=table.frame.series_ids,
        tables=(table,),
    )


_BRING_RECORDS = Text("설비나 생산 시스템이 남긴 기록을 파일로 내보내 올려 주세요.")


def event_time(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether each record says when it was made, or at least in which order.

    Held against the table with most times; records of other tables that have none make it
    less sure, since nobody knows whether they are events.
    """
    if not evidence.tables:
        return cannot_tell(Text("데이터가 없습니다."), _BRING_RECORDS)
    least = criterion.threshold("min_timed")
    told = [(table, *_timed(evidence, table)) for table in evidence.tables]
    table, timed, records = max(told, key=lambda one: one[1])
    numbered = [one for one in evidence.tables if is_numbered(one.frame)]
    if timed / records < least and numbered:
        return _numbered(evidence, max(numbered, key=lambda one: one.frame.rows))
    without = sum(rows for one, known, rows in told if not known)
    everything = sum(rows for _, _, rows in told)
    return decide(
        timed / records >= least,
        _timed_text(table, timed, records),
        Text("시각 열(연·월·일 시:분:초)을 넣어 다시 내보내 주세요."),
        confidence=sureness(timed / records, least, records)
        * evidence.observed(table)
        * (1 - without / everything if timed else 1.0),
        series=table.frame.series_ids[:1] if timed else (),
        tables=(table,) if timed else (),
    )


def _timed(evidence: Evidence, table: Table) -> tuple[int, int]:
    """Records with a possible time, and all records, refused ones too."""
    records = table.frame.rows + evidence.refused.get(table.frame.name, 0)
    return int(possible(table.frame.times, evidence.now).sum()), records


def _timed_text(table: Table, timed: int, records: int) -> Text:
    fields = {
        "frame": table.frame.name,
        "records": records,
        "timed": timed,
        "share": timed / records,
    }
    if not timed:
        return Text("{frame}: 기록 {records:,}행에 시각도 순번도 없습니다.", fields)
    if table.cadence is not None and is_day_only(table.cadence):
        return Text(
            "{frame}: 기록 {records:,}행 가운데 {timed:,}행({share:.1%})에 날짜가 있습니다. "
            "시·분·초는 없습니다.",
            fields,
        )
    return Text(
        "{frame}: 기록 {records:,}행 가운데 {timed:,}행({share:.1%})에 시각이 있습니다.", fields
    )


def _numbered(evidence: Evidence, table: Table) -> Reply:
    return decide(
        True,
        Text(
            "{frame}: 기록 {records:,}행에 순번이 있습니다. 시각이 없어 언제인지는 알 수 없습니다.",
            {"frame": table.frame.name, "records": table.frame.rows},
        ),
        Text("시각 열(연·월·일 시:분:초)을 넣어 다시 내보내 주세요."),
        confidence=_NUMBER_WORTH * evidence.observed(),
        series=table.frame.series_ids[:1],
        tables=(table,),
    )


def lot_history(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether a lot, order or serial number stands in the records."""
    least, kinds = criterion.threshold("min_identified"), criterion.threshold("min_lots")
    missing = Text(
        "로트·작업지시·일련번호 열을 기록마다 채워 함께 내보내 주세요(서로 다른 로트 {kinds:.0f}개 "
        "이상).",
        {"kinds": kinds},
    )
    lots = [(table, column) for table in evidence.tables for column in _lots(table)]
    if not lots:
        return decide(
            False,
            Text("로트·작업지시·일련번호로 보이는 열이 없습니다."),
            missing,
            confidence=evidence.observed(*evidence.tables) if evidence.tables else 0.0,
            series=(),
            tables=(),
        )

    def rank(one: tuple[Table, WordColumn]) -> tuple[bool, float, int]:
        table, column = one
        return column.distinct >= kinds, column.filled / table.frame.rows, column.distinct

    table, column = max(lots, key=rank)
    share = column.filled / table.frame.rows
    return decide(
        share >= least and column.distinct >= kinds,
        Text(
            "{column}: 기록의 {share:.1%}에 적혀 있고 서로 다른 값이 {lots:,}가지입니다.",
            {"column": column.info.name, "share": share, "lots": column.distinct},
        ),
        missing,
        confidence=sureness(share, least, table.frame.rows) * evidence.observed(table),
        series=(column.info.id,),
        tables=(table,),
    )


def _lots(table: Table) -> list[WordColumn]:
    """Lot columns; dates that were taken for one are none."""
    return [
        column
        for column in table.frame.words
        if column.info.role is ColumnRole.LOT and column.filled and dates_in(column) is None
    ]


def _filled(table: Table) -> float:
    filled = [
        *(column.filled for column in table.frame.numbers),
        *(column.filled for column in table.frame.words),
    ]
    return sum(filled) / (table.frame.rows * len(filled))
