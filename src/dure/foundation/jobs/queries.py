"""Reads of the job queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from dure.foundation.jobs.execution import LOST, TRY_AGAIN
from dure.foundation.jobs.models import Job
from dure.foundation.sentences import sentence_of
from dure.kernel.text import Text


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as its page shows it; `total` is 0 while unknown, instants are UTC."""

    id: int
    kind: str
    title: Text
    state: str
    state_label: str
    done: int
    total: int
    message: Text | None
    error: Text | None
    remedy: Text | None
    payload: dict[str, Any]
    result: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        """Whether the job is done or failed, so a page need not ask again."""
        return self.state in {Job.State.DONE, Job.State.FAILED}

    @property
    def can_retry(self) -> bool:
        """Whether `actions.retry` accepts it."""
        return self.state == Job.State.FAILED

    @property
    def percent(self) -> int | None:
        """Whole percent done, or None while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None


def get_job(organisation_id: int, job_id: int, *, now: datetime | None = None) -> JobView:
    """One job of the organisation; raises Job.DoesNotExist."""
    return _view(Job.objects.get(pk=job_id, organisation_id=organisation_id), now)


def list_jobs(
    organisation_id: int,
    *,
    kind: str | None = None,
    payload: Mapping[str, Any] | None = None,
    limit: int = 20,
    now: datetime | None = None,
) -> tuple[JobView, ...]:
    """The organisation's newest jobs first; of one kind and exactly one payload if given."""
    jobs = Job.objects.filter(organisation_id=organisation_id).order_by("-created_at", "-id")
    if kind is not None:
        jobs = jobs.filter(kind=kind)
    if payload is not None:
        jobs = jobs.filter(payload=dict(payload))
    return tuple(_view(job, now) for job in jobs[:limit])


def is_lost(job: Job, now: datetime | None = None) -> bool:
    """Whether the job counts as running but its worker has been silent past the lease."""
    return (
        job.state == Job.State.RUNNING
        and job.lease_until is not None
        and job.lease_until < (now or timezone.now())
    )


def _view(job: Job, now: datetime | None) -> JobView:
    lost = is_lost(job, now)
    state = Job.State.FAILED if lost else Job.State(job.state)
    return JobView(
        id=job.pk,
        kind=job.kind,
        title=sentence_of(job.title) or Text(""),
        state=state.value,
        state_label=str(state.label),
        done=job.done,
        total=job.total,
        message=sentence_of(job.message),
        error=LOST if lost else sentence_of(job.error),
        remedy=TRY_AGAIN if lost else sentence_of(job.remedy),
        payload=job.payload,
        result=job.result,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )
