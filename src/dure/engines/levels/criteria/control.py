"""중간2 and above: does the plant act on what it measures?"""

from dataclasses import dataclass

import numpy as np

from dure.engines.kpi.indicator import Table
from dure.engines.levels.column_words import Part, loop_name
from dure.engines.levels.evidence import Evidence, Reply, cannot_tell, decide
from dure.engines.levels.loop_tests import (
    Answer,
    Following,
    answers_of,
    explained_share,
    following_of,
)
from dure.engines.levels.loops import Loop, find_loops
from dure.kernel.durations import duration_text
from dure.kernel.text import Text
from dure.policy.level_grid import Criterion

_MOST_FEATURES = 20


def closed_loop(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether an actuator's moves follow deviations measured just before them."""
    longest = criterion.threshold("max_interval_seconds")
    missing = Text(
        "조작량(밸브 개도, 출력, OP·MV)과 그 측정값(PV)을 같은 표에 시각과 함께 {longest}보다 짧은 "
        "주기로 내보내 주세요.",
        {"longest": duration_text(longest)},
    )
    loops = find_loops(evidence.tables, Part.ACTUATOR)
    if not loops:
        return cannot_tell(
            Text(
                "조작량과 측정값의 짝이 되는 열이 없습니다. 설비가 스스로 제어되는지 이 자료로는 "
                "알 수 없습니다."
            ),
            missing,
        )
    quick = [
        loop
        for loop in loops
        if loop.cadence is not None
        and loop.cadence.places_rows
        and loop.cadence.step_seconds <= longest
    ]
    if not quick:
        return cannot_tell(_too_slow(loops[0]), missing, loops[0].series)
    windows = int(criterion.threshold("min_windows"))
    answers = [(loop, answer) for loop in quick for answer in answers_of(loop, windows)]
    return _judge(evidence, criterion, answers, missing)


def _too_slow(loop: Loop) -> Text:
    names = {"drive": loop.driver.info.name, "process": loop.measured.info.name}
    if loop.cadence is None or not loop.cadence.places_rows:
        return Text(
            "조작량과 측정값({drive}, {process})이 있지만 행을 구분할 시각이 없어 제어를 판단할 수 "
            "없습니다.",
            names,
        )
    return Text(
        "조작량과 측정값({drive}, {process})이 있지만 {step}마다 한 번이라 제어를 판단하기에는 "
        "느립니다.",
        {**names, "step": duration_text(loop.cadence.step_seconds)},
    )


def _judge(
    evidence: Evidence,
    criterion: Criterion,
    answers: list[tuple[Loop, Answer]],
    missing: Text,
) -> Reply:
    least = criterion.threshold("min_dependence")
    loop, answer = max(
        (one for one in answers if one[1].tells_order),
        key=lambda one: (one[1].windows_above(least), one[1].strength, one[1].moves),
    )
    facts = {
        "drive": loop.driver.info.name,
        "process": loop.measured.info.name,
        "moves": answer.moves,
        "rate": answer.moves_per_minute,
        "strength": answer.strength,
        "windows": answer.windows_above(least),
        "all": len(answer.forward),
    }
    holds = answer.windows_above(least) >= criterion.threshold("min_windows")
    unknown = _why_unknown(criterion, answer, [one for _, one in answers], facts)
    if unknown is not None:
        return cannot_tell(unknown, missing, loop.series)
    found = (
        Text(
            "{drive}: 움직임 {moves:,}번이 {process} 편차를 따릅니다(순위상관 {strength:.2f}, 구간 "
            "{all}개 가운데 {windows}개).",
            facts,
        )
        if holds
        else Text(
            "{drive}: 움직임 {moves:,}번이 {process} 편차와 이어지지 않습니다(순위상관 "
            "{strength:.2f}, 구간 {all}개 가운데 {windows}개).",
            facts,
        )
    )
    return decide(
        holds,
        found,
        missing,
        confidence=_how_sure(answer, least) * evidence.observed(loop.table),
        series=loop.series,
        tables=(loop.table,),
    )


def _why_unknown(
    criterion: Criterion, best: Answer, answers: list[Answer], facts: dict[str, object]
) -> Text | None:
    """Why moves and measurements together do not settle who moved the actuator."""
    least, windows = criterion.threshold("min_dependence"), criterion.threshold("min_windows")
    if best.moves < criterion.threshold("min_moves") or len(best.forward) < windows:
        return Text(
            "{drive}: 조작량이 {moves:,}번밖에 움직이지 않아 제어를 판단할 수 없습니다.", facts
        )
    if best.windows_above(least) >= windows:
        if best.moves_per_minute >= criterion.threshold("min_moves_per_minute"):
            return None
        return Text(
            "{drive}: 움직임이 {process} 편차를 따르지만 1분에 {rate:.2f}번꼴이라, 사람이 보고 "
            "조작한 것과 구별되지 않습니다.",
            facts,
        )
    if any(one.windows_above(least) >= windows for one in answers):
        return Text(
            "{drive}, {process}: 함께 움직이지만 어느 쪽이 먼저인지 이 주기로는 알 수 없습니다. "
            "사람이 움직인 것일 수도 있습니다.",
            facts,
        )
    return None


def _how_sure(answer: Answer, least: float) -> float:
    """0.6 at the threshold, 0.95 at twice of it or at none at all: the test is not perfect."""
    return min(0.95, 0.6 + 0.35 * abs(answer.strength - least) / least)


def setpoint_response(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether measured values come to where their set-point was moved."""
    missing = Text("설정값(SV)과 그 측정값(PV)을 같은 표에 시각과 함께 내보내 주세요.")
    loops = find_loops(evidence.tables, Part.SETPOINT)
    if not loops:
        return cannot_tell(
            Text("설정값과 측정값의 짝이 되는 열이 없어, 설정을 따르는지 알 수 없습니다."), missing
        )
    most_error, least = criterion.threshold("max_error"), criterion.threshold("min_followed")
    followed = [(loop, following_of(loop, most_error)) for loop in loops]
    real = [one for one in followed if not one[1].is_copy]
    if not real:
        return cannot_tell(
            Text(
                "{drive}, {process}: 모든 행에서 똑같아 잰 값인지 알 수 없습니다.",
                {"drive": loops[0].driver.info.name, "process": loops[0].measured.info.name},
            ),
            missing,
            loops[0].series,
        )
    loop, following = max(real, key=lambda one: _rank(one[1], criterion))
    if following.changes < criterion.threshold("min_changes"):
        return cannot_tell(
            Text(
                "{drive}: 설정값이 {changes}번밖에 바뀌지 않아 따르는지 알 수 없습니다.",
                {"drive": loop.driver.info.name, "changes": following.changes},
            ),
            missing,
            loop.series,
        )
    asked = [one for _, one in real if one.changes >= criterion.threshold("min_changes")]
    good = sum(one.followed >= least for one in asked)
    return decide(
        2 * good >= len(asked),
        Text(
            "{drive}: 설정값이 {changes:,}번 바뀌었고 {process} 값이 {followed:.0%}에서 "
            "뒤따랐습니다(짝 {all}개 가운데 {good}개가 기준을 넘음).",
            {
                "drive": loop.driver.info.name,
                "process": loop.measured.info.name,
                "changes": following.changes,
                "followed": following.followed,
                "all": len(asked),
                "good": good,
            },
        ),
        missing,
        confidence=0.9 * evidence.observed(loop.table),
        series=loop.series,
        tables=(loop.table,),
    )


def _rank(following: Following, criterion: Criterion) -> tuple[bool, float]:
    return following.changes >= criterion.threshold("min_changes"), following.followed


@dataclass(frozen=True, slots=True)
class _Moved:
    """A set-point that moves, and how much of it the other columns explain."""

    table: Table
    name: str
    series: str
    changes: int
    explained: float


def model_driven_setpoints(evidence: Evidence, criterion: Criterion) -> Reply:
    """Whether set-points follow the state; that results improve, no record of one kind shows."""
    missing = Text(
        "설정값의 변경 이력, 그때의 모델 출력, 모델을 쓰지 않은 기간의 결과를 함께 내 주세요."
    )
    moved = [one for table in evidence.tables for one in _moved(table)]
    if not moved:
        return cannot_tell(
            Text("움직이는 설정값 열이 없어, 모델이 설정을 정하는지 알 수 없습니다."), missing
        )
    least = criterion.threshold("min_explained")
    enough = [one for one in moved if one.changes >= criterion.threshold("min_changes")]
    best = max(enough or moved, key=lambda one: one.explained)
    facts = {"name": best.name, "changes": best.changes, "explained": max(best.explained, 0.0)}
    if not enough or best.explained < least:
        return decide(
            False,
            Text(
                "{name}: 설정값이 {changes:,}번 바뀌었고, 그 가운데 다른 측정값으로 설명되는 "
                "비율은 {explained:.0%}입니다.",
                facts,
            ),
            missing,
            confidence=0.6 * evidence.observed(best.table),
            series=(best.series,),
            tables=(best.table,),
        )
    return cannot_tell(
        Text(
            "{name}: 설정값 변경 {changes:,}번의 {explained:.0%}가 다른 측정값으로 설명됩니다. "
            "결과가 좋아졌는지는 견줄 기간이 없어 알 수 없습니다.",
            facts,
        ),
        missing,
        (best.series,),
    )


def _moved(table: Table) -> list[_Moved]:
    named = [(column, loop_name(column.info.name)) for column in table.frame.numbers]
    found = []
    for column, name in named:
        if name.part is not Part.SETPOINT or not name.subject or column.distinct < 2:
            continue
        # The loop's own measurement follows the set-point and would explain it backwards.
        others = [
            other.values
            for other, theirs in named
            if theirs.part is not Part.SETPOINT
            and not name.subject <= theirs.subject
            and other.distinct > 1
            and not other.steady_step
        ][:_MOST_FEATURES]
        changes = int(np.sum(np.diff(column.values[np.isfinite(column.values)]) != 0))
        explained = explained_share(column.values[1:], np.array(others)[:, :-1]) if others else 0.0
        found.append(_Moved(table, column.info.name, column.info.id, changes, explained))
    return found
