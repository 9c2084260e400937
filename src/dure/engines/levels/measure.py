"""Measures the system level that a site's data support: every criterion, every doubt, no more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

import numpy as np

from dure.engines.kpi.cadence import DAY, KOREA_OFFSET, measure_cadence, possible
from dure.engines.kpi.frames import Window, read_frames
from dure.engines.kpi.indicator import Table
from dure.engines.lake.series import SeriesInfo, SiteData
from dure.engines.levels.criteria import EVALUATORS
from dure.engines.levels.evidence import Evidence, Reply
from dure.engines.levels.findings import CellFinding, Measurement, Status
from dure.engines.levels.integrity.dates import RefusedDate, day_text
from dure.engines.levels.integrity.verdict import examine, trust_left
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion, LevelGrid

ENGINE_VERSION = "1"

_WORTH = {
    EvidenceGrade.DEVICE_SIGNED: Text(
        "A등급: 장치 열쇠로 서명되어 빠짐없이 이어진 자료입니다. 그대로 근거가 됩니다."
    ),
    EvidenceGrade.MACHINE_CHANNEL: Text(
        "B등급: 인증된 설비 연결로 들어온 자료입니다. 중간에 빠진 것이 없는지는 서명이 있어야 "
        "확인됩니다."
    ),
    EvidenceGrade.UPLOADED_FILE: Text(
        "C등급: 사람이 올린 파일입니다. 고치거나 골라 올릴 수 있으므로 참고 근거입니다. 수준확인은 "
        "설비에서 바로 들어온 자료(A·B등급)나 현장 확인으로 마무리합니다."
    ),
    EvidenceGrade.STATEMENT: Text("D등급: 사람이 말한 내용입니다. 자료로 확인되지 않았습니다."),
}


def measure(
    data: SiteData,
    *,
    grid: LevelGrid,
    as_of: date,
    grade: EvidenceGrade | None = None,
    now: int | None = None,
    window: Window | None = None,
    refused: Sequence[RefusedDate] = (),
) -> Measurement:
    """Holds a site's data against every criterion of the grid.

    A level is supported only if every deciding criterion of it and of all levels below is
    supported by data; what papers or visits must show is never assumed. Confidence is that of
    the weakest deciding criterion, lowered by doubts about the data and by their grade.

    Args:
        as_of: the day of the measurement; data much older say nothing of it.
        grade: evidence grade of all data; None takes the weakest of the series' own.
        now: microseconds since 1970 UTC; later rows are no measurements; None: end of `as_of`.
        window: only rows of these times.
        refused: rows that reading refused for their date.
    """
    moment = end_of(as_of) if now is None else now
    tables = read_tables(data, window=window, now=moment)
    return measure_tables(tables, grid=grid, as_of=as_of, grade=grade, now=moment, refused=refused)


def read_tables(
    data: SiteData, *, window: Window | None = None, now: int | None = None
) -> tuple[Table, ...]:
    """The tables of a site that hold rows, with their cadences."""
    frames = [frame for frame in read_frames(data, window) if frame.rows]
    return tuple(Table(frame, measure_cadence(frame.times, now)) for frame in frames)


def end_of(day: date) -> int:
    """The last instant of a Korean day, microseconds since 1970 UTC."""
    return int(np.datetime64(day, "us").astype(np.int64)) + DAY - KOREA_OFFSET - 1


def measure_tables(
    tables: Sequence[Table],
    *,
    grid: LevelGrid,
    as_of: date,
    grade: EvidenceGrade | None = None,
    now: int | None = None,
    refused: Sequence[RefusedDate] = (),
) -> Measurement:
    """`measure` for tables that are read already."""
    moment = end_of(as_of) if now is None else now
    frames = [table.frame for table in tables]
    findings = examine(frames, [table.cadence for table in tables], moment, refused)
    evidence = Evidence(
        tables=tuple(tables),
        findings=findings,
        grade=grade or _weakest(info for frame in frames for info in frame.infos),
        now=moment,
        refused=Counter(one.frame for one in refused),
        grid=grid,
    )
    cells = tuple(_cell(evidence, criterion, grade) for criterion in grid.criteria)
    level = _level(grid, cells)
    first, last = _span(evidence)
    return Measurement(
        system_level=level,
        confidence=_confidence(evidence, cells, level),
        grade=evidence.grade,
        worth=_WORTH[evidence.grade],
        cells=cells,
        integrity=findings,
        missing_for_next=_missing(grid, cells, level),
        next_level=grid.next_level(level),
        not_measurable=_not_measurable(evidence, cells, last, end_of(as_of)),
        rows=sum(frame.rows for frame in frames),
        series_count=sum(len(frame.infos) for frame in frames),
        first=first,
        last=last,
        grid_hash=grid.hash,
        engine_version=ENGINE_VERSION,
    )


def _cell(evidence: Evidence, criterion: Criterion, grade: EvidenceGrade | None) -> CellFinding:
    reply = _reply(evidence, criterion)
    own = set(reply.series)
    infos = [i for table in evidence.tables for i in table.frame.infos if i.id in own]
    return CellFinding(
        column=criterion.column,
        level=criterion.level,
        criterion=criterion.key,
        status=reply.status,
        confidence=reply.confidence,
        found=reply.found,
        missing=reply.missing,
        series=reply.series,
        rows=reply.rows,
        grade=grade or (_weakest(infos) if infos else evidence.grade),
    )


def _reply(evidence: Evidence, criterion: Criterion) -> Reply:
    evaluate = EVALUATORS.get(criterion.key)
    if criterion.evidence == "telemetry" and evaluate is not None:
        return evaluate(evidence, criterion)
    found, missing = _BY_PEOPLE.get(criterion.evidence, _NO_WAY)
    return Reply(status=Status.CANNOT_TELL, found=found, missing=missing)


_BY_PEOPLE = {
    "document": (
        Text("서류로 확인하는 기준입니다. 데이터로는 알 수 없습니다."),
        Text("수준확인 때 해당 시스템의 화면이나 서류를 내 주세요."),
    ),
    "visit": (
        Text("현장에서 확인하는 기준입니다. 데이터로는 알 수 없습니다."),
        Text("현장 확인을 받아 주세요."),
    ),
}
_NO_WAY = (
    Text("이 기준을 데이터로 재는 방법이 아직 없습니다."),
    Text("수준확인 때 다른 근거를 내 주세요."),
)


def _weakest(infos: Iterable[SeriesInfo]) -> EvidenceGrade:
    """The weakest grade; a file's where there are no series."""
    return max((info.grade for info in infos), default=EvidenceGrade.UPLOADED_FILE)


def _deciding(grid: LevelGrid, cells: Sequence[CellFinding], level: str) -> list[CellFinding]:
    keys = {criterion.key for criterion in grid.criteria_of(level) if criterion.decides}
    return [cell for cell in cells if cell.criterion in keys]


def _level(grid: LevelGrid, cells: Sequence[CellFinding]) -> str:
    """The highest level whose deciding criteria, and those of all levels below, are supported."""

    def is_supported(level: str) -> bool:
        deciding = _deciding(grid, cells, level)
        return bool(deciding) and all(c.status is Status.SUPPORTED for c in deciding)

    lowest, *rest = [entry.key for entry in grid.levels]
    return [lowest, *takewhile(is_supported, rest)][-1]


def _confidence(evidence: Evidence, cells: Sequence[CellFinding], level: str) -> float:
    """0 at the lowest level: nothing is claimed there."""
    grid = evidence.grid
    upto = [entry.key for entry in grid.levels][1 : grid.rank(level) + 1]
    deciding = [cell for key in upto for cell in _deciding(grid, cells, key)]
    weakest = min((cell.confidence for cell in deciding), default=0.0)
    worth = grid.limit(f"worth_{evidence.grade.value}")
    return round(weakest * trust_left(evidence.findings) * worth, 4)


def _missing(grid: LevelGrid, cells: Sequence[CellFinding], level: str) -> tuple[Text, ...]:
    above = grid.next_level(level)
    if above is None:
        return ()
    texts = [cell.missing for cell in _deciding(grid, cells, above) if cell.missing is not None]
    return tuple({str(text): text for text in texts}.values())


def _span(evidence: Evidence) -> tuple[int | None, int | None]:
    kept = [
        times[possible(times, evidence.now)]
        for times in (table.frame.times for table in evidence.tables)
    ]
    kept = [times for times in kept if len(times)]
    if not kept:
        return None, None
    return min(int(times.min()) for times in kept), max(int(times.max()) for times in kept)


def _not_measurable(
    evidence: Evidence, cells: Sequence[CellFinding], last: int | None, end: int
) -> tuple[Text, ...]:
    kinds = Counter(criterion.evidence for criterion in evidence.grid.criteria)
    told = [
        Text(
            "기준 {all}개 가운데 {documents}개는 서류로, {visits}개는 현장에서 확인합니다. "
            "데이터로는 알 수 없습니다.",
            {"all": len(cells), "documents": kinds["document"], "visits": kinds["visit"]},
        ),
        Text("기업제조혁신역량 수준(Level 1–5)은 다른 척도이며 데이터로 재지 않습니다."),
    ]
    told += [cell.found for cell in cells if _is_unknown_latency(cell)]
    if last is None and evidence.tables:
        told.append(Text("시각이 없어 언제의 자료인지 알 수 없습니다."))
    elif last is not None and (end - last) / DAY > evidence.grid.limit("max_age_days"):
        told.append(
            Text(
                "자료의 마지막 날은 {day}입니다. 지금도 그런지는 알 수 없습니다.",
                {"day": day_text(last)},
            )
        )
    return tuple(told)


def _is_unknown_latency(cell: CellFinding) -> bool:
    return cell.criterion == "arrival_latency" and cell.status is Status.CANNOT_TELL
