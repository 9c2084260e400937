"""Writes of documents: issue one, revoke one."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.documents.errors import RevocationError
from dure.foundation.documents.models import Document, DocumentKind
from dure.foundation.documents.numbers import new_number
from dure.foundation.documents.queries import DocumentView, document_view, find_issued
from dure.foundation.documents.verification import qr_picture, verify_url
from dure.foundation.files.actions import drop_unreferenced, store_made
from dure.foundation.organisations.models import Organisation
from dure.foundation.sentences import sentence_to_json
from dure.kernel.text import Text

PURPOSE = "document"


def issue_document(
    actor: Actor,
    *,
    organisation_id: int,
    kind: str,
    template: str,
    context: Mapping[str, Any],
    title: Text | str,
    key: str | None = None,
) -> DocumentView:
    """Render a template that extends `documents/base.html` to a PDF, once, and keep it.

    The template sees `context` and `document` (number, title, issuer, issued_at, qr …). With a
    `key` the same kind is issued once for it: a repeated call returns the first document.
    Rendering takes up to a second, so call this outside a transaction.

    Raises:
        ValueError: an unknown kind.
        RenderingError: the template refers to a file by address.
    """
    label = DocumentKind(kind).label
    if key is not None and (known := find_issued(organisation_id, kind, key)):
        return known
    organisation = Organisation.objects.get(pk=organisation_id)
    document = Document(
        organisation=organisation,
        number=_unused_number(timezone.localdate().year),
        kind=kind,
        key=key,
        title=sentence_to_json(title),
        issuer=settings.DOCUMENT_ISSUER,
        issued_at=timezone.now(),
    )
    # WeasyPrint takes over a second to import, and few processes ever make a document.
    from dure.foundation.documents.rendering import render_pdf

    facts = _facts(document, title, str(label))
    pdf = render_pdf(template, {**context, "document": facts})
    try:
        return document_view(_keep(actor, document, pdf))
    except IntegrityError:
        # Someone else issued it for the same key while we rendered.
        if key is not None and (known := find_issued(organisation_id, kind, key)):
            return known
        raise


def revoke_document(actor: Actor, *, organisation_id: int, document_id: int, reason: str) -> None:
    """Declare a document void; it stays on record and its number says so to anyone.

    Raises:
        Document.DoesNotExist: the organisation has no such document.
        RevocationError: no reason, or revoked already.
    """
    if not reason.strip():
        raise RevocationError(Text("문서를 취소하는 까닭이 없습니다."))
    with recorded(actor, "documents:document:revoked", reason=reason) as write:
        document = Document.objects.select_for_update().get(
            pk=document_id, organisation_id=organisation_id
        )
        if document.revoked_at is not None:
            raise RevocationError(
                Text("이미 취소된 문서입니다: {number}", {"number": document.number})
            )
        document.revoked_at, document.revoked_reason = timezone.now(), reason.strip()
        document.save(update_fields=["revoked_at", "revoked_reason"])
        write.subject(
            document,
            organisation_id=organisation_id,
            old={"revoked_at": None},
            new={"revoked_at": document.revoked_at.isoformat()},
        )


def _keep(actor: Actor, document: Document, pdf: bytes) -> Document:
    """The file and the document in one transaction, or neither."""
    organisation_id = document.organisation_id
    try:
        with recorded(actor, "documents:document:issued") as write:
            stored = store_made(
                actor,
                pdf,
                name=f"{document.number}.pdf",
                media_type="application/pdf",
                organisation_id=organisation_id,
                purpose=PURPOSE,
            )
            document.file_id, document.sha256 = stored.id, stored.sha256
            document.save()
            write.subject(
                document,
                organisation_id=organisation_id,
                new={
                    "number": document.number,
                    "kind": document.kind,
                    "sha256": document.sha256,
                },
            )
    except BaseException:
        if document.sha256:
            drop_unreferenced(organisation_id, document.sha256)
        raise
    return document


def _unused_number(year: int) -> str:
    while Document.objects.filter(number=(number := new_number(year))).exists():
        continue
    return number


def _facts(document: Document, title: Text | str, kind_label: str) -> dict[str, Any]:
    return {
        "number": document.number,
        "title": title,
        "kind_label": kind_label,
        "issuer": document.issuer,
        "issued_at": document.issued_at,
        "is_example": document.organisation.is_example,
        "language": settings.LANGUAGE_CODE,
        "verify_url": verify_url(document.number),
        "qr": qr_picture(document.number),
    }
