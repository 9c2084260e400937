"""Runs one job: claims it, keeps its lease, and writes down how it ended."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from dure.foundation.jobs.errors import JobHandedBackError, JobLostError
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.runners import LEASE, JobHandle, runner_of
from dure.foundation.sentences import sentence_to_json
from dure.kernel.errors import DureError
from dure.kernel.text import Text

logger = logging.getLogger(__name__)

UNEXPECTED = Text("작업이 예기치 않게 멈췄습니다.")
LOST = Text("작업을 처리하던 프로그램이 멈춰 작업이 끝나지 못했습니다.")
TRY_AGAIN = Text(
    "'다시 시도'를 눌러 주세요. 계속 실패하면 작업 번호를 운영 담당자에게 알려 주세요."
)


def execute(job_id: int) -> None:
    """Run the job if it is still queued; errors end in its row, never in the worker."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        attempt=F("attempt") + 1,
        started_at=timezone.now(),
        lease_until=timezone.now() + LEASE,
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    handle = JobHandle(job)
    try:
        with _heartbeat(handle):
            result = runner_of(job.kind)(handle, job.payload)
        _finish(handle, state=Job.State.DONE, result=result)
    except JobLostError:
        logger.warning("job lost", extra={"job": job_id, "attempt": handle.attempt})
    except JobHandedBackError:
        hand_back(handle)
    except DureError as error:
        _fail(handle, error.text, error.remedy)
    except Exception:
        logger.exception("job failed", extra={"job": job_id, "kind": job.kind})
        _fail(handle, UNEXPECTED, TRY_AGAIN)


def hand_back(handle: JobHandle) -> None:
    """Put the job back into the queue: this worker stops before it could finish."""
    from dure.foundation.jobs.tasks import run_job

    with transaction.atomic():
        handle.write(state=Job.State.QUEUED, lease_until=None, started_at=None)
        run_job.enqueue(handle.id)
    logger.warning("job handed back", extra={"job": handle.id, "attempt": handle.attempt})


def _fail(handle: JobHandle, text: Text, remedy: Text | None) -> None:
    _finish(
        handle,
        state=Job.State.FAILED,
        error=sentence_to_json(text),
        remedy=sentence_to_json(remedy) if remedy else None,
    )


def _finish(handle: JobHandle, **changes: Any) -> None:  # noqa: ANN401 - values of Job's own columns
    try:
        handle.write(finished_at=timezone.now(), lease_until=None, **changes)
    except JobLostError:
        logger.warning("job lost", extra={"job": handle.id, "attempt": handle.attempt})


@contextmanager
def _heartbeat(handle: JobHandle) -> Iterator[None]:
    """Renew the lease from a thread, so a runner busy in one long call is not given up.

    Inside a transaction (tests run jobs there) a second connection could not see the job.
    """
    if connection.in_atomic_block:
        yield
        return
    stopped = threading.Event()
    thread = threading.Thread(target=_beat, args=(handle, stopped), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def _beat(handle: JobHandle, stopped: threading.Event) -> None:
    try:
        while not stopped.wait(LEASE.total_seconds() / 4):
            try:
                handle.renew()
            except DatabaseError:
                # A busy database is no reason to give the run up: the lease spans four beats.
                logger.warning("lease not renewed", extra={"job": handle.id})
                close_old_connections()
    except JobLostError:
        logger.warning("job lost", extra={"job": handle.id, "attempt": handle.attempt})
    finally:
        connection.close()
