"""Blocks of rows that stand in the data twice, found by hashing every window of rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.frames import Frame
from dure.engines.kpi.row_hash import window_hashes
from dure.engines.lake.findings import Severity
from dure.engines.levels.findings import Doubt, IntegrityFinding
from dure.kernel.text import Text

Integers = npt.NDArray[np.int64]

WINDOW = 20
MOST_ROWS = 4_000_000
# A block counts only if chance would repeat it in fewer than one of a million such tables.
_SAFETY_BITS = 20


@dataclass(frozen=True, slots=True)
class _Block:
    """`length` rows from `original` stand again from `copy`; indices into the joined rows."""

    original: int
    copy: int
    length: int


def find_copies(frames: Sequence[Frame]) -> tuple[IntegrityFinding, ...]:
    """Copied blocks within and between tables of equal columns.

    The first `MOST_ROWS` rows of each group of equal tables are compared. A block must hold
    so many changes and such rare rows that a process would not repeat it by chance.
    """
    groups: dict[tuple[str, ...], list[Frame]] = {}
    for frame in frames:
        if len(frame.hashed) > 0:
            key = tuple(series.removeprefix(frame.name) for series in frame.hashed)
            groups.setdefault(key, []).append(frame)
    return tuple(finding for group in groups.values() for finding in _find_in_group(group))


def _find_in_group(frames: list[Frame]) -> list[IntegrityFinding]:
    rows = np.concatenate([frame.hashes for frame in frames])[:MOST_ROWS]
    ends = np.cumsum([frame.rows for frame in frames])
    blocks = _blocks(rows, ends)
    if not blocks:
        return []
    starts = ends - np.array([frame.rows for frame in frames])
    longest = max(blocks, key=lambda block: block.length)
    owner = int(np.searchsorted(ends, longest.copy, side="right"))
    source = int(np.searchsorted(ends, longest.original, side="right"))
    at = longest.copy - int(starts[owner])
    origin = longest.original - int(starts[source])
    total = sum(block.length for block in blocks)
    return [
        _finding((frames[source], origin), (frames[owner], at), longest.length, total / len(rows))
    ]


def _finding(
    source: tuple[Frame, int], target: tuple[Frame, int], length: int, share: float
) -> IntegrityFinding:
    (origin_frame, origin), (frame, at) = source, target
    rows = frame.row_range_of(at, at + length - 1)
    first = origin_frame.row_range_of(origin, origin + length - 1)
    facts = {
        "frame": frame.name,
        "first": rows[0],
        "last": rows[1],
        "origin": origin_frame.name,
        "origin_first": first[0],
        "origin_last": first[1],
        "share": share,
    }
    same_times = (
        len(frame.times) > 0
        and len(origin_frame.times) > 0
        and bool(
            np.array_equal(
                frame.times[at : at + length], origin_frame.times[origin : origin + length]
            )
        )
    )
    if same_times:
        return IntegrityFinding(
            Doubt.DUPLICATE,
            Severity.WARNING,
            Text(
                "{frame} {first}–{last}행은 {origin} {origin_first}–{origin_last}행과 시각까지 "
                "같습니다. 같은 자료가 두 번 들어왔습니다(전체의 {share:.1%}).",
                facts,
            ),
            Text("겹치는 파일이나 가져오기를 하나만 남겨 주세요."),
            frame.hashed,
            rows,
            0.99,
        )
    return IntegrityFinding(
        Doubt.COPY,
        Severity.ERROR if share >= 0.1 else Severity.WARNING,
        Text(
            "{frame} {first}–{last}행의 값이 {origin} {origin_first}–{origin_last}행과 모두 "
            "같습니다. 복사된 자료로 보입니다(되풀이된 행 {share:.1%}).",
            facts,
        ),
        Text(
            "그 기간의 원본 기록을 확인해 주세요. 같은 프로그램의 설정값만 담긴 자료라면 그렇다고 "
            "적어 주세요."
        ),
        frame.hashed,
        rows,
        0.95,
    )


def _blocks(rows: npt.NDArray[np.uint64], ends: Integers) -> list[_Block]:
    if len(rows) < 2 * WINDOW:
        return []
    windows = window_hashes(rows, WINDOW)
    usable = np.flatnonzero(_is_telling(rows) & _is_inside(len(windows), ends))
    picked = windows[usable]
    order = np.argsort(picked, kind="stable")
    ordered, at = picked[order], usable[order]
    same = np.flatnonzero((ordered[1:] == ordered[:-1]) & (at[1:] - at[:-1] >= WINDOW))
    return _join(at[same], at[same + 1])


def _is_telling(rows: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Which windows hold changes so many and rows so rare that chance does not repeat them."""
    _, inverse, counts = np.unique(rows, return_inverse=True, return_counts=True)
    changed = np.concatenate(([True], rows[1:] != rows[:-1]))
    bits = np.where(changed, -np.log2(counts[inverse] / len(rows)), 0.0)
    surprise = _window_sums(bits)
    lively = _window_sums(changed.astype(np.float64)) >= WINDOW / 2
    telling: npt.NDArray[np.bool_] = (surprise >= 2 * np.log2(len(rows)) + _SAFETY_BITS) & lively
    return telling


def _window_sums(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return sums[WINDOW:] - sums[:-WINDOW]


def _is_inside(windows: int, ends: Integers) -> npt.NDArray[np.bool_]:
    """Which windows lie in one table, not across the seam of two."""
    inside = np.ones(windows, np.bool_)
    for end in ends[:-1]:
        inside[max(0, int(end) - WINDOW + 1) : int(end)] = False
    return inside


def _join(originals: Integers, copies: Integers) -> list[_Block]:
    """Runs of windows with the same distance, each as one block."""
    order = np.lexsort((copies, copies - originals))
    originals, copies = originals[order], copies[order]
    blocks: list[_Block] = []
    start = 0
    for end in range(1, len(copies) + 1):
        if end == len(copies) or not _continues(originals, copies, end):
            length = int(copies[end - 1] - copies[start]) + WINDOW
            blocks.append(_Block(int(originals[start]), int(copies[start]), length))
            start = end
    return blocks


def _continues(originals: Integers, copies: Integers, at: int) -> bool:
    step = int(copies[at] - copies[at - 1])
    return 0 < step <= WINDOW and int(originals[at] - originals[at - 1]) == step
