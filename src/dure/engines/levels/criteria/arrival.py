"""How soon data arrive: only a time of arrival beside the time of the event can tell."""

import re

import numpy as np

from dure.engines.kpi.cadence import SECOND, possible
from dure.engines.kpi.frames import WordColumn
from dure.engines.kpi.indicator import Table
from dure.engines.levels.evidence import Evidence, Reply, cannot_tell, decide, sureness
from dure.engines.levels.written_dates import dates_in
from dure.kernel.durations import duration_text
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion

_ARRIVED = re.compile(
    r"receiv|arriv|ingest|insert|stored|saved|수신|도착|저장.?(시|일)|적재|입력.?(시|일)",
    re.IGNORECASE,
)
_FEWEST = 30
_MOST_LATE = 0.05


def arrival_latency(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether rows reach the server soon after they arise."""
    arrivals = [
        (table, column)
        for table in evidence.tables
        for column in table.frame.words
        if len(table.frame.times) and _ARRIVED.search(column.info.name)
    ]
    for table, column in arrivals:
        reply = _measured(evidence, criterion, table, column)
        if reply is not None:
            return reply
    return cannot_tell(
        _nothing(evidence.grade),
        Text(
            "설비나 게이트웨이가 두레에 바로 보내게 이어 주세요. 그러면 도착 시각이 남습니다. 또는 "
            "서버가 받은 시각 열을 함께 내보내 주세요."
        ),
    )


def _nothing(grade: EvidenceGrade) -> Text:
    if grade in (EvidenceGrade.UPLOADED_FILE, EvidenceGrade.STATEMENT):
        return Text(
            "나중에 올린 파일이어서, 데이터가 생긴 뒤 얼마나 빨리 도착했는지 알 수 없습니다. "
            "실시간이었는지는 파일로 확인되지 않습니다."
        )
    return Text("도착한 시각이 자료에 없어, 얼마나 빨리 도착했는지 알 수 없습니다.")


def _measured(
    evidence: Evidence, criterion: Criterion, table: Table, column: WordColumn
) -> Reply | None:
    arrived = dates_in(column)
    if arrived is None:
        return None
    known = (
        (column.codes >= 0)
        & possible(arrived, evidence.now)
        & possible(table.frame.times, evidence.now)
    )
    late = (arrived[known] - table.frame.times[known]) / SECOND
    if len(late) < _FEWEST or float(np.median(late)) < 0:
        return None
    most = criterion.threshold("max_p95_seconds")
    within = float(np.mean(late <= most))
    return decide(
        within >= 1 - _MOST_LATE,
        Text(
            "{column}: 기록의 절반이 {half} 안에, 95%가 {most} 안에 도착했습니다({rows:,}행). "
            "파일에 적힌 시각을 그대로 믿을 때의 값입니다.",
            {
                "column": column.info.name,
                "half": duration_text(float(np.median(late))),
                "most": duration_text(float(np.quantile(late, 1 - _MOST_LATE))),
                "rows": len(late),
            },
        ),
        Text("기록의 95%가 {most} 안에 도착하게 해 주세요.", {"most": duration_text(most)}),
        confidence=sureness(within, 1 - _MOST_LATE, len(late)) * evidence.observed(table),
        series=(column.info.id,),
        tables=(table,),
    )
