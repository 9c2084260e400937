"""Taking a document of one's own organisation home."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from dure.foundation.documents.models import Document
from dure.foundation.documents.queries import get_document
from dure.foundation.files.queries import get_file
from dure.foundation.organisations.access import MemberRequest, requires


@requires("foundation:document:view")
@require_GET
def document(request: MemberRequest, document_id: int) -> FileResponse:
    """The PDF exactly as issued."""
    organisation_id = request.actor.own_organisation_id
    try:
        found = get_document(organisation_id, document_id)
    except Document.DoesNotExist as error:
        raise Http404 from error
    stored = get_file(organisation_id, found.file_id)
    return FileResponse(
        stored.path.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )
