"""Which imports hold rows, which wait for a person, and which wait for a job that is gone."""

from typing import Any

from django.utils import timezone

from dure.foundation.jobs.models import Job
from dure.foundation.jobs.queries import get_job
from dure.foundation.sentences import sentence_of
from dure.kernel.text import Text
from dure.programme.registry.models import Workplace
from dure.programme.streams.errors import SameFileError
from dure.programme.streams.models import Import

State = Import.State
OPEN = (State.INSPECTED, State.FAILED)
HELD = (State.QUEUED, State.RUNNING, State.DONE)
ON_THE_WAY = (State.QUEUED, State.RUNNING)


def is_stalled(row: Import) -> bool:
    """Whether the import waits for a job that has failed or whose worker fell silent."""
    return row.state in ON_THE_WAY and find_problem(row)[0] is not None


def is_open(row: Import) -> bool:
    """Whether a person may still change what the file means, or set it aside."""
    return row.state in OPEN or is_stalled(row)


def find_held(workplace_id: int, sha256: str) -> Import | None:
    """The import of the same bytes that the lake holds or is taking in."""
    same = Import.objects.filter(workplace_id=workplace_id, file__sha256=sha256)
    return same.filter(state__in=HELD).order_by("-id").first()


def take_turn(workplace_id: int) -> None:
    """Let imports of a workplace change state one after another, until the transaction ends."""
    Workplace.objects.select_for_update().get(pk=workplace_id)


def refuse_held(workplace_id: int, sha256: str, *, beside: int | None = None) -> None:
    """Refuse bytes that another import of the workplace holds.

    Raises:
        SameFileError: names the other import.
    """
    held = find_held(workplace_id, sha256)
    if held is not None and held.pk != beside:
        raise SameFileError(held.pk, f"{timezone.localtime(held.sent_at):%Y.%m.%d.}")


def find_problem(row: Import) -> tuple[Text | None, Text | None]:
    """What went wrong and what to do, of a failed import or one whose job is gone; else None."""
    if row.state == State.FAILED:
        stored: dict[str, Any] = row.problem or {}
        return sentence_of(stored.get("text")), sentence_of(stored.get("remedy"))
    if row.state not in ON_THE_WAY or row.job_id is None:
        return None, None
    job = get_job(row.file.organisation_id, row.job_id)
    if job.state != Job.State.FAILED:
        return None, None
    return job.error, job.remedy
