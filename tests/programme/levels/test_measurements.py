"""A measurement: asked for once, measured from the lake, kept for ever, and what it rests on."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.factories.levels import make_measurement, measure_again
from tests.factories.registry import make_workplace
from tests.factories.streams import bring, confirm, make_rows, send_path

from dure.engines.levels.findings import Measurement
from dure.foundation.audit.actor import Actor
from dure.foundation.audit.context import acting
from dure.foundation.audit.models import AuditEntry
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.queries import get_job
from dure.foundation.jobs.worker import run_pending
from dure.foundation.notices.queries import list_notices
from dure.policy.level_grid import load_level_grid
from dure.programme.levels import actions, measuring, queries
from dure.programme.levels.errors import NothingToMeasureError
from dure.programme.levels.models import LevelMeasurement, MeasuredFile
from dure.programme.registry.models import Workplace
from dure.programme.streams import actions as streams
from dure.programme.streams.queries import ImportSummary, list_imports

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def factory() -> tuple[Actor, int]:
    return make_workplace()


def test_without_data_nothing_is_measured(factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory

    with pytest.raises(NothingToMeasureError) as refused:
        actions.request_measurement(actor, workplace_id)

    assert "파일을 먼저 올려 주세요" in str(refused.value.remedy)
    assert not Job.objects.exists()
    assert not LevelMeasurement.objects.exists()


def test_an_hour_of_minutes_is_measured_with_its_files_and_told(
    factory: tuple[Actor, int],
) -> None:
    actor, workplace_id = factory
    import_id = bring(actor, workplace_id, make_rows(60), "5월.csv")

    view = measure_again(actor, workplace_id)

    result = view.result
    assert result.rows == 60
    assert result.series_count == 2
    assert result.grade == "C"
    assert result.grid_hash == load_level_grid(view.as_of).hash
    assert [(cell.criterion) for cell in result.cells] == [
        criterion.key for criterion in load_level_grid(view.as_of).criteria
    ]
    [summary] = list_imports(actor.own_organisation_id, workplace_id)
    assert [(f.import_id, f.name, f.sha256, f.rows) for f in view.files] == [
        (import_id, "5월.csv", summary.sha256, 60)
    ]
    assert view.undone_files == ()
    assert view.measured_by == actor.label
    [notice] = [n for n in list_notices(int(actor.user_id or 0)) if "수준" in str(n.title)]
    assert notice.url == f"/my/workplaces/{workplace_id}/level/{view.id}/"
    entry = AuditEntry.objects.get(action="levels:measurement:recorded")
    assert entry.new["result_sha256"] == view.result_sha256
    assert entry.new["imports"] == [import_id]


def test_the_same_data_measured_again_give_the_same_bytes(factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    bring(actor, workplace_id, make_rows(400))
    bring(actor, workplace_id, make_rows(400, day="2024-05-02", base=21.0), "둘째.csv")

    first, second = measure_again(actor, workplace_id), measure_again(actor, workplace_id)

    assert first.id != second.id
    assert first.result_json == second.result_json
    assert first.result_sha256 == hashlib.sha256(second.result_json.encode()).hexdigest()
    assert Measurement.from_json(first.result_json) == first.result
    listed = queries.list_measurements(actor.own_organisation_id, workplace_id)
    assert [view.id for view in listed] == [second.id, first.id]


def test_a_real_casting_file_is_measured_the_same_twice(
    factory: tuple[Actor, int], factory_data: Path
) -> None:
    actor, workplace_id = factory
    import_id = send_path(actor, workplace_id, factory_data / "kamp_casting" / "casting.parquet")
    confirm(actor, import_id)
    run_pending()

    first, second = measure_again(actor, workplace_id), measure_again(actor, workplace_id)

    assert first.result.rows == 72_079
    assert first.result_json.encode() == second.result_json.encode()


def test_while_one_is_under_way_asking_again_gives_the_same_job(
    factory: tuple[Actor, int],
) -> None:
    actor, workplace_id = factory
    bring(actor, workplace_id, make_rows(60))

    first = actions.request_measurement(actor, workplace_id)
    second = actions.request_measurement(actor, workplace_id)

    assert first == second
    job = queries.open_job(actor.own_organisation_id, workplace_id)
    assert job is not None
    assert (job.id, job.state) == (first, "queued")
    run_pending()
    assert queries.open_job(actor.own_organisation_id, workplace_id) is None
    assert LevelMeasurement.objects.count() == 1
    assert actions.request_measurement(actor, workplace_id) != first


def test_another_workplace_has_its_own_job(factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    bring(actor, workplace_id, make_rows(60))
    actions.request_measurement(actor, workplace_id)
    _, other = make_workplace()

    assert queries.open_job(actor.own_organisation_id, other) is None


def test_a_job_run_again_after_a_crash_leaves_one_measurement(
    factory: tuple[Actor, int],
) -> None:
    actor, workplace_id = factory
    view = make_measurement(actor, workplace_id)
    job = queries.last_job(actor.own_organisation_id, workplace_id)
    assert job is not None
    Job.objects.filter(pk=job.id).update(state=Job.State.QUEUED)

    from dure.foundation.jobs.execution import execute

    execute(job.id)

    assert LevelMeasurement.objects.count() == 1
    assert get_job(actor.own_organisation_id, job.id).result == {
        "measurement_id": view.id,
        "workplace_id": workplace_id,
    }


def test_a_measurement_says_when_a_file_it_rests_on_was_taken_back(
    factory: tuple[Actor, int],
) -> None:
    actor, workplace_id = factory
    kept = bring(actor, workplace_id, make_rows(60), "첫째.csv")
    undone = bring(actor, workplace_id, make_rows(60, day="2024-05-02"), "둘째.csv")
    view = measure_again(actor, workplace_id)

    streams.undo_import(actor, undone)

    after = queries.get_measurement(actor.own_organisation_id, workplace_id, view.id)
    assert [file.name for file in after.undone_files] == ["둘째.csv"]
    assert after.import_ids == {kept, undone}
    [line] = queries.list_history(actor.own_organisation_id, workplace_id)
    assert (line.id, line.rests_on_undone) == (view.id, True)
    assert after.result_json == view.result_json
    again = measure_again(actor, workplace_id)
    assert again.import_ids == {kept}
    assert again.result.rows == 60
    lines = queries.list_history(actor.own_organisation_id, workplace_id)
    assert [(row.id, row.rests_on_undone) for row in lines] == [(again.id, False), (view.id, True)]
    assert lines[0].system_level == again.result.system_level
    assert lines[0].confidence == again.result.confidence


def test_data_all_taken_back_before_the_worker_comes_fail_the_job_with_a_way_out(
    factory: tuple[Actor, int],
) -> None:
    actor, workplace_id = factory
    import_id = bring(actor, workplace_id, make_rows(60))
    job_id = actions.request_measurement(actor, workplace_id)
    streams.undo_import(actor, import_id)

    run_pending()

    job = get_job(actor.own_organisation_id, job_id)
    assert job.state == "failed"
    assert str(job.error) == "아직 잴 데이터가 없습니다."
    assert not LevelMeasurement.objects.exists()


def test_data_that_change_while_measured_are_measured_again(
    factory: tuple[Actor, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, workplace_id = factory
    bring(actor, workplace_id, make_rows(60), "첫째.csv")
    listed = _changing_once(actor, workplace_id, measuring._finished)
    monkeypatch.setattr(measuring, "_finished", lambda *_args: next(listed))

    view = measure_again(actor, workplace_id)

    assert LevelMeasurement.objects.count() == 1
    assert sorted(file.name for file in view.files) == ["둘째.csv", "첫째.csv"]
    assert view.result.rows == 120


def _changing_once(
    actor: Actor, workplace_id: int, finished: object
) -> Iterator[tuple[ImportSummary, ...]]:
    """What counts before the measurement, then – a file more has come – for ever after."""
    organisation_id = actor.own_organisation_id
    assert callable(finished)
    before = finished(organisation_id, workplace_id)
    yield before
    bring(actor, workplace_id, make_rows(60, day="2024-05-02"), "둘째.csv")
    while True:
        yield finished(organisation_id, workplace_id)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_measurement(
    factory: tuple[Actor, int], change: str
) -> None:
    actor, workplace_id = factory
    view = make_measurement(actor, workplace_id)
    rows = LevelMeasurement.objects.filter(pk=view.id)
    files = MeasuredFile.objects.filter(measurement_id=view.id)

    for change_it in (
        (lambda: rows.update(system_level="advanced"), lambda: files.update(sha256=""))
        if change == "update"
        else (files.delete, lambda: rows._raw_delete("default"))  # type: ignore[attr-defined]
    ):
        with pytest.raises(IntegrityError, match="never allowed"), acting(actor):
            change_it()

    again = queries.get_measurement(actor.own_organisation_id, workplace_id, view.id)
    assert again == view


def test_a_measurement_without_an_actor_is_refused(factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    view = make_measurement(actor, workplace_id)
    row = LevelMeasurement.objects.get(pk=view.id)
    row.pk, row.job_id = None, 999

    with pytest.raises(IntegrityError, match="without an actor"), transaction.atomic():
        row.save(force_insert=True)

    assert LevelMeasurement.objects.count() == 1


def test_another_firms_measurement_does_not_exist(factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    view = make_measurement(actor, workplace_id)
    stranger, their_workplace = make_workplace()

    with pytest.raises(LevelMeasurement.DoesNotExist):
        queries.get_measurement(stranger.own_organisation_id, workplace_id, view.id)
    with pytest.raises(LevelMeasurement.DoesNotExist):
        queries.get_measurement(actor.own_organisation_id, their_workplace, view.id)
    with pytest.raises(Workplace.DoesNotExist):
        actions.request_measurement(stranger, workplace_id)
    assert queries.find_latest(stranger.own_organisation_id, workplace_id) is None
    assert queries.list_history(stranger.own_organisation_id, workplace_id) == ()
    assert queries.open_job(stranger.own_organisation_id, workplace_id) is None


def test_the_kept_text_is_json_that_other_programs_read(factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory

    view = make_measurement(actor, workplace_id)

    plain = json.loads(view.result_json)
    assert plain["system_level"] == view.result.system_level
    assert plain["worth"]["ko"].startswith("C등급")
