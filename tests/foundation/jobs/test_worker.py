"""The worker as a process: it stops gracefully, hands back what it cannot finish, and tidies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests.factories.foundation import make_member

from dure.foundation.jobs import stopping
from dure.foundation.jobs.actions import MOST_WORKERS, enqueue, requeue_lost_tasks
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.runners import JobHandle, runner
from dure.foundation.jobs.tidying import tidy
from dure.foundation.jobs.worker import QueueWorker, run_pending
from dure.foundation.notices.actions import send_notice
from dure.foundation.notices.models import Notice

ROOT = Path(__file__).resolve().parents[3]
PREPARE = """
import django, sys, time
django.setup()
from django.core.management import call_command
from dure.foundation.jobs import worker
from dure.foundation.jobs.actions import enqueue
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.runners import runner
from dure.foundation.organisations.actions import found_agency
worker.GRACE_SECONDS = 0.3

@runner("tests.long")
def long(job, payload):
    for step in range(10_000):
        job.progress(step, 10_000)
        time.sleep(0.05)
    return {}

call_command("migrate", verbosity=0)
actor = found_agency("운영기관")
"""
BUSY = """
enqueue(actor, "tests.long", {}, organisation_id=actor.organisation_id, title="x")
print("ready", flush=True)
worker.run_worker(poll_seconds=0.05)
job = Job.objects.get()
print(job.state, job.attempt, job.lease_until)
"""
IDLE = """
print("ready", flush=True)
worker.run_worker(poll_seconds=30)
print("ended")
"""


def stopped_worker(script: str, data: Path) -> tuple[str, float]:
    """End a worker process by SIGTERM once it works: what it said, and how long it took."""
    process = subprocess.Popen(
        [sys.executable, "-c", PREPARE + script],
        cwd=ROOT,
        env=os.environ
        | {
            "DURE_DATA_DIR": str(data),
            "DURE_DATABASE_URL": f"sqlite:///{data}/dure.sqlite3",
            "DJANGO_SETTINGS_MODULE": "dure.settings",
            "PYTHONPATH": str(ROOT / "src"),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.6)
        process.send_signal(signal.SIGTERM)
        at = time.monotonic()
        said, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    return said, time.monotonic() - at


def test_worker_that_must_stop_hands_its_job_back(tmp_path: Path) -> None:
    said, seconds = stopped_worker(BUSY, tmp_path)

    assert said == "queued 1 None\n"
    assert seconds < 10


def test_idle_worker_stops_at_once(tmp_path: Path) -> None:
    said, seconds = stopped_worker(IDLE, tmp_path)

    assert said == "ended\n"
    assert seconds < 10


@pytest.fixture
def told_to_stop() -> Iterator[None]:
    stopping.hand_back_after(0)
    yield
    stopping.keep_going()


@pytest.mark.django_db
@pytest.mark.usefixtures("told_to_stop")
def test_job_handed_back_runs_again_from_the_start() -> None:
    starts: list[int] = []

    @runner("tests.handed_back")
    def run(job: JobHandle, _payload: dict[str, object]) -> dict[str, object]:
        starts.append(job.attempt)
        job.progress(0, 1)
        return {"done": True}

    _, actor = make_member()
    enqueue(actor, "tests.handed_back", {}, organisation_id=actor.own_organisation_id, title="x")
    worker = QueueWorker()
    worker.run_next()
    waiting = Job.objects.get()
    stopping.keep_going()
    worker.run_next()

    assert (waiting.state, waiting.error) == ("queued", None)
    assert starts == [1, 2]
    assert Job.objects.get().result == {"done": True}


@pytest.mark.django_db
def test_second_signal_ends_at_once() -> None:
    worker = QueueWorker()
    worker.stopped.set()

    with pytest.raises(SystemExit):
        worker.shutdown(signal.SIGTERM, None)


@pytest.mark.django_db
def test_mail_of_a_worker_that_died_is_sent_by_the_next() -> None:
    user, actor = make_member()
    send_notice(
        organisation_id=actor.own_organisation_id,
        user_ids=[user.pk],
        title="결과",
        body="적합",
        url="",
    )
    DBTaskResult.objects.get().claim("dead worker")
    later = timezone.now() + timedelta(hours=1)

    early, late = requeue_lost_tasks(timezone.now()), requeue_lost_tasks(later)
    run_pending()

    assert (early, late) == (0, 1)
    assert Notice.objects.get().mailed_at is not None


@pytest.mark.django_db
def test_task_that_outlives_its_workers_is_given_up() -> None:
    user, actor = make_member()
    send_notice(
        organisation_id=actor.own_organisation_id, user_ids=[user.pk], title="x", body="x", url=""
    )
    task = DBTaskResult.objects.get()
    for number in range(MOST_WORKERS):
        task.claim(f"worker {number}")

    requeued = requeue_lost_tasks(timezone.now() + timedelta(hours=1))

    task.refresh_from_db()
    assert (requeued, task.status) == (0, "FAILED")


@pytest.mark.django_db
def test_tidying_removes_only_what_has_served_its_time(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    now = timezone.now()
    for name, ends in (("old", -1), ("live", 1)):
        Session.objects.create(session_key=name, expire_date=now + timedelta(hours=ends))
    for name, age in (("old", 40), ("new", 1)):
        DBTaskResult.objects.create(
            task_path=name,
            status="SUCCESSFUL",
            finished_at=now - timedelta(days=age),
            args_kwargs={},
            backend_name="default",
            run_after=now,
            exception_class_path="",
            traceback="",
        )
    old, new = tmp_path / "files/incoming/old", tmp_path / "arriving/new.upload"
    for path in (old, new):
        path.parent.mkdir(parents=True)
        path.touch()
    os.utime(old, (0, 0))

    tidy(now)

    assert [s.session_key for s in Session.objects.all()] == ["live"]
    assert [t.task_path for t in DBTaskResult.objects.all()] == ["new"]
    assert (old.exists(), new.exists()) == (False, True)
