"""How a query meets a text: every word of it must occur, spaces and case aside.

A word of bare consonants (ㄱㄷㅎ) is looked for among the first sounds of the syllables.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_FIRST_SOUNDS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_SYLLABLES_OF_A_SOUND = 588


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found; `kind` says what it is."""

    kind: str
    title: str
    text: str
    url: str


def find(query: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that hold every word of the query: those with it in the title first."""
    words = [_folded(word) for word in query.split()]
    scored = [(_score(words, entry), entry) for entry in entries]
    found = [(score, entry) for score, entry in scored if score is not None]
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def first_sounds(text: str) -> str:
    """The first sound of each Hangul syllable, everything else left out.

    >>> first_sounds("고도화1 지원")
    'ㄱㄷㅎㅈㅇ'
    """
    codes = (ord(letter) for letter in text)
    return "".join(
        _FIRST_SOUNDS[(code - _FIRST_SYLLABLE) // _SYLLABLES_OF_A_SOUND]
        for code in codes
        if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE
    )


def _score(words: list[str], entry: Entry) -> int | None:
    """How many words are not in the title; None where one is nowhere."""
    title, text = _folded(entry.title), _folded(f"{entry.title} {entry.text}")
    if not all(_holds(text, word) for word in words):
        return None
    return sum(not _holds(title, word) for word in words)


def _holds(text: str, word: str) -> bool:
    return word in text or (set(word) <= set(_FIRST_SOUNDS) and word in first_sounds(text))


def _folded(text: str) -> str:
    # Jamo typed on a phone may come decomposed; NFC joins syllables and leaves lone consonants.
    return "".join(unicodedata.normalize("NFC", text).casefold().split())
