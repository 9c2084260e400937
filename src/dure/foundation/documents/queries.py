"""Reads of documents: the owner's view, and what anyone may learn from a number or a file."""

from dataclasses import dataclass
from datetime import datetime

from dure.foundation.documents.models import Document, DocumentKind
from dure.foundation.documents.numbers import read_number
from dure.foundation.sentences import sentence_of
from dure.kernel.text import Text


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as its organisation sees it; instants are UTC."""

    id: int
    organisation_id: int
    number: str
    kind: str
    kind_label: str
    title: Text
    issuer: str
    issued_at: datetime
    sha256: str
    file_id: int
    revoked_at: datetime | None
    revoked_reason: str


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """What anyone holding a number or the file may learn: nothing of whom it is about."""

    number: str
    kind_label: str
    issuer: str
    issued_at: datetime
    sha256: str
    is_example: bool
    revoked_at: datetime | None


def get_document(organisation_id: int, document_id: int) -> DocumentView:
    """One document of the organisation; raises Document.DoesNotExist."""
    return document_view(Document.objects.get(pk=document_id, organisation_id=organisation_id))


def list_documents(organisation_id: int, *, kind: str | None = None) -> tuple[DocumentView, ...]:
    """The organisation's documents, newest first."""
    found = Document.objects.filter(organisation_id=organisation_id)
    if kind is not None:
        found = found.filter(kind=kind)
    return tuple(document_view(document) for document in found.order_by("-issued_at", "-id"))


def find_issued(organisation_id: int, kind: str, key: str) -> DocumentView | None:
    """The document in force that was issued for `key`; None when there is none."""
    found = Document.objects.filter(
        organisation_id=organisation_id, kind=kind, key=key, revoked_at=None
    ).first()
    return document_view(found) if found else None


def find_document(number: str) -> PublicDocument | None:
    """The document a typed number names, revoked or not; None when there is none."""
    printed = read_number(number)
    if printed is None:
        return None
    return _public(Document.objects.select_related("organisation").filter(number=printed).first())


def find_by_hash(sha256: str) -> PublicDocument | None:
    """The document whose file has these bytes; None when we issued no such file."""
    return _public(Document.objects.select_related("organisation").filter(sha256=sha256).first())


def document_view(document: Document) -> DocumentView:
    """The plain data of a row at hand."""
    return DocumentView(
        id=document.pk,
        organisation_id=document.organisation_id,
        number=document.number,
        kind=document.kind,
        kind_label=str(DocumentKind(document.kind).label),
        title=sentence_of(document.title) or Text(""),
        issuer=document.issuer,
        issued_at=document.issued_at,
        sha256=document.sha256,
        file_id=document.file_id,
        revoked_at=document.revoked_at,
        revoked_reason=document.revoked_reason,
    )


def _public(document: Document | None) -> PublicDocument | None:
    if document is None:
        return None
    return PublicDocument(
        number=document.number,
        kind_label=str(DocumentKind(document.kind).label),
        issuer=document.issuer,
        issued_at=document.issued_at,
        sha256=document.sha256,
        is_example=document.organisation.is_example,
        revoked_at=document.revoked_at,
    )
