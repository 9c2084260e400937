"""The receipt (접수증) of a submission: which document it is."""

from dure.foundation.documents.models import DocumentKind
from dure.foundation.documents.queries import find_issued
from dure.programme.support.models import Application, Submission
from dure.programme.support.scope import organisation_of

KIND = DocumentKind.APPLICATION_RECEIPT.value


def receipt_key(submission: Submission) -> str:
    """What the document is issued for: one receipt per submitted version."""
    return f"{submission.application_id}-{submission.version}"


def find_receipt_id(application: Application, submission: Submission | None) -> int | None:
    """The receipt of a submission, None while it is not made."""
    if submission is None:
        return None
    found = find_issued(organisation_of(application), KIND, receipt_key(submission))
    return found.id if found else None
