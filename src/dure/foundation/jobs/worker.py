"""The worker: takes tasks from the database queue, and gives up jobs whose worker is gone."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from dure.foundation.jobs.actions import fail_lost_jobs

logger = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 30.0


def run_worker(*, poll_seconds: float = 0.5) -> None:
    """Work until SIGTERM or SIGINT; a running task is finished first. Main thread only."""
    stopped = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(stopped,), daemon=True)
    sweeper.start()
    worker = _worker(batch=False, interval=poll_seconds)
    worker.configure_signals()
    try:
        worker.run()
    finally:
        stopped.set()
        sweeper.join()


def run_pending() -> int:
    """Run every queued task here and now (tests, seeding), and return how many ran."""
    before = _count_finished()
    _worker(batch=True, interval=0.0).run()
    return _count_finished() - before


def _worker(*, batch: bool, interval: float) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _count_finished() -> int:
    return int(DBTaskResult.objects.finished().count())


def _sweep(stopped: threading.Event) -> None:
    try:
        while True:
            try:
                fail_lost_jobs(timezone.now())
            except DatabaseError:
                logger.warning("lost jobs not swept; trying again")
                close_old_connections()
            if stopped.wait(SWEEP_EVERY_SECONDS):
                return
    finally:
        connection.close()
