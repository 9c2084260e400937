"""Jobs of this room."""

from typing import Any

from dure.foundation.jobs.runners import JobHandle, runner
from dure.programme.support.actions.receipts import make_receipt
from dure.programme.support.actions.submitting import RECEIPT_JOB
from dure.programme.support.models import Submission


@runner(RECEIPT_JOB)
def run_receipt(job: JobHandle, payload: dict[str, Any]) -> dict[str, Any]:
    """Make the receipt of a submission; a repeated run finds it made."""
    submission = Submission.objects.select_related(
        "application__call", "application__workplace__firm"
    ).get(
        pk=payload["submission"],
        application__workplace__firm__organisation_id=job.organisation_id,
    )
    document = make_receipt(job.actor, submission)
    return {"document": document.id}
