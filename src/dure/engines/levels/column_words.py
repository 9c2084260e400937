"""What column names say: which of 4M1E they belong to, and whether they set, move or measure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_KINDS = {
    "man": r"operator|worker|employee|shift|staff|작업자|근무|사원|담당|작업조|교대",
    "machine": (
        r"machine|equipment|facility|furnace|motor|spindle|press\b|mou?ld|line|설비|기계|장비|호기"
        r"|금형|라인|전동기|펌프|로\b"
    ),
    "material": (
        r"material|product|item|lot\b|batch|molten|melt|wafer|part.?no|자재|원료|재질|품번|품목|품명"
        r"|로트|제품|용탕|배정번호"
    ),
    "method": (
        r"set.?(point|pos|temp|speed|vel|pres|val)|setting|recipe|program|process|feed.?rate|mode"
        r"|cycle.?time|speed|설정|조건|공정|레시피|속도|작업지시|압력"
    ),
    "environment": r"humid|ambient|outdoor|weather|room|습도|외기|대기|실내|환경",
}


def kinds_of(name: str) -> tuple[str, ...]:
    """The kinds of 4M1E that a column name speaks of.

    >>> kinds_of("작업자"), kinds_of("mold_code"), kinds_of("V12")
    (('man',), ('machine',), ())
    """
    spaced = " ".join(words_of(name))
    return tuple(kind for kind, pattern in _KINDS.items() if re.search(pattern, spaced))


class Part(StrEnum):
    """What a column is in a control loop."""

    SETPOINT = "setpoint"
    ACTUATOR = "actuator"
    PROCESS = "process"


_PARTS = {
    Part.SETPOINT: frozenset(
        [
            *("set", "setpoint", "sp", "sv", "target", "setting", "command", "cmd", "reference"),
            *("설정", "설정값", "목표", "목표값", "지령", "지령값"),
        ]
    ),
    Part.ACTUATOR: frozenset(
        [
            *("op", "mv", "output", "valve", "duty", "opening", "actuator"),
            *("출력", "조작", "조작량", "밸브", "개도", "출력값"),
        ]
    ),
    Part.PROCESS: frozenset(
        [
            *("actual", "pv", "measured", "feedback", "act"),
            *("현재", "현재값", "실제", "실제값", "측정", "측정값", "계측"),
        ]
    ),
}
_PREFIXES = {
    "설정": Part.SETPOINT,
    "목표": Part.SETPOINT,
    "현재": Part.PROCESS,
    "실제": Part.PROCESS,
}


@dataclass(frozen=True, slots=True)
class LoopName:
    """A column name taken apart: what it is in a loop, and the thing it speaks of.

    Attributes:
        part: None where the name does not say.
        subject: the other words; equal for the columns of one loop.
    """

    part: Part | None
    subject: frozenset[str]


def loop_name(name: str) -> LoopName:
    """Takes a column name apart.

    >>> loop_name("X_SetPosition") == LoopName(Part.SETPOINT, frozenset({"x", "position"}))
    True
    """
    read = [_read(word) for word in words_of(name)]
    part = next((part for part, _ in read if part is not None), None)
    return LoopName(part, frozenset(rest for _, rest in read if rest))


def _read(word: str) -> tuple[Part | None, str]:
    """What one word says of the part, and what is left of it."""
    for part, words in _PARTS.items():
        if word in words:
            return part, ""
    prefix = next((one for one in _PREFIXES if word.startswith(one)), "")
    return _PREFIXES.get(prefix), word.removeprefix(prefix)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, apart at spaces, underscores, capitals, and between scripts."""
    text = unicodedata.normalize("NFC", name)
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    text = re.sub(r"(?<=[가-힣])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[가-힣])", " ", text)
    return tuple(word.casefold() for word in re.split(r"[\s_\-./()\[\]]+", text) if word)
