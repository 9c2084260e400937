"""Says from its first bytes what a file is, whatever its name claims."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from dure.foundation.files.errors import FileRefusedError
from dure.kernel.text import Text

HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class ContentKind:
    """One kind of content we take, and the name endings it may carry."""

    key: str
    media_type: str
    endings: frozenset[str]


def _kind(key: str, media_type: str, *endings: str) -> ContentKind:
    return ContentKind(key, media_type, frozenset(endings))


TEXT = _kind("text", "text/plain", "csv", "tsv", "txt", "log", "dat", "json", "jsonl", "ndjson")
SHEET = _kind(
    "sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    "xlsm",
    "xlsb",
)
OLD_OFFICE = _kind("old-office", "application/x-ole-storage", "xls", "hwp", "doc", "ppt")
OFFICE = _kind("office", "application/zip", "hwpx", "docx", "pptx", "ods", "odt")
PARQUET = _kind("parquet", "application/vnd.apache.parquet", "parquet")
ZIP = _kind("zip", "application/zip", "zip")
GZIP = _kind("gzip", "application/gzip", "gz")
PDF = _kind("pdf", "application/pdf", "pdf")
PNG = _kind("png", "image/png", "png")
JPEG = _kind("jpeg", "image/jpeg", "jpg", "jpeg")

ZIP_BASED = frozenset({SHEET, OFFICE, ZIP})
DATA_KINDS = frozenset({TEXT, SHEET, OLD_OFFICE, PARQUET, ZIP, GZIP})
DOCUMENT_KINDS = frozenset({PDF, PNG, JPEG, SHEET, OLD_OFFICE, OFFICE, ZIP, TEXT})

_TEXT_MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "ndjson": "application/x-ndjson",
}
_SIGNATURES: tuple[tuple[bytes, ContentKind], ...] = (
    (b"PAR1", PARQUET),
    (b"\x1f\x8b", GZIP),
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
)
_PROGRAMS: tuple[bytes, ...] = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"#!",
    b"@echo off",
    b"<?php",
)
_MARKUP: tuple[bytes, ...] = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


def kind_of(head: bytes, name: str, accepted: frozenset[ContentKind]) -> ContentKind:
    """The kind of a file from its first `HEAD_BYTES` bytes, its name agreeing.

    Raises:
        FileRefusedError: empty, a program or script, a web page, unknown or unaccepted content,
            or an ending that belongs to other content.
    """
    if not head:
        raise FileRefusedError(
            Text("빈 파일입니다: {name}", {"name": name}),
            Text("내용이 있는 파일인지 확인하고 다시 올려 주세요."),
        )
    _refuse_programs(head, name)
    kind = _recognised(head, name)
    if kind is None or kind not in accepted:
        raise FileRefusedError(
            Text("받을 수 없는 종류의 파일입니다: {name}", {"name": name}),
            Text(
                "받을 수 있는 형식: {endings}",
                {"endings": ", ".join(sorted(e for k in accepted for e in k.endings))},
            ),
        )
    _refuse_wrong_ending(kind, name)
    return kind


def media_type_of(kind: ContentKind, name: str) -> str:
    """The media type to keep; text goes by its ending."""
    if kind is TEXT:
        return _TEXT_MEDIA_TYPES.get(ending_of(name), TEXT.media_type)
    return kind.media_type


def ending_of(name: str) -> str:
    """The ending in lower case without its dot."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def _refuse_programs(head: bytes, name: str) -> None:
    start = head.removeprefix(_UTF8_MARK)
    lowered = start.lstrip()[:64].lower()
    if start.startswith(_PROGRAMS) or lowered.startswith(_PROGRAMS[-3:]):
        raise FileRefusedError(
            Text("실행 파일이나 스크립트는 받지 않습니다: {name}", {"name": name}),
            Text("설비나 MES에서 내보낸 자료 파일(CSV, 엑셀 등)을 올려 주세요."),
        )
    if lowered.startswith(_MARKUP):
        raise FileRefusedError(
            Text("내용이 웹 문서(HTML·XML)입니다: {name}", {"name": name}),
            Text("엑셀에서 연 뒤 '.xlsx' 또는 '.csv'로 저장해서 다시 올려 주세요."),
        )


def _recognised(head: bytes, name: str) -> ContentKind | None:
    if head.startswith(b"PK\x03\x04"):
        ending = ending_of(name)
        return next((k for k in (SHEET, OFFICE) if ending in k.endings), ZIP)
    found = next((kind for mark, kind in _SIGNATURES if head.startswith(mark)), None)
    return found or (TEXT if _is_text(head) else None)


def _is_text(head: bytes) -> bool:
    """Text holds no NUL (unless UTF-16 says so) and almost no control characters."""
    if head.startswith(_UTF16_MARKS):
        return True
    if b"\x00" in head:
        return False
    control = sum(head.count(bytes([code])) for code in range(32) if code not in b"\t\n\v\f\r\x1a")
    return control * 1000 <= len(head)


def _refuse_wrong_ending(kind: ContentKind, name: str) -> None:
    ending = ending_of(name)
    if ending in kind.endings or (kind is TEXT and ending not in _KNOWN_ENDINGS):
        return
    raise FileRefusedError(
        Text(
            "파일 이름의 끝(.{ending})과 내용이 다릅니다: {name}", {"ending": ending, "name": name}
        ),
        Text(
            "내용에 맞는 이름으로 바꿔 다시 올려 주세요: {endings}",
            {"endings": ", ".join(f".{e}" for e in sorted(kind.endings))},
        ),
    )


_KNOWN_ENDINGS = frozenset(
    ending
    for kind in (SHEET, OLD_OFFICE, OFFICE, PARQUET, ZIP, GZIP, PDF, PNG, JPEG)
    for ending in kind.endings
) | {"exe", "dll", "bat", "cmd", "ps1", "vbs", "js", "sh", "com", "scr", "msi", "jar", "html"}
