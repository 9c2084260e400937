"""Integer won: how amounts are written, read, shared and rounded. No floats anywhere."""

import re
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from dure.kernel.errors import DureError
from dure.kernel.text import Text

_MYRIADS = ("", "만", "억", "조", "경")
_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_PLACES = ("", "십", "백", "천")
_ENGLISH = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_UNITS = {"조": 10**12, "억": 10**8, "만": 10**4, "천만": 10**7, "백만": 10**6, "천": 10**3}
_PART = re.compile(r"(\d+(?:\.\d+)?)(조|억|천만|백만|만|천)?")


class WonError(DureError):
    """An amount that cannot be read, shared or written."""


class Rounding(StrEnum):
    """Which way a share of an amount becomes whole won."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"


def format_won(amount: int) -> str:
    """The full amount.

    >>> format_won(160_000_000)
    '160,000,000원'
    """
    return f"{amount:,}원"


def short_won(amount: int) -> str:
    """The amount by myriads, exact to the won.

    >>> short_won(160_000_000), short_won(70_000_500), short_won(0)
    ('1억 6,000만원', '7,000만 500원', '0원')
    """
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    parts = []
    for place, group in enumerate(_groups(rest)):
        if group:
            parts.append(f"{group:,}{_MYRIADS[place]}")
    return f"{sign}{' '.join(reversed(parts)) or '0'}원"


def legal_won(amount: int) -> str:
    """The amount as documents write it, in figures and in words.

    >>> legal_won(160_000_000)
    '금 160,000,000원(금일억육천만원)'

    Raises:
        WonError: negative; a document states who owes whom instead.
    """
    if amount < 0:
        raise WonError(
            Text("문서에 음수 금액을 쓸 수 없습니다: {amount}", {"amount": format_won(amount)}),
            Text("받을 금액과 돌려줄 금액을 나누어 적어 주세요."),
        )
    words = "".join(reversed([_words(g) + _MYRIADS[p] for p, g in enumerate(_groups(amount)) if g]))
    return f"금 {format_won(amount)}(금{words or '영'}원)"


def english_won(amount: int) -> str:
    """The amount in English; exact, so it falls back to all digits.

    >>> english_won(160_000_000), english_won(1_250_000_000), english_won(70_000_500)
    ('KRW 160 million', 'KRW 1.25 billion', 'KRW 70,000,500')
    """
    for unit, word in _ENGLISH:
        if abs(amount) >= unit and (amount * 1000) % unit == 0:
            whole = Fraction(amount, unit)
            return f"KRW {float(whole):,.3f}".rstrip("0").rstrip(".") + f" {word}"
    return f"KRW {amount:,}"


def share_of(amount: int, share: Fraction, rounding: Rounding = Rounding.DOWN) -> int:
    """`share` of `amount` as whole won, computed exactly.

    >>> share_of(101, Fraction(1, 2), Rounding.DOWN), share_of(101, Fraction(1, 2), Rounding.UP)
    (50, 51)
    """
    product = amount * share
    if rounding is Rounding.DOWN:
        return product.numerator // product.denominator
    if rounding is Rounding.UP:
        return -(-product.numerator // product.denominator)
    doubled = product + Fraction(1, 2)
    return doubled.numerator // doubled.denominator


def cut_below(amount: int, unit: int) -> int:
    """The amount without what lies below `unit` won (절사).

    >>> cut_below(1_234_567, 1_000)
    1234000
    """
    return amount - amount % unit


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` by `weights` with nothing left over (largest remainder, then first).

    >>> allocate(100, (1, 1, 1))
    (34, 33, 33)

    Raises:
        WonError: a negative total or weight, or weights that sum to zero.
    """
    whole = sum(weights)
    if total < 0 or min(weights, default=0) < 0 or whole == 0:
        raise WonError(
            Text("이 비율로는 금액을 나눌 수 없습니다."),
            Text("금액과 비율은 0 이상이고, 비율의 합은 0보다 커야 합니다."),
        )
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def parse_won(text: str) -> int:
    """Read an amount a person typed, in figures or by myriads.

    >>> parse_won("1억 6,000만원"), parse_won("160,000,000"), parse_won("0.7억")
    (160000000, 160000000, 70000000)

    Raises:
        WonError: not an amount of whole won, or its units are not in falling order.
    """
    compact = re.sub(r"[\s,원₩]|KRW", "", text.strip())
    sign, compact = (-1, compact[1:]) if compact.startswith("-") else (1, compact)
    parts = _PART.findall(compact)
    if not parts or "".join(number + unit for number, unit in parts) != compact:
        raise _unreadable(text)
    units = [_UNITS.get(unit, 1) for _, unit in parts]
    total = sum((Fraction(n) * u for (n, _), u in zip(parts, units, strict=True)), Fraction(0))
    if total.denominator != 1 or sorted(set(units), reverse=True) != units:
        raise _unreadable(text)
    return sign * total.numerator


def _unreadable(text: str) -> WonError:
    return WonError(
        Text("금액을 읽을 수 없습니다: {text}", {"text": text}),
        Text("예: 160,000,000 또는 1억 6,000만원"),
    )


def _groups(amount: int) -> list[int]:
    groups = []
    while amount:
        amount, group = divmod(amount, 10_000)
        groups.append(group)
    if len(groups) > len(_MYRIADS):
        raise WonError(Text("금액이 너무 큽니다."), Text("자릿수를 확인해 주세요."))
    return groups


def _words(group: int) -> str:
    digits = [int(digit) for digit in reversed(str(group))]
    return "".join(reversed([_DIGITS[d] + _PLACES[p] for p, d in enumerate(digits) if d]))
