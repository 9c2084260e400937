"""Where contents lie: a folder per organisation, a file per hash, complete or not there at all."""

import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from dure.foundation.files.errors import FileRefusedError
from dure.kernel.text import Text

INCOMING = "incoming"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """A content on disk that is not yet anyone's file."""

    path: Path
    size: int
    sha256: str


def content_path(organisation_id: int, sha256: str) -> Path:
    """Where the content with this hash lies for the organisation."""
    return Path(settings.MEDIA_ROOT) / str(organisation_id) / sha256[:2] / sha256


@contextmanager
def receiving(given: File, name: str) -> Iterator[Received]:  # type: ignore[type-arg]
    """Take the bytes into the incoming folder, hashed; whatever is left there is removed.

    Raises:
        FileRefusedError: over the size limit, or no room on the disk.
    """
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    try:
        yield _receive(given, path, name)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise FileRefusedError(
            Text("저장 공간이 부족해 파일을 받지 못했습니다: {name}", {"name": name}),
            Text("운영 담당자에게 알려 주세요. 자료는 바뀌지 않았습니다."),
        ) from error
    finally:
        path.unlink(missing_ok=True)


def keep(received: Received, organisation_id: int) -> bool:
    """Put a received content in its place, on disk before this returns.

    Returns whether it is new; the same content is kept once.
    """
    target = content_path(organisation_id, received.sha256)
    if target.exists():
        return False
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with received.path.open("rb") as content:
        os.fsync(content.fileno())
    received.path.replace(target)
    target.chmod(0o400)
    _sync_folder(target.parent)
    return True


def drop(organisation_id: int, sha256: str) -> None:
    """Remove a content nobody's file refers to any more."""
    content_path(organisation_id, sha256).unlink(missing_ok=True)


def _receive(given: File, path: Path, name: str) -> Received:  # type: ignore[type-arg]
    if not _linked(given, path):
        _copy(given, path, name)
    digest = hashlib.sha256()
    with path.open("rb") as content:
        size = os.fstat(content.fileno()).st_size
        _refuse_too_large(size, name)
        while block := content.read(_BLOCK):
            digest.update(block)
    return Received(path, size, digest.hexdigest())


def _linked(given: File, path: Path) -> bool:  # type: ignore[type-arg]
    """Take a large upload where Django put it, without writing its bytes a second time."""
    place = getattr(given, "temporary_file_path", None)
    if place is None:
        return False
    try:
        path.hardlink_to(place())
    except OSError as error:
        if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
            raise
        return False
    path.chmod(0o600)
    return True


def _copy(given: File, path: Path, name: str) -> None:  # type: ignore[type-arg]
    size = 0
    with path.open("xb") as content:
        os.fchmod(content.fileno(), 0o600)
        for chunk in given.chunks():
            size += len(chunk)
            _refuse_too_large(size, name)
            content.write(chunk)


def _refuse_too_large(size: int, name: str) -> None:
    limit = settings.UPLOAD_LIMIT_BYTES
    if size > limit:
        raise FileRefusedError(
            Text(
                "파일이 너무 큽니다: {name} (한도 {limit}MB)",
                {"name": name, "limit": f"{limit // 1_000_000:,}"},
            ),
            Text("기간을 나눠 내보낸 뒤 여러 번 올려 주세요."),
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def drop_leftovers(before: datetime) -> int:
    """Remove what broken-off uploads left behind before `before`, and return how many files."""
    dropped = 0
    for folder in (Path(settings.MEDIA_ROOT) / INCOMING, Path(settings.FILE_UPLOAD_TEMP_DIR)):
        for path in folder.glob("*"):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)
                dropped += 1
    return dropped
