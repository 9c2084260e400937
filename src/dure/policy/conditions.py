"""The small language in which rules state what they require of the facts.

A condition is one of::

    {fact: f, is: value}            {fact: f, in: [values]}       {fact: f, between: [low, high]}
    {fact: f, below: x}             {fact: f, above: x}           {fact: f, at_least: x}
    {all: [...]}   {any: [...]}     {not: c}   {known: f}         {undecided: true}

where `x` is a value, `{fact: g}`, or (also after `in`) `{tier: target_levels}`. It is evaluated on
columns; one firm is a column of one row, so both can never differ. Truth has three values (Kleene):
TRUE, FALSE, and UNKNOWN where a fact that matters is not known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dure.policy.errors import FactError
from dure.policy.facts import UNKNOWN as UNKNOWN_CODE
from dure.policy.facts import FactColumns, FactKind, kind_of

Truth = npt.NDArray[np.int8]
TRUE, UNKNOWN, FALSE = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Ground:
    """What a condition is evaluated on: facts in columns, and the levels the tier aims at."""

    facts: FactColumns
    target_levels: tuple[str, ...]


Condition = Callable[[Ground], Truth]


class ConditionError(ValueError):
    """A condition that is not in the language; the message names the part."""


def compile_condition(form: object) -> Condition:
    """A condition ready to evaluate: `condition(ground)` gives int8 truth, one per row.

    Raises:
        ConditionError: not in the language, or a fact or value that does not exist.
    """
    if not isinstance(form, dict):
        raise ConditionError(f"조건이 아닙니다: {form!r}")
    try:
        if "fact" in form:
            return _comparison(form)
        if len(form) != 1:
            raise ConditionError(f"조건에는 연산이 하나만 있어야 합니다: {form!r}")
        ((operation, operand),) = form.items()
        return _connective(str(operation), operand)
    except FactError as error:
        raise ConditionError(f"{error} ({form!r})") from error


def facts_in(form: object) -> frozenset[str]:
    """The facts that a condition, as written, asks about."""
    if isinstance(form, list):
        return frozenset().union(*(facts_in(part) for part in form))
    if not isinstance(form, dict):
        return frozenset()
    named = {str(value) for key, value in form.items() if key in {"fact", "known"}}
    return frozenset(named).union(*(facts_in(part) for part in form.values()))


def _connective(operation: str, operand: object) -> Condition:
    match operation, operand:
        case ("all", [_, *_] as forms):
            return _fold(np.minimum, forms)
        case ("any", [_, *_] as forms):
            return _fold(np.maximum, forms)
        case ("not", form):
            inner = compile_condition(form)
            return lambda ground: np.negative(inner(ground))
        case ("known", str() as fact):
            kind_of(fact)
            return lambda ground: _definite(ground.facts.column(fact) != UNKNOWN_CODE)
        case ("undecided", True):
            return lambda ground: np.zeros(ground.facts.size, dtype=np.int8)
    raise ConditionError(f"알 수 없는 연산입니다: {operation}")


def _fold(combine: np.ufunc, forms: Sequence[object]) -> Condition:
    parts = [compile_condition(form) for form in forms]

    def folded(ground: Ground) -> Truth:
        result = parts[0](ground)
        for part in parts[1:]:
            result = combine(result, part(ground))
        return result

    return folded


def _comparison(form: dict[Any, Any]) -> Condition:
    kind = kind_of(str(form["fact"]))
    rest = [(str(key), value) for key, value in form.items() if key != "fact"]
    if len(rest) != 1:
        raise ConditionError(f"비교는 하나만 있어야 합니다: {form!r}")
    operation, operand = rest[0]
    match operation:
        case "is":
            return _membership(kind, lambda _: (kind.code_of(operand),), check=(operand,))
        case "in":
            return _in(kind, operand)
        case "between":
            return _between(kind, operand)
        case "below" | "above" | "at_least":
            return _ordered(kind, operation, operand)
    raise ConditionError(f"알 수 없는 비교입니다: {operation}")


def _in(kind: FactKind, operand: object) -> Condition:
    match operand:
        case {"tier": "target_levels"}:
            return _membership(kind, lambda ground: _tier_codes(kind, ground))
        case [_, *_] as values:
            codes = tuple(_code(kind, value) for value in values)
            return _membership(kind, lambda _: codes)
    raise ConditionError(f"in에는 값의 목록이 필요합니다: {operand!r}")


def _membership(
    kind: FactKind,
    codes_of: Callable[[Ground], tuple[int, ...]],
    *,
    check: tuple[object, ...] = (),
) -> Condition:
    for value in check:
        _code(kind, value)

    def member(ground: Ground) -> Truth:
        column = ground.facts.column(kind.key)
        inside = np.zeros(ground.facts.size, dtype=np.bool_)
        for code in codes_of(ground):
            inside |= column == code
        return _masked(inside, column)

    return member


def _between(kind: FactKind, operand: object) -> Condition:
    match kind.kind, operand:
        case ("division", [int() as low, int() as high]):

            def between(ground: Ground) -> Truth:
                column = ground.facts.column(kind.key)
                return _masked((column >= low) & (column <= high), column)

            return between
    raise ConditionError(f"between은 업종의 [처음, 끝]에만 쓸 수 있습니다: {operand!r}")


def _ordered(kind: FactKind, operation: str, operand: object) -> Condition:
    if kind.kind != "ordered":
        raise ConditionError(f"순서가 없는 사실은 견줄 수 없습니다: {kind.key}")
    bound = _bound(kind, operand)

    def compared(ground: Ground) -> Truth:
        column, other = ground.facts.column(kind.key), bound(ground)
        match operation:
            case "below":
                held = column < other
            case "above":
                held = column > other
            case _:
                held = column >= other
        return _known_only(_masked(held, column), other)

    return compared


def _bound(kind: FactKind, operand: object) -> Callable[[Ground], npt.NDArray[np.int16]]:
    """The other side of a comparison; of a tier's list, its highest."""
    match operand:
        case {"fact": str() as other}:
            if kind_of(other).choices != kind.choices:
                raise ConditionError(f"같은 척도가 아닙니다: {kind.key}, {other}")
            return lambda ground: ground.facts.column(other)
        case {"tier": "target_levels"}:
            return lambda ground: np.array(
                max(_tier_codes(kind, ground), default=UNKNOWN_CODE), dtype=np.int16
            )
        case _:
            code = np.array(_code(kind, operand), dtype=np.int16)
            return lambda _: code


def _tier_codes(kind: FactKind, ground: Ground) -> tuple[int, ...]:
    return tuple(kind.code_of(value) for value in ground.target_levels)


def _code(kind: FactKind, value: object) -> int:
    code = kind.code_of(value)
    if code == UNKNOWN_CODE:
        raise ConditionError(f"값이 없습니다: {kind.key}")
    return code


# Arithmetic on bytes instead of np.where: several times faster on a nation's columns.
def _masked(held: npt.NDArray[np.bool_], column: npt.NDArray[np.int16]) -> Truth:
    return _known_only(_definite(held), column)


def _known_only(truth: Truth, column: npt.NDArray[np.int16]) -> Truth:
    known: npt.NDArray[np.bool_] = column != UNKNOWN_CODE
    return truth * known.astype(np.int8)


def _definite(held: npt.NDArray[np.bool_]) -> Truth:
    truth: Truth = held.view(np.int8) * np.int8(TRUE - FALSE) + np.int8(FALSE)
    return truth
