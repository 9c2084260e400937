"""Writes of files: take one, keep one we made, delete one."""

from pathlib import Path

from django.core.files.base import ContentFile, File
from django.db import models, transaction

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.files import storage
from dure.foundation.files.archives import check_gzip, check_zip
from dure.foundation.files.content import (
    DATA_KINDS,
    GZIP,
    HEAD_BYTES,
    ZIP,
    ZIP_BASED,
    ContentKind,
    kind_of,
    media_type_of,
)
from dure.foundation.files.errors import FileInUseError
from dure.foundation.files.models import StoredFile
from dure.foundation.files.names import clean_name
from dure.foundation.files.queries import StoredFileView, view_of


def store_upload(
    actor: Actor,
    uploaded: File,  # type: ignore[type-arg]
    *,
    organisation_id: int,
    purpose: str,
    accept: frozenset[ContentKind] = DATA_KINDS,
) -> StoredFileView:
    """Take an uploaded file: streamed, hashed, judged by content, kept unchanged.

    The same content under the same name and purpose is one file: its view is returned again.

    Raises:
        FileRefusedError: too large, empty, a program, a bomb, an unaccepted kind. Nothing of
            the file is left then.
    """
    name = clean_name(uploaded.name or "")
    with storage.receiving(uploaded, name) as received:
        media_type = _judge(received.path, name, accept)
        return _keep(
            actor,
            received,
            StoredFile(
                organisation_id=organisation_id, name=name, media_type=media_type, purpose=purpose
            ),
        )


def store_made(
    actor: Actor, content: bytes, *, name: str, media_type: str, organisation_id: int, purpose: str
) -> StoredFileView:
    """Keep a file Dure itself made, such as a document."""
    clean = clean_name(name)
    with storage.receiving(ContentFile(content, name=clean), clean) as received:
        return _keep(
            actor,
            received,
            StoredFile(
                organisation_id=organisation_id, name=clean, media_type=media_type, purpose=purpose
            ),
        )


def delete_file(actor: Actor, file_id: int) -> None:
    """Delete a file of the actor's organisation, and its content when no other file shares it.

    Raises:
        StoredFile.DoesNotExist: the organisation has no such file.
        FileInUseError: a record rests on it.
    """
    with recorded(actor, "files:file:deleted") as write:
        stored = StoredFile.objects.select_for_update().get(
            pk=file_id, organisation_id=actor.own_organisation_id
        )
        organisation_id, sha256 = stored.organisation_id, stored.sha256
        write.subject(
            stored,
            organisation_id=organisation_id,
            old={"name": stored.name, "sha256": sha256, "size": stored.size},
        )
        try:
            stored.delete()
        except models.ProtectedError as error:
            raise FileInUseError(stored.name) from error
        transaction.on_commit(lambda: drop_unreferenced(organisation_id, sha256))


def drop_unreferenced(organisation_id: int, sha256: str) -> None:
    """Remove a content that no file of the organisation has any more."""
    if not StoredFile.objects.filter(organisation_id=organisation_id, sha256=sha256).exists():
        storage.drop(organisation_id, sha256)


def _judge(path: Path, name: str, accept: frozenset[ContentKind]) -> str:
    with path.open("rb") as content:
        head = content.read(HEAD_BYTES)
    kind = kind_of(head, name, accept)
    if kind in ZIP_BASED:
        check_zip(path, name, nested_allowed=kind is not ZIP)
    elif kind is GZIP:
        check_gzip(path, name)
    return media_type_of(kind, name)


def _keep(actor: Actor, received: storage.Received, stored: StoredFile) -> StoredFileView:
    stored.size, stored.sha256 = received.size, received.sha256
    stored.created_by_id = actor.user_id
    known = StoredFile.objects.filter(
        organisation_id=stored.organisation_id,
        sha256=stored.sha256,
        name=stored.name,
        purpose=stored.purpose,
    ).first()
    if known is not None:
        return view_of(known)
    is_new = storage.keep(received, stored.organisation_id)
    try:
        with recorded(actor, "files:file:stored") as write:
            stored.save()
            write.subject(
                stored,
                organisation_id=stored.organisation_id,
                new={"name": stored.name, "sha256": stored.sha256, "size": stored.size},
            )
    except BaseException:
        if is_new:
            storage.drop(stored.organisation_id, stored.sha256)
        raise
    return view_of(stored)
