"""Queued work: run, progress, failure, retry, loss of a worker."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.factories.foundation import make_member

from dure.foundation.audit.models import AuditEntry
from dure.foundation.jobs import runners
from dure.foundation.jobs.actions import enqueue, fail_lost_jobs, retry
from dure.foundation.jobs.errors import (
    JobLostError,
    JobNotRetryableError,
    UnknownJobKindError,
)
from dure.foundation.jobs.execution import LOST, UNEXPECTED, execute
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.queries import get_job, list_jobs
from dure.foundation.jobs.runners import JobHandle, runner
from dure.foundation.jobs.worker import run_pending
from dure.kernel.errors import DureError
from dure.kernel.text import Text

pytestmark = pytest.mark.django_db


class Desk:
    """What the runner under test does, and what it saw."""

    def __init__(self) -> None:
        self.runs: list[dict[str, Any]] = []
        self.error: Exception | None = None
        self.meanwhile: Any = None

    def run(self, job: JobHandle, payload: dict[str, Any]) -> dict[str, Any]:
        self.runs.append({"payload": payload, "actor": job.actor})
        job.progress(1, 4, message=Text("{rows}행을 읽었습니다.", {"rows": 10}))
        if self.meanwhile:
            self.meanwhile(job)
        if self.error:
            raise self.error
        job.progress(4, 4)
        return {"rows": 10}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = Desk()
    monkeypatch.setitem(runners._RUNNERS, "tests.work", desk.run)
    yield desk


def test_job_runs_as_its_actor_and_keeps_its_result(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    job_id = enqueue(actor, "tests.work", {"file": 3}, organisation_id=org, title=Text("가져오기"))
    queued = get_job(org, job_id)

    ran = run_pending()

    done = get_job(org, job_id)
    assert (queued.state, queued.percent, queued.is_finished) == ("queued", None, False)
    assert ran == 1
    assert desk.runs == [{"payload": {"file": 3}, "actor": actor}]
    assert (done.state, done.done, done.total, done.percent) == ("done", 4, 4, 100)
    assert (done.result, str(done.message), str(done.title)) == (
        {"rows": 10},
        "10행을 읽었습니다.",
        "가져오기",
    )
    assert done.is_finished
    assert not done.can_retry
    assert [e.action for e in AuditEntry.objects.all()] == ["jobs:job:queued"]


def test_unknown_kind_is_refused_at_once() -> None:
    _, actor = make_member()

    with pytest.raises(UnknownJobKindError):
        enqueue(actor, "tests.nothing", {}, organisation_id=actor.own_organisation_id, title="x")

    assert Job.objects.count() == 0


def test_job_of_a_rolled_back_request_never_starts(desk: Desk) -> None:
    _, actor = make_member()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(actor, "tests.work", {}, organisation_id=actor.own_organisation_id, title="x")
        raise ZeroDivisionError

    assert run_pending() == 0
    assert desk.runs == []


def test_error_a_person_can_act_on_is_shown_as_it_is(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    desk.error = DureError(Text("{row}행이 비었습니다.", {"row": 3}), Text("채워 주세요."))
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")

    run_pending()

    failed = get_job(org, job_id)
    assert (failed.state, str(failed.error), str(failed.remedy)) == (
        "failed",
        "3행이 비었습니다.",
        "채워 주세요.",
    )
    assert failed.can_retry


def test_unexpected_error_is_logged_and_shown_without_its_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    desk.error = KeyError("secret detail")
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")

    run_pending()

    failed = get_job(org, job_id)
    assert (failed.state, failed.error) == ("failed", UNEXPECTED)
    assert "job failed" in caplog.text


def test_failed_job_runs_again_on_retry(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    desk.error = KeyError("once")
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")
    run_pending()
    desk.error = None

    retry(actor, job_id)
    queued = get_job(org, job_id)
    run_pending()

    assert (queued.state, queued.error, queued.done) == ("queued", None, 0)
    assert get_job(org, job_id).state == "done"
    assert len(desk.runs) == 2
    assert AuditEntry.objects.filter(action="jobs:job:retried").count() == 1


def test_done_job_is_not_retried(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")
    run_pending()

    with pytest.raises(JobNotRetryableError):
        retry(actor, job_id)

    assert run_pending() == 0
    assert len(desk.runs) == 1


def test_other_organisation_neither_sees_nor_retries_a_job(desk: Desk) -> None:
    _, actor = make_member()
    _, stranger = make_member()
    desk.error = KeyError("x")
    job_id = enqueue(actor, "tests.work", {}, organisation_id=actor.own_organisation_id, title="x")
    run_pending()

    with pytest.raises(Job.DoesNotExist):
        get_job(stranger.own_organisation_id, job_id)
    with pytest.raises(Job.DoesNotExist):
        retry(stranger, job_id)

    assert list_jobs(stranger.own_organisation_id) == ()
    assert Job.objects.get().state == Job.State.FAILED


@pytest.mark.usefixtures("desk")
def test_job_of_a_silent_worker_reads_as_failed_and_can_be_retried() -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")
    run_pending()
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.update(state=Job.State.RUNNING, lease_until=past, finished_at=None)

    view = get_job(org, job_id)
    retry(actor, job_id)
    run_pending()

    assert (view.state, view.error, view.can_retry) == ("failed", LOST, True)
    assert get_job(org, job_id).state == "done"


@pytest.mark.usefixtures("desk")
def test_sweep_fails_only_jobs_whose_lease_ran_out() -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    now = timezone.now()
    ids = [enqueue(actor, "tests.work", {}, organisation_id=org, title="x") for _ in range(2)]
    Job.objects.update(state=Job.State.RUNNING)
    Job.objects.filter(pk=ids[0]).update(lease_until=now - timedelta(seconds=1))
    Job.objects.filter(pk=ids[1]).update(lease_until=now + timedelta(seconds=60))

    swept = fail_lost_jobs(now)

    assert swept == 1
    assert [Job.objects.get(pk=i).state for i in ids] == ["failed", "running"]


def test_task_whose_worker_died_before_claiming_the_job_is_queued_again(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")
    DBTaskResult.objects.get().claim("dead worker")
    now = timezone.now() + timedelta(hours=1)

    fail_lost_jobs(now)
    run_pending()

    assert get_job(org, job_id).state == "done"
    assert len(desk.runs) == 1


def test_run_that_lost_its_lease_writes_nothing_more(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")
    desk.meanwhile = lambda job: Job.objects.filter(pk=job.id).update(attempt=2, message={})

    run_pending()

    job = Job.objects.get()
    assert (job.state, job.done, job.result, job.message) == ("running", 1, None, {})
    with pytest.raises(JobLostError):
        JobHandle(Job(pk=job_id, organisation_id=org, attempt=1)).renew()


def test_job_no_longer_queued_is_left_alone(desk: Desk) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")
    run_pending()

    execute(job_id)

    assert len(desk.runs) == 1


@pytest.mark.usefixtures("desk")
def test_two_runners_of_one_kind_are_refused() -> None:
    def another(_job: JobHandle, _payload: dict[str, Any]) -> dict[str, Any]:
        return {}

    another.__module__ = "somewhere.else"

    with pytest.raises(ValueError, match="already run by"):
        runner("tests.work")(another)


@pytest.mark.django_db(transaction=True)
def test_worker_keeps_the_lease_of_a_long_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.foundation.jobs.execution.LEASE", timedelta(seconds=0.2))
    _, actor = make_member()
    org = actor.own_organisation_id
    leases: list[Any] = []

    def wait_for_a_beat(job: JobHandle) -> None:
        first = Job.objects.get(pk=job.id).lease_until
        deadline = timezone.now() + timedelta(seconds=10)
        while timezone.now() < deadline:
            leases.append(Job.objects.get(pk=job.id).lease_until)
            if leases[-1] != first:
                return

    desk.meanwhile = wait_for_a_beat
    job_id = enqueue(actor, "tests.work", {}, organisation_id=org, title="x")

    run_pending()

    assert leases[-1] > leases[0]
    assert get_job(org, job_id).state == "done"
