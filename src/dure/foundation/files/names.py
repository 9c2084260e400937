"""A file name as we keep it: composed Hangul, no path, nothing that fools the eye."""

import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 200
_UNNAMED = "이름 없는 파일"


def clean_name(given: str) -> str:
    """The last path part in NFC (macOS sends decomposed Hangul), without control characters.

    Direction marks go too: they can make `gnp.exe` read as `exe.png`. A long name keeps its
    ending.
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if _is_visible(c))
    name = " ".join(visible.split()).lstrip(".") or _UNNAMED
    if len(name) <= LONGEST_NAME:
        return name
    suffix = PurePosixPath(name).suffix[:20]
    return name[: LONGEST_NAME - len(suffix)] + suffix


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
