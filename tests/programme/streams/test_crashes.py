"""The power goes at any moment between the lake and the database: nothing half-written counts.

`PowerCut` is no `Exception`, so no handler of the product sees it; the lease of the job then runs
out as it does when a worker is killed. One test kills a real worker.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.factories.registry import make_workplace
from tests.factories.streams import bring, confirm, left_in, make_rows, send

from dure.engines.lake import store
from dure.engines.lake.errors import StoreError
from dure.foundation.audit.actor import Actor
from dure.foundation.jobs.actions import fail_lost_jobs
from dure.foundation.jobs.execution import execute
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.runners import JobHandle
from dure.foundation.jobs.worker import run_pending
from dure.foundation.notices.models import Notice
from dure.kernel.text import Text
from dure.programme.streams import actions, importing, queries
from dure.programme.streams.actions import undoing
from dure.programme.streams.errors import ImportStateError
from dure.programme.streams.models import Import

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


class PowerCut(BaseException):
    """The machine stops here."""


def cut(*_: object, **__: object) -> None:
    """Stop where something would have been done."""
    raise PowerCut


def cut_while_reading(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(JobHandle, "progress", cut)


def cut_before_the_lake(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(importing, "_sweep", cut)


def cut_before_the_lake_commits(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(store, "commit", cut)
    # A machine without power cleans nothing up.
    patch.setattr(store.Lake, "_take_back", lambda *_: None)


def cut_after_the_lake_committed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(importing, "record_series", cut)


def cut_while_the_database_writes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(importing, "announce_done", cut)


def lose_the_worker() -> None:
    """The lease of every running job has run out."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=past)


def nothing_counts(actor: Actor, workplace_id: int) -> bool:
    """No reader sees a row."""
    org = actor.own_organisation_id
    return (
        queries.list_signals(org, workplace_id) == ()
        and queries.list_series(org, workplace_id) == ()
        and queries.count_imports(org, workplace_id) == 0
        and queries.refused_dates(org, workplace_id) == ()
    )


@pytest.mark.parametrize(
    "crash",
    [
        cut_before_the_lake,
        cut_while_reading,
        cut_before_the_lake_commits,
        cut_after_the_lake_committed,
        cut_while_the_database_writes,
    ],
)
def test_a_run_that_dies_anywhere_is_tried_again_and_leaves_its_rows_once(
    crash: Callable[[pytest.MonkeyPatch], None], own_files: Path
) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    import_id = send(actor, workplace_id, make_rows(60) + "어제,20.1,OK\n")
    job_id = confirm(actor, import_id)
    with pytest.MonkeyPatch.context() as patch:
        crash(patch)
        with pytest.raises(PowerCut):
            execute(job_id)

    assert nothing_counts(actor, workplace_id)
    with pytest.raises(ImportStateError):
        actions.retry_import(actor, import_id)
    lose_the_worker()
    stalled = queries.get_import(org, import_id)
    assert (stalled.state, bool(stalled.problem), bool(stalled.remedy)) == ("failed", True, True)
    assert [row.state for row in queries.list_imports(org, workplace_id)] == ["failed"]

    actions.retry_import(actor, import_id)
    run_pending()

    done = queries.get_import(org, import_id)
    assert (done.state, done.rows_accepted, done.rows_refused) == ("done", 60, 1)
    assert queries.list_signals(org, workplace_id)[0].rows == 60
    assert [info.rows for info in queries.list_series(org, workplace_id)] == [60, 60]
    key = Import.objects.get().lake_key
    kept = list(left_in(own_files / "lake"))
    assert [name for name in kept if key not in name] == []
    assert sum(name.endswith(".parquet") for name in kept) == 2


def test_a_lost_run_can_be_set_aside_instead(
    own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    actor, workplace_id = make_workplace()
    import_id = send(actor, workplace_id, make_rows(60))
    job_id = confirm(actor, import_id)
    with pytest.MonkeyPatch.context() as patch:
        cut_after_the_lake_committed(patch)
        with pytest.raises(PowerCut):
            execute(job_id)
    with pytest.raises(ImportStateError):
        actions.discard_import(actor, import_id)
    lose_the_worker()
    fail_lost_jobs(timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_import(actor, import_id)

    assert Import.objects.get().state == "discarded"
    assert list(left_in(own_files / "lake")) == []
    assert nothing_counts(actor, workplace_id)


def test_a_run_given_up_for_lost_cannot_touch_its_successor() -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    import_id = send(actor, workplace_id, make_rows(60))
    job_id = confirm(actor, import_id)
    with pytest.MonkeyPatch.context() as patch:

        def overtaken(*_: object) -> list[Any]:
            lose_the_worker()
            actions.retry_import(actor, import_id)
            patch.undo()
            execute(job_id)
            return []

        patch.setattr(importing, "record_series", overtaken)
        execute(job_id)

    done = queries.get_import(org, import_id)
    assert (done.state, done.rows_accepted) == ("done", 60)
    assert Import.objects.get().lake_key == f"import-{import_id}-{job_id}-2"
    assert queries.list_signals(org, workplace_id)[0].rows == 60
    assert [info.rows for info in queries.list_series(org, workplace_id)] == [60, 60]
    assert Job.objects.get().attempt == 2


def test_an_undo_cut_off_before_the_lake_leaves_rows_no_one_reads(
    own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    import_id = bring(actor, workplace_id, make_rows(60))
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(PowerCut),
        django_capture_on_commit_callbacks(execute=True),
    ):
        patch.setattr(undoing, "drop_rows", cut)
        actions.undo_import(actor, import_id)

    assert Import.objects.get().state == "undone"
    assert nothing_counts(actor, workplace_id)
    assert list(left_in(own_files / "lake")) != []

    again = bring(actor, workplace_id, make_rows(60))

    assert queries.list_signals(org, workplace_id)[0].rows == 60
    kept = list(left_in(own_files / "lake"))
    assert [name for name in kept if f"import-{again}-" not in name] == []


def test_a_lake_that_refuses_fails_the_import_with_its_words(own_files: Path) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    import_id = send(actor, workplace_id, make_rows(60))
    confirm(actor, import_id)

    def full(*_: object, **__: object) -> None:
        raise StoreError(Text("저장 공간이 부족합니다."), Text("디스크를 비워 주세요."))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "commit", full)
        run_pending()

    failed = queries.get_import(org, import_id)
    assert (failed.state, str(failed.problem), str(failed.remedy)) == (
        "failed",
        "저장 공간이 부족합니다.",
        "디스크를 비워 주세요.",
    )
    assert list(left_in(own_files / "lake")) == []
    assert nothing_counts(actor, workplace_id)
    notice = Notice.objects.get()
    assert (notice.user_id, notice.url) == (actor.user_id, f"/my/imports/{import_id}/")

    actions.retry_import(actor, import_id)
    run_pending()
    assert queries.get_import(org, import_id).state == "done"


def test_an_unexpected_error_says_only_what_helps(caplog: pytest.LogCaptureFixture) -> None:
    actor, workplace_id = make_workplace()
    import_id = send(actor, workplace_id, make_rows(60))
    confirm(actor, import_id)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("internal detail")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "record_series", broken)
        run_pending()

    failed = queries.get_import(actor.own_organisation_id, import_id)
    assert (failed.state, str(failed.problem)) == (
        "failed",
        "가져오는 중에 예기치 않게 멈췄습니다.",
    )
    assert failed.remedy is not None
    assert "internal detail" in caplog.text
    mapping = failed.mapping
    actions.confirm_import(actor, import_id, mapping)
    run_pending()
    assert queries.get_import(actor.own_organisation_id, import_id).state == "done"


def test_a_job_repeated_after_its_import_was_done_changes_nothing() -> None:
    actor, workplace_id = make_workplace()
    import_id = bring(actor, workplace_id, make_rows(60))
    finished = Import.objects.get().finished_at
    Job.objects.update(state=Job.State.QUEUED)

    execute(Job.objects.get().pk)

    assert Import.objects.get().finished_at == finished
    assert Job.objects.get().result == {"import_id": import_id, "accepted": 60, "refused": 0}


_SETUP = """
import sys
from pathlib import Path
from tests.factories.registry import make_workplace
from tests.factories.streams import confirm, send_path
actor, workplace_id = make_workplace("kill@example.kr")
import_id = send_path(actor, workplace_id, Path(sys.argv[1]))
print(actor.own_organisation_id, workplace_id, import_id, confirm(actor, import_id))
"""
_LOOK = """
import sys
from django.utils import timezone
from datetime import timedelta
from dure.foundation.jobs.models import Job
from dure.foundation.organisations.queries import find_actor
from dure.foundation.accounts.models import User
from dure.foundation.jobs.worker import run_pending
from dure.programme.streams import actions, queries
org, workplace_id, import_id = map(int, sys.argv[1:4])
print(len(queries.list_signals(org, workplace_id)), queries.get_import(org, import_id).state)
Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
actor = find_actor(User.objects.get(email="kill@example.kr").pk)
actions.retry_import(actor, import_id)
run_pending()
done = queries.get_import(org, import_id)
print(done.state, done.rows_accepted, queries.list_signals(org, workplace_id)[0].rows)
"""


def test_a_worker_killed_in_the_middle_of_a_file_leaves_nothing_that_counts(tmp_path: Path) -> None:
    environment = os.environ | {
        "DURE_DATA_DIR": str(tmp_path / "killed"),
        "DURE_DATABASE_URL": f"sqlite:///{tmp_path}/killed/dure.sqlite3",
        "DJANGO_SETTINGS_MODULE": "dure.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    rows = 400_000
    big = tmp_path / "big.csv"
    big.write_text(
        "time,a,b\n"
        + "".join(
            f"2024-05-{1 + i // 86_400:02} {i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}"
            f",{i % 977},{i % 13}.5\n"
            for i in range(rows)
        )
    )

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    start = "import django; django.setup()\n"
    run("manage.py", "migrate", "--verbosity", "0")
    org, workplace_id, import_id, _ = run("-c", start + _SETUP, str(big)).split()
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
    staging = tmp_path / "killed" / "lake" / "staging"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(staging.glob("*/*")):
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)
    assert any(staging.glob("*/*"))

    before, after = run("-c", start + _LOOK, org, workplace_id, import_id).splitlines()

    assert before == "0 running"
    assert after == f"done {rows} {rows}"
    assert list(staging.glob("*")) == []
