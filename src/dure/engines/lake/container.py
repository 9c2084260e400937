"""Recognises what a file is from its content, and opens it without trusting its size or name."""

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import MEBIBYTE, Format
from dure.kernel.text import Text

GZIP_RATIO_LIMIT = 400
GZIP_ALWAYS_ALLOWED_BYTES = 256 * MEBIBYTE
XLSX_LIMIT_BYTES = 768 * MEBIBYTE
XLSX_RATIO_LIMIT = 200
XLSX_ALWAYS_ALLOWED_BYTES = 32 * MEBIBYTE
HEAD_BYTES = 64 * 1024

AS_CSV = Text("해당 프로그램에서 표를 CSV 또는 XLSX로 내보낸 뒤 다시 올려 주세요.")
UNPACK = Text("압축을 풀어 데이터 파일을 하나씩 올려 주세요.")

_FOREIGN: tuple[tuple[int, bytes, Text, Text], ...] = (
    (0, b"MZ", Text("실행 파일입니다. 데이터 파일이 아닙니다."), AS_CSV),
    (0, b"\x7fELF", Text("실행 파일입니다. 데이터 파일이 아닙니다."), AS_CSV),
    (0, b"%PDF", Text("PDF 문서는 표로 읽을 수 없습니다."), AS_CSV),
    (
        0,
        b"\xd0\xcf\x11\xe0",
        Text("예전 엑셀(XLS) 파일이거나 암호가 걸린 엑셀 파일입니다."),
        Text("엑셀에서 암호를 풀고 'Excel 통합 문서(XLSX)' 또는 CSV로 저장해 주세요."),
    ),
    (0, b"\x89PNG", Text("그림 파일은 표로 읽을 수 없습니다."), AS_CSV),
    (0, b"\xff\xd8\xff", Text("그림 파일은 표로 읽을 수 없습니다."), AS_CSV),
    (0, b"GIF8", Text("그림 파일은 표로 읽을 수 없습니다."), AS_CSV),
    (0, b"\x89HDF", Text("HDF5 형식은 지원하지 않습니다."), AS_CSV),
    (0, b"MATLAB", Text("MATLAB 형식은 지원하지 않습니다."), AS_CSV),
    (0, b"\xfd7zXZ", Text("xz 압축 파일은 지원하지 않습니다."), UNPACK),
    (0, b"BZh", Text("bz2 압축 파일은 지원하지 않습니다."), UNPACK),
    (0, b"7z\xbc\xaf", Text("7z 압축 파일은 지원하지 않습니다."), UNPACK),
    (0, b"Rar!", Text("RAR 압축 파일은 지원하지 않습니다."), UNPACK),
    (0, b"\x28\xb5\x2f\xfd", Text("zstd 압축 파일은 지원하지 않습니다."), UNPACK),
    (257, b"ustar", Text("tar 묶음 파일은 지원하지 않습니다."), UNPACK),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A recognised file: `head` holds its first bytes, decompressed."""

    path: Path
    name: str
    format: Format
    compressed: bool
    size_bytes: int
    head: bytes


class _BoundedGzip(gzip.GzipFile):
    """Gzip that stops when far more comes out than went in, and says so to people."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path, "rb")
        self._limit = max(GZIP_ALWAYS_ALLOWED_BYTES, path.stat().st_size * GZIP_RATIO_LIMIT)
        self._name = name

    def read(self, size: int | None = -1) -> bytes:
        try:
            data = super().read(size)
        except (OSError, EOFError, zlib.error) as broken:
            raise UnreadableFileError(
                Text(
                    "{name}: 압축이 손상되었거나 끝까지 올라오지 않았습니다.", {"name": self._name}
                ),
                Text("원본을 다시 압축하거나 압축하지 않은 파일을 올려 주세요."),
            ) from broken
        if self.tell() > self._limit:
            raise UnreadableFileError(
                Text(
                    "{name}: 압축을 풀면 {limit}바이트를 넘어 압축 폭탄으로 보고 읽지 않았습니다.",
                    {"name": self._name, "limit": self._limit},
                ),
                Text("정상 파일이라면 나누거나 압축하지 않고 올려 주세요."),
            )
        return data


def open_bytes(path: Path, name: str, *, compressed: bool) -> BinaryIO:
    """The file's bytes, decompressed; reading raises `UnreadableFileError` on a broken gzip."""
    if compressed:
        return cast("BinaryIO", _BoundedGzip(path, name))
    return path.open("rb")


def recognise(path: Path, name: str) -> Source:
    """Tells the format from the content; the name decides nothing.

    Raises:
        UnreadableFileError: empty, executable, image, archive, broken gzip, or a zip bomb.
    """
    size = _size_of(path, name)
    with path.open("rb") as raw:
        compressed = raw.read(2) == b"\x1f\x8b"
    with open_bytes(path, name, compressed=compressed) as stream:
        head = stream.read(HEAD_BYTES)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise _empty(name)
    _refuse_foreign(head, name)
    return Source(path, name, _format_of(head, path, name, compressed), compressed, size, head)


def _size_of(path: Path, name: str) -> int:
    try:
        size = path.stat().st_size
    except OSError as missing:
        raise UnreadableFileError(
            Text("{name}: 파일을 열 수 없습니다.", {"name": name}),
            Text("파일이 있는지, 읽을 권한이 있는지 확인해 주세요."),
        ) from missing
    if path.is_dir():
        raise UnreadableFileError(
            Text("{name}: 폴더입니다.", {"name": name}), Text("파일을 하나씩 지정해 주세요.")
        )
    if size == 0:
        raise _empty(name)
    return size


def _empty(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        Text("{name}: 빈 파일입니다.", {"name": name}),
        Text("데이터가 들어 있는 파일인지 확인하고 다시 내보내 주세요."),
    )


def _refuse_foreign(head: bytes, name: str) -> None:
    for at, magic, what, remedy in _FOREIGN:
        if head[at : at + len(magic)] == magic:
            raise UnreadableFileError(Text("{name}: {what}", {"name": name, "what": what}), remedy)
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<log", b"<!doctype", b"<html", b"<table", b"<meta")):
        raise UnreadableFileError(
            Text(
                "{name}: XML·HTML 형식(XES 이벤트 로그, HTML로 저장한 엑셀)은 지원하지 않습니다.",
                {"name": name},
            ),
            AS_CSV,
        )


def _format_of(head: bytes, path: Path, name: str, compressed: bool) -> Format:
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"PK\x03\x04"):
        if compressed:
            raise UnreadableFileError(
                Text("{name}: 압축 파일 안에 또 압축 파일이 있습니다.", {"name": name}), UNPACK
            )
        _require_safe_xlsx(path, name)
        return Format.XLSX
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"[":
        return Format.JSON
    if start[:1] == b"{":
        return _json_format(start)
    return Format.CSV


def _json_format(start: bytes) -> Format:
    first, _, rest = start.partition(b"\n")
    one_per_line = first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"
    return Format.JSON_LINES if one_per_line else Format.JSON


def _require_safe_xlsx(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise UnreadableFileError(
            Text("{name}: 엑셀 파일이 손상되었습니다.", {"name": name}),
            Text("엑셀에서 열어 다시 저장한 뒤 올려 주세요."),
        ) from broken
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise UnreadableFileError(
            Text("{name}: 엑셀(XLSX)이 아닌 압축 파일입니다.", {"name": name}), UNPACK
        )
    unpacked = sum(entry.file_size for entry in entries)
    allowed = max(XLSX_ALWAYS_ALLOWED_BYTES, path.stat().st_size * XLSX_RATIO_LIMIT)
    if unpacked > min(allowed, XLSX_LIMIT_BYTES):
        raise UnreadableFileError(
            Text(
                "{name}: 풀면 {size} MB가 되는 엑셀 파일이라 열지 않았습니다.",
                {"name": name, "size": unpacked // MEBIBYTE},
            ),
            Text("시트를 CSV로 저장하거나 기간을 나누어 올려 주세요."),
        )
