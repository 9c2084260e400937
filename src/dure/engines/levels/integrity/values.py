"""Values no process wrote: drawn by lot, too ideal, standing still, or rounded by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.frames import Frame, NumberColumn
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
_IDEAL_ROWS = 2_000
_IDEAL_P = 0.01
_STILL_SHARE = 0.5
_TYPED = (0.4, 0.95)
_MOST_DECIMALS = 4
_TYPED_VALUES = 100


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A reading with values enough to judge, and the rows that hold them."""

    column: NumberColumn
    values: Floats


def find_noise(frame: Frame) -> tuple[IntegrityFinding, ...]:
    """Columns that are flat, unordered in time and unrelated to each other, all of them.

    Machines carry heat, wear and load from row to row and from one reading to the next. One
    such column proves nothing; two or more in a table without any exception do not happen.
    """
    candidates = _candidates(frame)
    if len(candidates) < 2 or not all(_is_unordered(one, frame) for one in candidates):
        return ()
    flat = [one for one in candidates if uniform_p(_thin(one.values)) >= _FLAT_P]
    if len(flat) < max(2, _FLAT_SHARE * len(candidates)) or _are_related(candidates):
        return ()
    return (
        IntegrityFinding(
            Doubt.NOISE,
            Severity.ERROR,
            Text(
                "{frame}: 숫자 열 {count}개가 앞뒤 행과도, 서로와도 관계가 없고 {flat}개는 "
                "최솟값과 최댓값 "
                "사이에 고르게 퍼져 있습니다({names}). 난수로 만든 값과 구별되지 않습니다.",
                {
                    "frame": frame.name,
                    "count": len(candidates),
                    "flat": len(flat),
                    "names": _names(flat),
                },
            ),
            Text(
                "값을 잰 설비와 방법을 확인해 주세요. 설비가 기록한 원본이 있으면 그것을 올려 "
                "주세요."
            ),
            tuple(one.column.info.id for one in flat),
            frame.row_range,
            min(0.99, 1 - _REAL_FLAT_SHARE ** len(flat)),
        ),
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
                "않습니다. "
                "모의실험(시뮬레이션)으로 만든 값에서 흔하지만, 서로 독립인 측정에서도 있을 수 "
                "있습니다.",
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
                "처음부터 끝까지 한 값인 열이 {count:,}개 있습니다({names}). "
                "변하지 않는 열로는 수집도 분석도 확인할 수 없습니다.",
                {"count": len(infos), "names": ", ".join(names[:5])},
            ),
            Text("쓰지 않는 열이면 그대로 두고, 센서 값이면 연결을 확인해 주세요."),
            tuple(info.id for info in infos),
            None,
            1.0,
        ),
    )


def find_typed_digits(frames: Sequence[Frame]) -> tuple[IntegrityFinding, ...]:
    """Readings whose last digit is 0 or 5 too often, and else any digit: written by people.

    A sensor that counts in fives gives nothing but 0 and 5; that is its resolution.
    """
    typed = [column for frame in frames for column in frame.numbers if _is_typed(column)]
    if not typed:
        return ()
    names = list(dict.fromkeys(column.info.name for column in typed))
    return (
        IntegrityFinding(
            Doubt.DIGITS,
            Severity.INFO,
            Text(
                "끝자리에 0과 5가 유난히 많은 열이 {count:,}개 있습니다({names}). "
                "사람이 눈금을 읽고 적은 값일 수 있습니다.",
                {"count": len(typed), "names": ", ".join(names[:5])},
            ),
            Text("자동으로 수집한 값이라면 센서의 눈금(분해능)을 확인해 주세요."),
            tuple(column.info.id for column in typed),
            None,
            0.6,
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
    if column.distinct < _TYPED_VALUES or column.steady_step:
        return False
    values = column.values[np.isfinite(column.values)]
    decimals = next((d for d in range(_MOST_DECIMALS) if _is_whole(values * 10.0**d)), None)
    if decimals is None:
        return False
    counts = np.bincount(np.abs(np.round(values * 10.0**decimals)).astype(np.int64) % 10)
    counts = np.pad(counts, (0, 10 - len(counts)))
    share = (counts[0] + counts[5]) / counts.sum()
    others = np.delete(counts, (0, 5))
    # Quantised sensors leave digits out or favour others than 0 and 5; people do neither.
    even = others.min() > 0 and others.max() <= 2 * others.mean()
    return bool(_TYPED[0] <= share <= _TYPED[1] and even)


def _is_whole(values: Floats) -> bool:
    return bool(np.all(np.abs(values - np.round(values)) <= 1e-6 * np.maximum(np.abs(values), 1.0)))


def _thin(values: Floats) -> Floats:
    return thin_out(values, _ENOUGH_ROWS)


def _names(candidates: list[_Candidate]) -> str:
    return ", ".join(one.column.info.name for one in candidates[:5])
