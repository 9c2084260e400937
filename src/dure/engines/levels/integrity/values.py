"""Values no process wrote: drawn by lot, too ideal, standing still, or rounded by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import MINUTE, Cadence
from dure.engines.kpi.frames import Frame, NumberColumn
from dure.engines.kpi.indicator import PERIODIC_SHARE
from dure.engines.lake.findings import Severity
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Doubt, IntegrityFinding
from dure.engines.levels.statistics import (
    normal_p,
    order_p,
    related_p,
    thin_out,
    uniform_p,
)
from dure.kernel.text import Text

Floats = npt.NDArray[np.float64]

FEWEST_ROWS = 100
_ENOUGH_ROWS = 5_000
_FEWEST_VALUES = 15
# A table is called patternless only if none of its columns shows any pattern at this level.
_PATTERN_P = 0.005
_FLAT_P = 0.001
_FLAT_SHARE = 0.75
# Of some 600 measured columns of real plants fewer than one in twenty is flat and unordered.
_REAL_FLAT_SHARE = 0.05
_FEWEST_NOISY = 3
_QUICK_STEP = MINUTE
_IDEAL_ROWS = 2_000
_IDEAL_P = 0.01
_STILL_SHARE = 0.5
# Of 1,130 columns of real plants none has half of its round values standing out.
_TYPED_SHARE = 0.7
_CHANCE_SHARE = 0.3
_FEWEST_ROUND = 5
_USUAL = (0.01, 0.99)
_AS_MANY = 0.6
_MOST_DECIMALS = 4
_MOST_STEPS = 200_000
_EXACT = 2.0**53


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A reading with values enough to judge, and the rows that hold them."""

    column: NumberColumn
    values: Floats


def find_noise(frame: Frame, cadence: Cadence | None) -> tuple[IntegrityFinding, ...]:
    """Columns that are unordered in time and unrelated to each other, all of them.

    Machines carry heat, wear and load from row to row and from one reading to the next. A
    table without any exception is unlike a machine's if its columns are flat, or come by a
    quick clock; unordered normal columns alone are also what independent measurements give.
    """
    candidates = _candidates(frame)
    if len(candidates) < 2 or not all(_is_unordered(one, frame) for one in candidates):
        return ()
    if _are_related(candidates):
        return ()
    flat = [one for one in candidates if uniform_p(_thin(one.values)) >= _FLAT_P]
    if len(flat) >= max(2, _FLAT_SHARE * len(candidates)):
        return (_flat_noise(frame, candidates, flat),)
    if len(candidates) < _FEWEST_NOISY:
        return ()
    if cadence is not None and _is_quick_clock(cadence):
        return (_clocked_noise(frame, candidates, cadence),)
    ideal = [one for one in candidates if one in flat or normal_p(_thin(one.values)) >= _IDEAL_P]
    if len(ideal) >= _FLAT_SHARE * len(candidates):
        return (_ideal_noise(frame, candidates),)
    return ()


def _is_quick_clock(cadence: Cadence) -> bool:
    return (
        cadence.places_rows
        and cadence.regular_share >= PERIODIC_SHARE
        and cadence.step <= _QUICK_STEP
    )


def _flat_noise(
    frame: Frame, candidates: list[_Candidate], flat: list[_Candidate]
) -> IntegrityFinding:
    text = Text(
        "{frame}: 숫자 열 {count}개가 앞뒤 행과도, 서로와도 관계가 없고 {flat}개는 최솟값과 최댓값 "
        "사이에 고르게 퍼져 있습니다({names}). 난수로 만든 값과 구별되지 않습니다.",
        {
            "frame": frame.name,
            "count": len(candidates),
            "flat": len(flat),
            "names": _names(flat),
        },
    )
    confidence = min(0.99, 1 - _REAL_FLAT_SHARE ** len(flat))
    return _noise(frame, text, flat, Severity.ERROR, confidence)


def _clocked_noise(
    frame: Frame, candidates: list[_Candidate], cadence: Cadence
) -> IntegrityFinding:
    text = Text(
        "{frame}: {seconds:,.3g}초마다 잰 신호 {count}개가 바로 앞 값과도, 서로와도 관계가 "
        "없습니다({names}). 설비의 온도·압력·전류는 이렇게 움직이지 않으며, 난수로 만든 값과 "
        "구별되지 않습니다.",
        {
            "frame": frame.name,
            "seconds": cadence.step_seconds,
            "count": len(candidates),
            "names": _names(candidates),
        },
    )
    return _noise(frame, text, candidates, Severity.ERROR, 0.95)


def _ideal_noise(frame: Frame, candidates: list[_Candidate]) -> IntegrityFinding:
    text = Text(
        "{frame}: 숫자 열 {count}개가 앞뒤 행과도, 서로와도 관계가 없고 이론상의 분포와 구별되지 "
        "않습니다({names}). 모의실험으로 만든 값에서 흔하지만, 서로 독립인 측정에서도 있을 수 "
        "있습니다.",
        {"frame": frame.name, "count": len(candidates), "names": _names(candidates)},
    )
    return _noise(frame, text, candidates, Severity.WARNING, 0.7)


def _noise(
    frame: Frame, text: Text, columns: list[_Candidate], severity: Severity, confidence: float
) -> IntegrityFinding:
    return IntegrityFinding(
        Doubt.NOISE,
        severity,
        text,
        Text(
            "값을 잰 설비와 방법을 확인해 주세요. 설비가 기록한 원본이 있으면 그것을 올려 주세요."
        ),
        tuple(one.column.info.id for one in columns),
        frame.row_range,
        confidence,
    )


def find_ideal(frame: Frame) -> tuple[IntegrityFinding, ...]:
    """Long unordered readings that follow a normal curve exactly, as simulations do."""
    ideal = [
        one
        for one in _candidates(frame)
        if len(one.values) >= _IDEAL_ROWS
        and _is_unordered(one, frame)
        and normal_p(_thin(one.values)) >= _IDEAL_P
    ]
    if not ideal:
        return ()
    return (
        IntegrityFinding(
            Doubt.IDEAL,
            Severity.INFO,
            Text(
                "{frame}: {names}의 값은 앞뒤 행과 관계가 없고 이론상의 정규분포와 구별되지 "
                "않습니다. 모의실험(시뮬레이션)으로 만든 값에서 흔하지만, 서로 독립인 측정에서도 "
                "있을 수 있습니다.",
                {"frame": frame.name, "names": _names(ideal)},
            ),
            Text("설비에서 잰 값인지, 모의실험이나 예시 자료인지 확인해 주세요."),
            tuple(one.column.info.id for one in ideal),
            frame.row_range,
            0.7,
        ),
    )


def find_constant(frames: Sequence[Frame]) -> tuple[IntegrityFinding, ...]:
    """Readings and labels that hold one value throughout; many of them lower confidence."""
    still = [column for frame in frames for column in frame.numbers if _is_still(column, frame)]
    one_word = [
        column
        for frame in frames
        for column in frame.words
        if column.info.role is ColumnRole.LABEL
        and column.distinct == 1
        and column.filled >= FEWEST_ROWS
    ]
    if not still and not one_word:
        return ()
    readings = sum(len(frame.numbers) for frame in frames)
    many = len(still) > max(2.0, _STILL_SHARE * readings)
    infos = [column.info for column in still] + [column.info for column in one_word]
    names = list(dict.fromkeys(info.name for info in infos))
    return (
        IntegrityFinding(
            Doubt.CONSTANT,
            Severity.WARNING if many else Severity.INFO,
            Text(
                "처음부터 끝까지 한 값인 열이 {count:,}개 있습니다({names}). 변하지 않는 열로는 "
                "수집도 분석도 확인할 수 없습니다.",
                {"count": len(infos), "names": ", ".join(names[:5])},
            ),
            Text("쓰지 않는 열이면 그대로 두고, 센서 값이면 연결을 확인해 주세요."),
            tuple(info.id for info in infos),
            None,
            1.0,
        ),
    )


def find_typed_digits(frames: Sequence[Frame]) -> tuple[IntegrityFinding, ...]:
    """Readings in which 0s and 5s stand out against their neighbours: read and written by people.

    A sensor that counts in fives gives nothing but 0 and 5; that is its resolution.
    """
    typed = [column for frame in frames for column in frame.numbers if _is_typed(column)]
    if not typed:
        return ()
    names = list(dict.fromkeys(column.info.name for column in typed))
    return (
        IntegrityFinding(
            Doubt.DIGITS,
            Severity.WARNING,
            Text(
                "끝자리가 0이나 5인 값이 바로 옆 값보다 유난히 많은 열이 {count:,}개 "
                "있습니다({names}). 사람이 적었거나 장비가 반올림한 값일 수 있습니다.",
                {"count": len(typed), "names": ", ".join(names[:5])},
            ),
            Text("자동으로 수집한 값이라면 센서의 눈금(분해능)을 확인해 주세요."),
            tuple(column.info.id for column in typed),
            None,
            0.9,
        ),
    )


def _is_still(column: NumberColumn, frame: Frame) -> bool:
    return column.distinct == 1 and column.filled >= min(FEWEST_ROWS, frame.rows)


def _candidates(frame: Frame) -> list[_Candidate]:
    found = []
    for column in frame.numbers:
        values = column.values[np.isfinite(column.values)]
        if (
            len(values) >= FEWEST_ROWS
            and column.distinct >= _FEWEST_VALUES
            and not column.steady_step
        ):
            found.append(_Candidate(column, values))
    return found


def _is_unordered(one: _Candidate, frame: Frame) -> bool:
    if order_p(one.values[:_ENOUGH_ROWS]) < _PATTERN_P:
        return False
    if len(frame.times) == 0:
        return True
    by_time = one.column.values[np.argsort(frame.times[frame.sampled], kind="stable")]
    return order_p(by_time[np.isfinite(by_time)][:_ENOUGH_ROWS]) >= _PATTERN_P


def _are_related(candidates: list[_Candidate]) -> bool:
    pairs = len(candidates) * (len(candidates) - 1) // 2
    for i, one in enumerate(candidates):
        for other in candidates[:i]:
            both = np.isfinite(one.column.values) & np.isfinite(other.column.values)
            a, b = one.column.values[both], other.column.values[both]
            if len(a) >= FEWEST_ROWS and related_p(_thin(a), _thin(b)) < _PATTERN_P / pairs:
                return True
    return False


def _is_typed(column: NumberColumn) -> bool:
    if column.distinct < _FEWEST_VALUES or column.steady_step:
        return False
    counted = _count_last_digits(column.values[np.isfinite(column.values)])
    if counted is None:
        return False
    last, counts = counted
    padded = np.pad(counts, 2)
    beside = (padded[:-4] + padded[1:-3] + padded[3:-1] + padded[4:]) / 4
    # Where nothing stands beside, the sensor itself counts in these steps; far out, a few
    # settings of a machine would look like round numbers.
    low, high = np.searchsorted(np.cumsum(counts) / counts.sum(), _USUAL)
    busy = beside >= 1
    busy[:low], busy[high + 1 :] = False, False
    stands_out = counts >= 2 * beside
    round_ones, others = busy & (last % 5 == 0), busy & (last % 5 != 0)
    # Readings that scatter about a machine's round settings thin out from one step to two.
    near = counts[busy & np.isin(last % 5, (1, 4))].sum()
    far = counts[busy & np.isin(last % 5, (2, 3))].sum()
    return bool(
        round_ones.sum() >= _FEWEST_ROUND
        and stands_out[round_ones].mean() >= _TYPED_SHARE
        and stands_out[others].sum() <= _CHANCE_SHARE * others.sum()
        and far >= _AS_MANY * near
    )


def _count_last_digits(
    values: Floats,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
    """Every step of the last written decimal between the extremes, and how often it stands."""
    decimals = next((d for d in range(_MOST_DECIMALS) if _is_whole(values * 10.0**d)), None)
    if decimals is None or float(np.abs(values).max()) * 10.0**decimals > _EXACT:
        return None
    steps = np.round(values * 10.0**decimals).astype(np.int64)
    low, high = int(steps.min()), int(steps.max())
    if high - low > _MOST_STEPS:
        return None
    return np.arange(low, high + 1), np.bincount(steps - low, minlength=high - low + 1)


def _is_whole(values: Floats) -> bool:
    return bool(np.all(np.abs(values - np.round(values)) <= 1e-6 * np.maximum(np.abs(values), 1.0)))


def _thin(values: Floats) -> Floats:
    return thin_out(values, _ENOUGH_ROWS)


def _names(candidates: list[_Candidate]) -> str:
    return ", ".join(one.column.info.name for one in candidates[:5])
