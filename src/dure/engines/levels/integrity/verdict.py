"""All integrity findings of a site, and whether independent kinds of evidence agree."""

from collections.abc import Sequence

from dure.engines.kpi.cadence import Cadence
from dure.engines.kpi.frames import Frame
from dure.engines.lake.findings import Severity
from dure.engines.levels.findings import Doubt, IntegrityFinding
from dure.engines.levels.integrity import clock, copies, dates, relations, values
from dure.kernel.text import Text

# How values came to be, and how times and bonds between columns came to be, are independent
# questions: a shuffled export explains its times but not its values.
_OF_VALUES = frozenset({Doubt.NOISE, Doubt.COPY})
_OF_ORIGIN = frozenset({Doubt.CLOCK, Doubt.LATTICE, Doubt.RELATION, Doubt.RUNNING_NAME})
_LOST_BY = {Severity.INFO: 0.0, Severity.WARNING: 0.1, Severity.ERROR: 0.3}
# What was drawn by lot or copied is not the plant's at all; the rest is about its times and bonds.
_LOST_BY_VALUES = {Severity.INFO: 0.0, Severity.WARNING: 0.2, Severity.ERROR: 0.6}
_LEFT_FABRICATED = 0.1
_LEAST_LEFT = 0.1


def examine(
    frames: Sequence[Frame],
    cadences: Sequence[Cadence | None],
    now: int | None = None,
    refused: Sequence[dates.RefusedDate] = (),
) -> tuple[IntegrityFinding, ...]:
    """Every finding of a site, the most serious first."""
    found = list(dates.find_refused_dates(refused))
    for frame, cadence in zip(frames, cadences, strict=True):
        found += _examine_frame(frame, cadence, now)
    found += values.find_constant(frames)
    found += values.find_typed_digits(frames)
    found += copies.find_copies(frames)
    found += _find_fabricated(frames, found)
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return tuple(
        sorted(found, key=lambda f: (f.kind is not Doubt.LOOKS_FABRICATED, order.index(f.severity)))
    )


def trust_left(findings: Sequence[IntegrityFinding]) -> float:
    """Factor on every confidence: 1 without doubts, 0.1 where data look fabricated."""
    if any(finding.kind is Doubt.LOOKS_FABRICATED for finding in findings):
        return _LEFT_FABRICATED
    worst: dict[Doubt, float] = {}
    for finding in findings:
        by = _LOST_BY_VALUES if finding.kind in _OF_VALUES else _LOST_BY
        lost = by[finding.severity] * finding.confidence
        worst[finding.kind] = max(worst.get(finding.kind, 0.0), lost)
    left = 1.0
    for lost in worst.values():
        left *= 1 - lost
    return max(_LEAST_LEFT, left)


def _examine_frame(
    frame: Frame, cadence: Cadence | None, now: int | None
) -> list[IntegrityFinding]:
    return [
        *dates.find_impossible_dates(frame, now),
        *dates.find_days_only(frame, cadence),
        *dates.find_backward(frame, cadence, now),
        *dates.find_weekend_only(frame, now),
        *clock.find_strewn_times(frame, cadence, now),
        *clock.find_lattice(frame, cadence),
        *values.find_noise(frame, cadence),
        *values.find_ideal(frame),
        *relations.find_broken_relations(frame),
        *relations.find_running_names(frame),
    ]


def _find_fabricated(
    frames: Sequence[Frame], found: Sequence[IntegrityFinding]
) -> list[IntegrityFinding]:
    """Tables where the values and something independent of them both speak against their origin."""
    suspects: list[Frame] = []
    evidence: list[IntegrityFinding] = []
    for frame in frames:
        own = set(frame.series_ids)
        here = [finding for finding in found if own & set(finding.series)]
        kinds = {finding.kind for finding in here if finding.severity is not Severity.INFO}
        if kinds & _OF_VALUES and kinds & _OF_ORIGIN:
            suspects.append(frame)
            evidence += [finding for finding in here if finding.kind in _OF_VALUES | _OF_ORIGIN]
    if not suspects:
        return []
    kinds_found = {finding.kind for finding in evidence}
    return [
        IntegrityFinding(
            Doubt.LOOKS_FABRICATED,
            Severity.ERROR,
            Text(
                "설비가 기록한 자료가 아니라 만들어 낸 자료로 보입니다: 표 {all}개 중 "
                "{count}개({names})에서 서로 독립인 근거 {kinds}가지가 겹쳤습니다. 판단은 사람이 "
                "합니다.",
                {
                    "all": len(frames),
                    "count": len(suspects),
                    "names": ", ".join(frame.name for frame in suspects[:5]),
                    "kinds": len(kinds_found),
                },
            ),
            Text("설비나 시스템에서 바로 내려받은 원본과 그 출처를 함께 내 주세요."),
            tuple(series for finding in evidence for series in finding.series),
            None,
            min(0.99, max(finding.confidence for finding in evidence)),
        )
    ]
