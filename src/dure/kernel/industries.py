"""KSIC: which division a trade code belongs to, and whether it is manufacturing (section C)."""

import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache

import msgspec

from dure.kernel.codes import POLICY_ROOT, Code, CodeList, CodeListError, load_code_list
from dure.kernel.data_files import read_data_file
from dure.kernel.text import Text

_CODE = re.compile(r"([A-Za-z]?)(\d{2,5})")


def _list() -> CodeList:
    return load_code_list(POLICY_ROOT / "codes" / "ksic_divisions.yaml")


def divisions() -> tuple[Code, ...]:
    """The 25 manufacturing divisions, 10 to 34, in order."""
    return _list().codes


def division_key(code: str) -> str | None:
    """The two digits of the division, or None where the text is no trade code.

    >>> division_key("C22232"), division_key("56111"), division_key("?")
    ('22', '56', None)
    """
    match = _CODE.fullmatch(code.strip())
    return match.group(2)[:2] if match else None


def division_of(code: str) -> Code:
    """The manufacturing division of `C22232`, `22232`, `C22` or `22`.

    Raises:
        CodeListError: not a code of manufacturing.
    """
    if not is_manufacturing(code):
        raise CodeListError(
            Text("제조업 업종코드가 아닙니다: {code}", {"code": code}),
            Text("한국표준산업분류의 제조업(C) 코드를 입력해 주세요. 예: C22232"),
        )
    return _list().get(division_key(code) or "")


def is_manufacturing(code: str) -> bool:
    """Whether the code is in section C; a stated section letter must agree."""
    match = _CODE.fullmatch(code.strip())
    if not match or match.group(1).upper() not in ("", "C"):
        return False
    return _list().find(match.group(2)[:2]) is not None


def search_divisions(words: str) -> tuple[Code, ...]:
    """Divisions that fit a trade code or everyday words, those with more words in common first.

    >>> [code.key for code in search_divisions("플라스틱 사출")]
    ['22']
    >>> [code.key for code in search_divisions("C29294")], search_divisions("미용실")
    (['29'], ())
    """
    key = division_key(words)
    if key is not None:
        return tuple(c for c in divisions() if c.key == key and is_manufacturing(words))
    asked = [word for word in re.split(r"[\s,·/]+", _folded(words)) if word]
    named = [[code.key for code in divisions() if _fits(word, code)] for word in asked]
    # A word of every other division (제조업, 제품) tells none apart.
    hits = Counter(key for keys in named if 2 * len(keys) < len(divisions()) for key in keys)
    return tuple(sorted((c for c in divisions() if c.key in hits), key=lambda c: -hits[c.key]))


class _SearchWords(msgspec.Struct, forbid_unknown_fields=True, rename={"title": "list"}):
    title: str
    source: str
    mark: str
    verified: date
    words: dict[str, list[str]]


@cache
def _search_words() -> dict[str, tuple[str, ...]]:
    file = read_data_file(POLICY_ROOT / "codes" / "ksic_search_words.yaml", _SearchWords)
    return {key: tuple(_folded(word) for word in words) for key, words in file.words.items()}


def _fits(word: str, code: Code) -> bool:
    """Whether one asked word names the division; a single letter must be a whole word of it."""
    known = _search_words().get(code.key, ())
    if len(word) == 1:
        return word in known
    names = f"{_folded(code.ko)} {_folded(code.en)}"
    return word in names or any(word in one or (len(one) > 1 and one in word) for one in known)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
