"""Files that are on the disk when we say so, and nothing half-written when we fail."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dure.engines.lake.errors import StoreError
from dure.kernel.text import Text

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def sync(path: Path) -> None:
    """Forces a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def synced_replace(target: Path) -> Iterator[Path]:
    """A temporary file that takes the target's place, synced, when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield temporary
        sync(temporary)
        temporary.replace(target)
        sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def telling_full_disk() -> Iterator[None]:
    """Turns the operating system's "no space" into words.

    Raises:
        StoreError: the disk is full; the caller has removed what it wrote.
    """
    try:
        yield
    except OSError as failed:
        if failed.errno not in _NO_SPACE:
            raise
        raise StoreError(
            Text("저장 공간이 부족해 가져오기를 멈췄습니다. 아무것도 남기지 않았습니다."),
            Text("디스크를 비우거나 파일을 나누어 다시 가져와 주세요."),
        ) from failed
