"""Judges zip and gzip content before anything is unpacked: bombs, slips, links, locks.

Declared sizes can lie, so members are inflated once, in bounded memory, and counted.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from dure.foundation.files.errors import FileRefusedError
from dure.kernel.text import Text

MOST_ENTRIES = 10_000
MOST_BYTES = 1 << 30
MOST_RATIO = 100
# Below this the ratio says nothing: a small sheet of equal cells compresses a thousandfold.
RATIO_COUNTS_FROM = 16 << 20

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_LINK_MODE = 0xA
_LOCAL_HEADER = 30
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\x00")
_UNPACK_FIRST = Text("압축을 풀어 자료 파일만 다시 올려 주세요.")


def check_zip(path: Path, name: str, *, nested_allowed: bool) -> None:
    """Refuse a zip that is broken, locked, too large, or reaches outside itself.

    Office formats are zips too; `nested_allowed` lets them embed others, which nobody unpacks.

    Raises:
        FileRefusedError: with the reason.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            entries = archive.infolist()
            _check_directory(entries, name)
            total = 0
            for entry in entries:
                total += _inflated_size(raw, entry, name, nested_allowed=nested_allowed)
                _check_volume(total, path.stat().st_size, name)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError) as error:
        raise FileRefusedError(
            Text("압축 파일이 손상되어 읽을 수 없습니다: {name}", {"name": name}),
            Text("파일을 다시 내보내거나 압축해서 올려 주세요."),
        ) from error


def check_gzip(path: Path, name: str) -> None:
    """Refuse a gzip that is broken, too large, or holds another archive.

    Raises:
        FileRefusedError: with the reason.
    """
    total, head = 0, b""
    try:
        for block in _gunzipped(path):
            head = head or block[:16]
            total += len(block)
            _check_volume(total, path.stat().st_size, name)
    except (zlib.error, EOFError) as error:
        raise FileRefusedError(
            Text("압축 파일이 손상되어 읽을 수 없습니다: {name}", {"name": name}),
            Text("파일을 다시 내보내거나 압축해서 올려 주세요."),
        ) from error
    _refuse_nested(head, name)


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        _refuse(Text("압축 파일 안에 파일이 너무 많습니다: {name}", {"name": name}))
    seen: set[str] = set()
    for entry in entries:
        if _reaches_out(entry.orig_filename):
            _refuse(Text("압축 파일 안의 경로가 밖을 가리킵니다: {name}", {"name": name}))
        if entry.external_attr >> 28 == _LINK_MODE:
            _refuse(Text("압축 파일 안에 바로가기(링크)가 있습니다: {name}", {"name": name}))
        if entry.flag_bits & _ENCRYPTED:
            _refuse(Text("암호가 걸린 파일입니다: {name}", {"name": name}))
        if entry.filename in seen:
            _refuse(Text("압축 파일 안에 같은 이름이 두 번 있습니다: {name}", {"name": name}))
        seen.add(entry.filename)


def _reaches_out(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return parts[0] == "" or ":" in parts[0] or ".." in parts or "\x00" in member


def _inflated_size(
    raw: BinaryIO, entry: zipfile.ZipInfo, name: str, *, nested_allowed: bool
) -> int:
    """Bytes the member really holds, at most what a bomb needs to show itself."""
    total = 0
    for number, block in enumerate(_member_blocks(raw, entry)):
        if number == 0 and not nested_allowed:
            _refuse_nested(block[:16], name)
        total += len(block)
        if total > MOST_BYTES or total > entry.file_size:
            _refuse(Text("압축을 풀면 지나치게 커지는 파일입니다: {name}", {"name": name}))
    return total


def _member_blocks(raw: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    raw.seek(entry.header_offset)
    header = raw.read(_LOCAL_HEADER)
    if header[:4] != b"PK\x03\x04":
        message = "no local header where the directory says"
        raise zipfile.BadZipFile(message)
    raw.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    packed = _limited(raw, entry.compress_size)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed, -zlib.MAX_WBITS)
    else:
        message = f"compression method {entry.compress_type} is not read"
        raise zipfile.BadZipFile(message)


def _gunzipped(path: Path) -> Iterator[bytes]:
    with path.open("rb") as raw:
        yield from _inflated(_limited(raw, path.stat().st_size), zlib.MAX_WBITS | 16)


def _limited(raw: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        block = raw.read(min(_CHUNK, size))
        if not block:
            message = "the file ends before its content does"
            raise EOFError(message)
        size -= len(block)
        yield block


def _inflated(packed: Iterator[bytes], window_bits: int) -> Iterator[bytes]:
    """Inflate in blocks of at most `_CHUNK`; several gzip members in a row are one content."""
    engine = zlib.decompressobj(window_bits)
    for block in packed:
        rest = block
        while rest:
            if engine.eof:
                if window_bits < 0 or not rest.strip(b"\x00"):
                    return
                engine = zlib.decompressobj(window_bits)
            yield engine.decompress(rest, _CHUNK)
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
    yield engine.flush()
    if not engine.eof:
        message = "the compressed stream is cut off"
        raise EOFError(message)


def _check_volume(total: int, packed: int, name: str) -> None:
    if total > MOST_BYTES or (total > RATIO_COUNTS_FROM and total > packed * MOST_RATIO):
        _refuse(Text("압축을 풀면 지나치게 커지는 파일입니다: {name}", {"name": name}))


def _refuse_nested(head: bytes, name: str) -> None:
    if head.startswith(_ARCHIVES):
        _refuse(Text("압축 파일 안에 또 압축 파일이 있습니다: {name}", {"name": name}))


def _refuse(text: Text) -> NoReturn:
    raise FileRefusedError(text, _UNPACK_FIRST)
