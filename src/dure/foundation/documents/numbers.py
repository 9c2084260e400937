"""Document numbers: the year, seven random characters and one that checks them all.

`2026-K7QM-4TXB` is easy to read aloud and to type: letters and digits that look alike (0 O,
1 I L) are not used after the year. The check character finds each single wrong character and
each swap of two neighbours, so a slip says "mistyped", not "no such document".
"""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
YEAR_DIGITS = 4
_RANDOM = 7
_LENGTH = YEAR_DIGITS + _RANDOM + 1
_HYPHENS = "-‐‑‒–—−"


def new_number(year: int) -> str:
    """A number for a document of `year`, as printed; unguessable, not yet known to be unused."""
    body = f"{year:04d}" + "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return _grouped(body + _check_character(body))


def read_number(typed: str) -> str | None:
    """The number as printed from what a person typed; None when it cannot be a number.

    Spaces, hyphens, case and full-width characters do not matter.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    plain = "".join(c for c in plain if not c.isspace() and c not in _HYPHENS)
    if len(plain) != _LENGTH or not plain.isascii():
        return None
    year, rest = plain[:YEAR_DIGITS], plain[YEAR_DIGITS:]
    if not year.isdigit() or set(rest) - set(ALPHABET):
        return None
    return _grouped(plain) if _check_character(plain[:-1]) == plain[-1] else None


def _check_character(body: str) -> str:
    # 31 values, a prime, and weights below it: single errors and neighbour swaps change the sum.
    total = sum(weight * _value(c, weight) for weight, c in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def _value(character: str, position: int) -> int:
    return int(character) if position <= YEAR_DIGITS else ALPHABET.index(character)


def _grouped(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"
