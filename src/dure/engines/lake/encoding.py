"""Finds how text is encoded, and turns it into UTF-8 line by line where it must."""

import codecs
from collections.abc import Sequence

from dure.engines.lake.errors import UnreadableFileError
from dure.kernel.text import Text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a")
_NOISE_SHARE = 0.02
_BROKEN_LINE_SHARE = 0.2


def find_encoding(head: bytes, windows: Sequence[bytes], name: str) -> str:
    """Codec of a text file from its first bytes and whole lines taken throughout it.

    A byte-order mark decides; then strict UTF-8, strict CP949, and last the one of the two that
    reads more of the lines, because one illegal byte must not turn a file into gibberish.

    Raises:
        UnreadableFileError: binary content.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    text = b"\n".join((head, *windows))
    guessed = _wide_without_mark(head)
    if guessed:
        return guessed
    _require_text(head, name)
    for codec in ("utf-8", "cp949"):
        if _reads(text, codec):
            return codec
    lines = [line for line in text.split(b"\n")[:-1] if not line.isascii()]
    lines = lines or [text]
    broken = {codec: sum(not _reads(line, codec) for line in lines) for codec in ("utf-8", "cp949")}
    best = "utf-8" if broken["utf-8"] <= broken["cp949"] else "cp949"
    if broken[best] > max(1, _BROKEN_LINE_SHARE * len(lines)):
        raise _not_text(name)
    return best


def _wide_without_mark(head: bytes) -> str:
    sample = head[:4096]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * len(sample) / 2 and even == 0:
        return "utf-16-le"
    if even > 0.4 * len(sample) / 2 and odd == 0:
        return "utf-16-be"
    return ""


def _require_text(head: bytes, name: str) -> None:
    start = head[:8192]
    # A logger that lost power leaves runs of NUL in an otherwise good file; those rows are
    # refused later, one by one.
    nothing = start.count(0)
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in start) - nothing
    if controls > _NOISE_SHARE * len(start) or nothing > len(start) // 2:
        raise _not_text(name)


def _not_text(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Text("{name}: 글자로 된 표가 아닙니다. 바이너리 파일로 보입니다.", {"name": name}),
        Text("설비 프로그램에서 CSV, XLSX, Parquet, JSON 가운데 하나로 내보내 주세요."),
    )


def _reads(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def illegal_byte(line: bytes, codec: str) -> tuple[int, int] | None:
    """Offset and value of the first byte `codec` cannot read; None where all can be read."""
    try:
        line.decode(codec)
    except UnicodeDecodeError as illegal:
        return illegal.start, line[illegal.start]
    return None
