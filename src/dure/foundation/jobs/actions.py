"""Writes of the job queue: ask for work, try it again, give up what no worker holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.jobs.errors import JobLostError, JobNotRetryableError
from dure.foundation.jobs.execution import LOST, TRY_AGAIN
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.queries import is_lost
from dure.foundation.jobs.runners import LEASE, runner_of
from dure.foundation.jobs.tasks import run_job
from dure.foundation.sentences import sentence_to_json
from dure.kernel.text import Text

MOST_WORKERS = 3


def enqueue(
    actor: Actor,
    kind: str,
    payload: Mapping[str, Any],
    *,
    organisation_id: int,
    title: Text | str,
) -> int:
    """Queue work for the organisation and return the job's id.

    Inside the caller's transaction the job starts only if that commits. `payload` is JSON-able.

    Raises:
        UnknownJobKindError: no runner is registered for `kind`.
    """
    runner_of(kind)
    with recorded(actor, "jobs:job:queued") as write:
        job = Job.objects.create(
            organisation_id=organisation_id,
            kind=kind,
            payload=dict(payload),
            title=sentence_to_json(title),
            actor_user_id=actor.user_id,
            actor_organisation_id=actor.organisation_id,
            actor_label=actor.label,
            actor_role=actor.role,
        )
        run_job.enqueue(job.pk)
        write.subject(job, organisation_id=organisation_id, new={"kind": kind})
    return job.pk


def retry(actor: Actor, job_id: int, *, now: datetime | None = None) -> None:
    """Queue a failed job of the actor's organisation again.

    Raises:
        Job.DoesNotExist: the organisation has no such job.
        JobNotRetryableError: the job has not failed.
    """
    with recorded(actor, "jobs:job:retried") as write:
        job = Job.objects.select_for_update().get(
            pk=job_id, organisation_id=actor.own_organisation_id
        )
        if job.state != Job.State.FAILED and not is_lost(job, now):
            raise JobNotRetryableError
        old = job.state
        _requeue(job)
        write.subject(
            job,
            organisation_id=job.organisation_id,
            old={"state": old},
            new={"state": job.state, "attempt": job.attempt},
        )


def fail_lost_jobs(now: datetime) -> int:
    """Mark running jobs whose worker fell silent as failed, and return how many.

    A task whose worker died before it claimed the job is queued again.
    """
    taken = DBTaskResult.objects.running().filter(
        task_path=run_job.module_path, started_at__lt=now - LEASE
    )
    for task in taken:
        _give_up(task, now)
    return Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now).update(
        state=Job.State.FAILED,
        finished_at=now,
        error=sentence_to_json(LOST),
        remedy=sentence_to_json(TRY_AGAIN),
    )


def requeue_lost_tasks(now: datetime) -> int:
    """Queue other tasks (mails) again whose worker fell silent, and return how many.

    A task that outlived its workers three times is given up: it may be what ends them.
    """
    lost = (
        DBTaskResult.objects.running()
        .filter(started_at__lt=now - LEASE)
        .exclude(task_path=run_job.module_path)
    )
    requeued = 0
    for task in lost:
        if len(task.worker_ids) >= MOST_WORKERS:
            task.set_failed(JobLostError(f"task {task.id}: its workers fell silent"))
            continue
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])
        requeued += 1
    return requeued


def _give_up(task: "DBTaskResult[Any, Any]", now: datetime) -> None:
    job = Job.objects.filter(pk=task.args_kwargs["args"][0]).first()
    if job is not None and job.state == Job.State.RUNNING and not is_lost(job, now):
        return
    with transaction.atomic():
        task.set_failed(JobLostError(f"task {task.id}: its worker fell silent"))
        if job is not None and job.state == Job.State.QUEUED:
            run_job.enqueue(job.pk)


def _requeue(job: Job) -> None:
    job.state = Job.State.QUEUED
    job.done = job.total = 0
    job.message = {}
    job.error = job.remedy = job.result = None
    job.lease_until = job.started_at = job.finished_at = None
    job.save()
    run_job.enqueue(job.pk)
