"""Files people give us: taken whole or not at all, judged by content, kept unchanged."""

import gzip
import hashlib
import io
import os
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.factories.foundation import make_member

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.models import AuditEntry
from dure.foundation.documents.models import Document
from dure.foundation.files import archives, storage
from dure.foundation.files.actions import delete_file, store_made, store_upload
from dure.foundation.files.content import DATA_KINDS, DOCUMENT_KINDS
from dure.foundation.files.errors import FileInUseError, FileRefusedError
from dure.foundation.files.models import StoredFile
from dure.foundation.files.names import LONGEST_NAME, clean_name
from dure.foundation.files.queries import StoredFileView, get_file, list_files

pytestmark = pytest.mark.django_db
CSV = "시각,온도\n2026-11-23 14:05,23.5\n".encode()


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return tmp_path


@pytest.fixture
def actor() -> Actor:
    return make_member()[1]


def store(actor: Actor, content: bytes, name: str = "사출.csv") -> StoredFileView:
    return store_upload(
        actor,
        SimpleUploadedFile(name, content),
        organisation_id=actor.own_organisation_id,
        purpose="import",
    )


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "files").rglob("*") if path.is_file())


def refused(actor: Actor, folder: Path, content: bytes, name: str) -> str:
    """Why a file is refused; nothing of it may remain."""
    with pytest.raises(FileRefusedError) as caught:
        store(actor, content, name)
    assert StoredFile.objects.count() == 0
    assert kept(folder) == []
    assert caught.value.remedy is not None
    return str(caught.value.text)


def zipped(
    members: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if change:
                change(entry)
            archive.writestr(entry, content)
    return made.getvalue()


def packed_by(method: int) -> bytes:
    """A zip with a compression method that is not read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("a.csv", CSV)
    return made.getvalue()


def locked() -> bytes:
    """A zip whose member says it is encrypted."""
    made = bytearray(zipped({"a.csv": CSV}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def test_file_is_kept_unchanged_with_its_hash(actor: Actor, folder: Path) -> None:
    view = store(actor, CSV)

    assert view.path.read_bytes() == CSV
    assert (view.size, view.sha256) == (len(CSV), hashlib.sha256(CSV).hexdigest())
    assert (view.media_type, view.name, view.purpose) == ("text/csv", "사출.csv", "import")
    assert view.path.stat().st_mode & 0o777 == 0o400
    assert kept(folder) == [view.path]
    assert AuditEntry.objects.get(action="files:file:stored").new["sha256"] == view.sha256


def test_large_upload_is_moved_not_copied(actor: Actor, folder: Path) -> None:
    arriving = TemporaryUploadedFile("a.csv", "text/csv", len(CSV), None)
    arriving.write(CSV)
    arriving.seek(0)
    inode = Path(arriving.temporary_file_path()).stat().st_ino

    view = store_upload(
        actor, arriving, organisation_id=actor.own_organisation_id, purpose="import"
    )
    arriving.close()

    assert view.path.stat().st_ino == inode
    assert view.path.read_bytes() == CSV
    assert list((folder / "arriving").iterdir()) == []


def test_same_content_under_one_name_is_one_file(actor: Actor, folder: Path) -> None:
    first, again = store(actor, CSV), store(actor, CSV)
    other_name = store(actor, CSV, "다른 이름.csv")

    assert first == again
    assert other_name.id != first.id
    assert kept(folder) == [first.path]


def test_content_stays_until_its_last_name_is_deleted(
    actor: Actor, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first, second = store(actor, CSV), store(actor, CSV, "b.csv")

    with django_capture_on_commit_callbacks(execute=True):
        delete_file(actor, first.id)
    after_one = kept(folder)
    with django_capture_on_commit_callbacks(execute=True):
        delete_file(actor, second.id)

    assert after_one == [first.path]
    assert kept(folder) == []


def test_file_a_record_rests_on_is_not_deleted(actor: Actor, folder: Path) -> None:
    from django.utils import timezone

    from dure.foundation.audit.context import acting

    view = store_made(
        actor,
        b"%PDF-1.7",
        name="접수증.pdf",
        media_type="application/pdf",
        organisation_id=actor.own_organisation_id,
        purpose="document",
    )
    with acting(actor):
        Document.objects.create(
            organisation_id=actor.own_organisation_id,
            number="2026-2222-2222",
            kind="application-receipt",
            title={},
            issuer="두레",
            issued_at=timezone.now(),
            file_id=view.id,
            sha256=view.sha256,
        )

    with pytest.raises(FileInUseError, match="다른 기록이"):
        delete_file(actor, view.id)

    assert kept(folder) == [view.path]


def test_another_organisation_neither_sees_nor_deletes_a_file(actor: Actor) -> None:
    view = store(actor, CSV)
    _, stranger = make_member()

    with pytest.raises(StoredFile.DoesNotExist):
        get_file(stranger.own_organisation_id, view.id)
    with pytest.raises(StoredFile.DoesNotExist):
        delete_file(stranger, view.id)

    assert list_files(stranger.own_organisation_id, purpose="import") == ()
    assert list_files(actor.own_organisation_id, purpose="import") == (view,)


REFUSED = [
    (b"", "빈.csv", "빈 파일"),
    (b"MZ\x90\x00\x03" + bytes(60), "report.csv", "실행 파일"),
    (b"MZ\x90\x00\x03" + bytes(60), "report.xlsx", "실행 파일"),
    (b"\x7fELF\x02", "a.parquet", "실행 파일"),
    (b"#!/bin/sh\nrm -rf /\n", "a.csv", "실행 파일"),
    (b"\xef\xbb\xbf<?php echo 1;", "a.txt", "실행 파일"),
    (b"<!DOCTYPE html><script>", "a.csv", "웹 문서"),
    (b"  <svg onload=alert(1)>", "a.txt", "웹 문서"),
    (b"\x00\x01\x02" * 50, "a.csv", "받을 수 없는 종류"),
    (b"%PDF-1.7", "a.pdf", "받을 수 없는 종류"),
    (CSV, "a.exe", "이름의 끝(.exe)"),
    (CSV, "a.xlsx", "이름의 끝(.xlsx)"),
    (b"PAR1" + bytes(20), "a.csv", "이름의 끝(.csv)"),
    (b"PK\x03\x04 not a zip", "a.zip", "손상"),
    (gzip.compress(CSV)[:20], "a.csv.gz", "손상"),
    (gzip.compress(os.urandom(5_000))[:-9], "a.csv.gz", "손상"),
    (gzip.compress(gzip.compress(CSV)), "a.csv.gz", "또 압축 파일"),
    (zipped({"a.csv": os.urandom(5_000)})[:2_000], "a.zip", "손상"),
    (packed_by(zipfile.ZIP_BZIP2), "a.zip", "손상"),
    (locked(), "a.zip", "암호"),
]


@pytest.mark.parametrize(
    ("content", "name", "why"), REFUSED, ids=[f"{n}-{row[1]}" for n, row in enumerate(REFUSED)]
)
def test_what_is_not_data_is_refused(
    actor: Actor, folder: Path, content: bytes, name: str, why: str
) -> None:
    assert why in refused(actor, folder, content, name)


def test_size_limit_holds_for_every_way_in(actor: Actor, folder: Path, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_000
    arriving = TemporaryUploadedFile("b.csv", "text/csv", 2_000, None)
    arriving.write(b"1,2\n" * 500)
    arriving.seek(0)

    why = refused(actor, folder, b"1,2\n" * 251, "a.csv")
    with pytest.raises(FileRefusedError, match="너무 큽니다"):
        store_upload(actor, arriving, organisation_id=actor.own_organisation_id, purpose="import")
    arriving.close()
    exact = store(actor, b"1,2\n" * 250)

    assert "너무 큽니다" in why
    assert exact.size == 1_000
    assert kept(folder) == [exact.path]


def test_zip_that_unpacks_to_far_more_than_it_weighs_is_refused(actor: Actor, folder: Path) -> None:
    bomb = zipped({"a.csv": bytes(200 << 20)})

    assert len(bomb) < 300_000
    assert "지나치게 커지는" in refused(actor, folder, bomb, "bomb.zip")


def test_gzip_bomb_is_refused(actor: Actor, folder: Path) -> None:
    assert "지나치게 커지는" in refused(
        actor, folder, gzip.compress(bytes(200 << 20)), "bomb.csv.gz"
    )


def test_zip_whose_declared_sizes_lie_is_refused(actor: Actor, folder: Path) -> None:
    honest = bytearray(zipped({"a.csv": bytes(200 << 20)}))
    size = (200 << 20).to_bytes(4, "little")
    at = honest.rfind(size)
    honest[at : at + 4] = (100).to_bytes(4, "little")

    assert refused(actor, folder, bytes(honest), "liar.zip")


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.csv", "/etc/passwd.csv", "..\\..\\x.csv", "C:\\x.csv"]
)
def test_zip_that_reaches_outside_itself_is_refused(actor: Actor, folder: Path, name: str) -> None:
    assert "밖을 가리킵니다" in refused(actor, folder, zipped({name: CSV}), "slip.zip")


def test_zip_with_a_link_is_refused(actor: Actor, folder: Path) -> None:
    def link(entry: zipfile.ZipInfo) -> None:
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16

    assert refused(actor, folder, zipped({"passwd": b"/etc/passwd"}, link), "link.zip")


def test_zip_in_a_zip_is_refused_but_a_workbook_may_embed_one(actor: Actor, folder: Path) -> None:
    inner = zipped({"a.csv": CSV})
    outer = zipped({"inner.zip": inner})

    assert refused(actor, folder, outer, "nested.zip")
    workbook = store(actor, zipped({"xl/embeddings/a.docx": inner}), "사출.xlsx")

    assert workbook.media_type.endswith("spreadsheetml.sheet")


def test_zip_with_one_name_twice_is_refused(actor: Actor, folder: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.csv", CSV)
        archive.writestr("a.csv", b"other")

    assert refused(actor, folder, made.getvalue(), "twice.zip")


def test_zip_with_too_many_members_is_refused(
    actor: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)

    crowd = zipped({f"{n}.csv": CSV for n in range(4)})

    assert "너무 많습니다" in refused(actor, folder, crowd, "crowd.zip")


def test_honest_archives_are_taken(actor: Actor) -> None:
    assert store(actor, zipped({"a.csv": CSV, "b.csv": CSV}), "a.zip").media_type.endswith("zip")
    several = gzip.compress(CSV * 100) + gzip.compress(CSV) + bytes(512)
    assert store(actor, several, "a.csv.gz").media_type == "application/gzip"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\공장\\사출.csv", "사출.csv"),
        (unicodedata.normalize("NFD", "사출 3호기.csv"), "사출 3호기.csv"),
        ("gnp\u202efdp.csv", "gnpfdp.csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("..hidden", "hidden"),
        ("", "이름 없는 파일"),
        ("/", "이름 없는 파일"),
        ("가" * 300 + ".csv", "가" * (LONGEST_NAME - 4) + ".csv"),
    ],
)
def test_names_are_kept_readable_and_harmless(given: str, expected: str) -> None:
    assert clean_name(given) == expected


def test_decomposed_and_composed_names_are_one(actor: Actor) -> None:
    first = store(actor, CSV, "사출.csv")
    again = store(actor, CSV, unicodedata.normalize("NFD", "사출.csv"))

    assert again == first
    assert first.name == "사출.csv"


def test_old_spreadsheets_and_unusual_text_are_data(actor: Actor) -> None:
    utf16 = "시각,온도\n".encode("utf-16")
    cp949 = "시각,온도\n1,2\n".encode("cp949")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)

    assert store(actor, utf16, "a.txt").media_type == "text/plain"
    assert store(actor, cp949, "b.csv").media_type == "text/csv"
    assert store(actor, old, "c.xls").media_type == "application/x-ole-storage"
    assert store(actor, b'{"a":1}\n', "d.jsonl").media_type == "application/x-ndjson"
    assert store(actor, CSV, "데이터").media_type == "text/plain"


def test_documents_are_taken_where_they_are_asked_for(actor: Actor) -> None:
    view = store_upload(
        actor,
        SimpleUploadedFile("사업자등록증.pdf", b"%PDF-1.7 x"),
        organisation_id=actor.own_organisation_id,
        purpose="evidence",
        accept=DOCUMENT_KINDS,
    )

    assert view.media_type == "application/pdf"
    assert not DOCUMENT_KINDS <= DATA_KINDS


def test_full_disk_is_said_and_leaves_nothing(
    actor: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_copy", full)

    assert "저장 공간이 부족" in refused(actor, folder, CSV, "a.csv")


def test_row_that_cannot_be_written_leaves_no_content(
    actor: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(StoredFile, "save", broken)

    with pytest.raises(RuntimeError):
        store(actor, CSV)

    assert kept(folder) == []


def test_content_from_another_disk_is_copied(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def across(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", across)
    arriving = TemporaryUploadedFile("a.csv", "text/csv", len(CSV), None)
    arriving.write(CSV)
    arriving.seek(0)

    view = store_upload(
        actor, arriving, organisation_id=actor.own_organisation_id, purpose="import"
    )
    arriving.close()

    assert view.path.read_bytes() == CSV


def test_made_file_needs_no_judging(actor: Actor) -> None:
    view = store_made(
        actor,
        ContentFile(b"<html>").read(),
        name="a/b.html",
        media_type="text/html",
        organisation_id=actor.own_organisation_id,
        purpose="note",
    )

    assert (view.name, view.path.read_bytes()) == ("b.html", b"<html>")
