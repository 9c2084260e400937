"""Which function runs which kind of job, and the handle it reports progress through.

A room's `tasks.py` registers its runners; they are found when Django starts:

    @runner("streams.import")
    def run(job: JobHandle, payload: dict[str, Any]) -> dict[str, Any]:
        job.progress(10, 100, message=Text("{rows}행을 읽었습니다.", {"rows": 10}))

A run may be repeated after a crash or a retry, so a runner must leave the same result however
often it starts. It runs outside any transaction and writes through actions with `job.actor`.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.jobs import stopping
from dure.foundation.jobs.errors import JobHandedBackError, JobLostError, UnknownJobKindError
from dure.foundation.jobs.models import Job
from dure.foundation.sentences import sentence_to_json
from dure.kernel.text import Text

LEASE = timedelta(seconds=90)
_REPORT_EVERY_SECONDS = 0.5


class JobHandle:
    """One run of a job, as its runner sees it."""

    def __init__(self, job: Job) -> None:
        self.id = job.pk
        self.attempt = job.attempt
        self.organisation_id = job.organisation_id
        self.actor = Actor(
            label=job.actor_label,
            role=job.actor_role,
            user_id=job.actor_user_id,
            organisation_id=job.actor_organisation_id,
        )
        self._reported_at = 0.0

    def progress(self, done: int, total: int, message: Text | None = None) -> None:
        """Say how far the work is; written at most twice a second, and always at the end.

        Raises:
            JobLostError: another run took the job over.
            JobHandedBackError: the worker is stopping; let it through.
        """
        if stopping.is_time_to_hand_back():
            raise JobHandedBackError
        now = time.monotonic()
        if done < total and now - self._reported_at < _REPORT_EVERY_SECONDS:
            return
        self._reported_at = now
        changes: dict[str, Any] = {"done": done, "total": total}
        if message is not None:
            changes["message"] = sentence_to_json(message)
        self.write(**changes)

    def renew(self) -> None:
        """Keep the lease without saying anything new."""
        self.write()

    def write(self, **changes: Any) -> None:  # noqa: ANN401 - values of Job's own columns
        """Change the job's row if this run still holds it, and extend the lease.

        Raises:
            JobLostError: another run took the job over.
        """
        changes.setdefault("lease_until", timezone.now() + LEASE)
        held = Job.objects.filter(pk=self.id, attempt=self.attempt, state=Job.State.RUNNING)
        if not held.update(**changes):
            message = f"job {self.id}: run {self.attempt} no longer holds it"
            raise JobLostError(message)


Runner = Callable[[JobHandle, dict[str, Any]], dict[str, Any]]
_RUNNERS: dict[str, Runner] = {}


def runner(kind: str) -> Callable[[Runner], Runner]:
    """Register a function as the runner of jobs of `kind` (`room.verb`)."""

    def register(function: Runner) -> Runner:
        known = _RUNNERS.get(kind)
        if known is not None and known.__module__ != function.__module__:
            message = f"{kind}: already run by {known.__module__}"
            raise ValueError(message)
        _RUNNERS[kind] = function
        return function

    return register


def runner_of(kind: str) -> Runner:
    """The runner of a kind; raises UnknownJobKindError."""
    try:
        return _RUNNERS[kind]
    except KeyError:
        message = f"no runner for jobs of kind '{kind}'"
        raise UnknownJobKindError(message) from None
