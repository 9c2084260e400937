"""The worker: takes tasks from the database queue, gives up lost ones, and stops gracefully.

At SIGTERM or SIGINT it takes nothing new. A job in hand may finish within the grace period; then
its next report of progress hands it back to the queue, for the next worker to start again. A
second signal ends at once, and the job's lease runs out instead.
"""

import logging
import signal
import sys
import threading
import time
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from dure.foundation.jobs import stopping
from dure.foundation.jobs.actions import fail_lost_jobs, requeue_lost_tasks
from dure.foundation.jobs.tidying import tidy

logger = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 30.0
TIDY_EVERY_SECONDS = 3600.0
GRACE_SECONDS = 20.0
_AFTER_TROUBLE_SECONDS = 5.0


class QueueWorker(Worker):
    """The library's worker with our own loop: it stops between tasks, never inside one."""

    def __init__(self, *, poll_seconds: float = 0.5) -> None:
        super().__init__(
            queue_names=["*"],
            interval=poll_seconds,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.stopped = threading.Event()

    def run(self) -> None:
        """Take tasks until told to stop; a database that is away for a while is waited for."""
        while not self.stopped.is_set():
            try:
                close_old_connections()
                if not self.run_next():
                    self.stopped.wait(self.interval)
            except DatabaseError:
                logger.exception("no task taken; trying again")
                self.stopped.wait(_AFTER_TROUBLE_SECONDS)

    def run_next(self) -> bool:
        """Run one waiting task here and now; False when none waits."""
        waiting = DBTaskResult.objects.ready()
        # Looked at without a lock first: an idle worker must not hold up those who write.
        if not waiting.exists():
            return False
        with exclusive_transaction():
            task = waiting.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        if task is not None:
            self.run_task(task)
        return task is not None

    def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the library's signature
        """Handle a signal: stop gracefully, or at the second one at once."""
        if self.stopped.is_set():
            self.reset_signals()
            sys.exit(1)
        logger.warning("%s: stopping", signal.Signals(signum).name)
        self.stopped.set()
        stopping.hand_back_after(GRACE_SECONDS)


def run_worker(*, poll_seconds: float = 0.5) -> None:
    """Work until SIGTERM or SIGINT. Main thread only."""
    worker = QueueWorker(poll_seconds=poll_seconds)
    worker.configure_signals()
    sweeper = threading.Thread(target=_sweep, args=(worker.stopped,), daemon=True)
    sweeper.start()
    try:
        worker.run()
    finally:
        worker.stopped.set()
        sweeper.join()


def run_pending() -> int:
    """Run every queued task here and now (tests, seeding), and return how many ran."""
    worker = QueueWorker()
    ran = 0
    while worker.run_next():
        ran += 1
    return ran


def _sweep(stopped: threading.Event) -> None:
    tidied_at = 0.0
    try:
        while True:
            try:
                fail_lost_jobs(timezone.now())
                requeue_lost_tasks(timezone.now())
                if time.monotonic() - tidied_at >= TIDY_EVERY_SECONDS:
                    tidy(timezone.now())
                    tidied_at = time.monotonic()
            except DatabaseError:
                logger.warning("lost jobs not swept; trying again")
                close_old_connections()
            if stopped.wait(SWEEP_EVERY_SECONDS):
                return
    finally:
        connection.close()
