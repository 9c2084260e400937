"""Which words and numbers of a label column mean a good product and which a bad one."""

import re
from dataclasses import dataclass

import numpy as np

from dure.engines.kpi.frames import WordColumn
from dure.kernel.text import Text

_GOOD = frozenset(
    [
        "ok",
        "pass",
        "passed",
        "good",
        "g",
        "excellent",
        "accept",
        "accepted",
        "normal",
        "양품",
        "합격",
        "적합",
        "정상",
        "양호",
        "양",
        "이상없음",
    ]
)
_BAD = frozenset(
    [
        "ng",
        "nok",
        "fail",
        "failed",
        "bad",
        "defect",
        "defective",
        "reject",
        "rejected",
        "불량",
        "불합격",
        "부적합",
        "불",
        "불량품",
    ]
)
_ONE_IS_BAD = re.compile(r"(?<![a-z])(ng|defect\w*|reject\w*)(?![a-z])|불량|부적합|불합격", re.I)
_ONE_IS_GOOD = re.compile(r"(?<![a-z])(ok|good|pass(ed)?)(?![a-z])|양품|합격", re.I)
_EITHER = re.compile(r"pass.?or.?fail|pass.?fail|합부|양불|판정", re.I)
_YES = frozenset({"1", "yes", "y", "true"})
_NO = frozenset({"0", "no", "n", "false"})
# No line that sends its data anywhere makes more bad parts than this.
_CLEAR_MAJORITY = 0.8


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of one label column; `how` says how its values were understood."""

    good: int
    bad: int
    unknown: int
    how: Text

    @property
    def rows(self) -> int:
        """Rows with and without judgement."""
        return self.good + self.bad + self.unknown


def read_outcome(column: WordColumn) -> Outcome | None:
    """Good and bad products of a label column; None where it is not about products.

    Values outside the known words, and empty cells, count as unknown.
    """
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.words))
    empty = len(column.codes) - column.filled
    seen = {_plain(word): 0 for word in column.words}
    for word, count in zip(column.words, counts, strict=False):
        seen[_plain(word)] += int(count)
    seen = {word: count for word, count in seen.items() if count}
    if seen and set(seen) <= _YES | _NO:
        return _of_numbers(column.info.name, seen, empty)
    good = sum(count for word, count in seen.items() if word in _GOOD)
    bad = sum(count for word, count in seen.items() if word in _BAD)
    other = sum(seen.values()) - good - bad
    if good + bad == 0 or other > good + bad:
        return None
    read = ", ".join(word for word in seen if word in _GOOD) or "-"
    not_read = ", ".join(word for word in seen if word in _BAD) or "-"
    how = Text("양품: {good} / 불량: {bad}", {"good": read, "bad": not_read})
    return Outcome(good, bad, other + empty, how)


def _of_numbers(name: str, seen: dict[str, int], empty: int) -> Outcome | None:
    ones = sum(count for word, count in seen.items() if word in _YES)
    zeros = sum(count for word, count in seen.items() if word in _NO)
    spaced = re.sub(r"[_\-.]+", " ", name)
    if _EITHER.search(spaced):
        if max(ones, zeros) < _CLEAR_MAJORITY * (ones + zeros):
            return None
        often = "1" if ones > zeros else "0"
        how = Text(
            "0과 1의 뜻이 파일에 없어, 대부분을 차지하는 값({often})을 양품으로 보았습니다",
            {"often": often},
        )
        return Outcome(max(ones, zeros), min(ones, zeros), empty, how)
    if _ONE_IS_BAD.search(spaced):
        how = Text("0: 양품 / 1: 불량 (열 이름 {name})", {"name": name})
        return Outcome(zeros, ones, empty, how)
    if _ONE_IS_GOOD.search(spaced):
        how = Text("1: 양품 / 0: 불량 (열 이름 {name})", {"name": name})
        return Outcome(ones, zeros, empty, how)
    return None


def _plain(word: str) -> str:
    text = word.strip().casefold()
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text
