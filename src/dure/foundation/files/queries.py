"""Reads of files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dure.foundation.files.models import StoredFile
from dure.foundation.files.storage import content_path


@dataclass(frozen=True, slots=True)
class StoredFileView:
    """A kept file; `path` is read-only content on this machine, `size` is in bytes."""

    id: int
    organisation_id: int
    name: str
    size: int
    sha256: str
    media_type: str
    purpose: str
    created_at: datetime
    path: Path


def get_file(organisation_id: int, file_id: int) -> StoredFileView:
    """One file of the organisation; raises StoredFile.DoesNotExist."""
    return view_of(StoredFile.objects.get(pk=file_id, organisation_id=organisation_id))


def list_files(organisation_id: int, *, purpose: str) -> tuple[StoredFileView, ...]:
    """The organisation's files of one purpose, newest first."""
    found = StoredFile.objects.filter(organisation_id=organisation_id, purpose=purpose)
    return tuple(view_of(stored) for stored in found.order_by("-created_at", "-id"))


def view_of(stored: StoredFile) -> StoredFileView:
    """The plain data of a row, for actions of this app and foreign keys of rooms."""
    return StoredFileView(
        id=stored.pk,
        organisation_id=stored.organisation_id,
        name=stored.name,
        size=stored.size,
        sha256=stored.sha256,
        media_type=stored.media_type,
        purpose=stored.purpose,
        created_at=stored.created_at,
        path=content_path(stored.organisation_id, stored.sha256),
    )
