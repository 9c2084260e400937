"""Measures a workplace's data against the level grid of the day, and writes it down.

The lake may change while it is read. The imports that count are therefore listed before and
after, and a measurement is kept only if they are the same: it rests on one state of the data.
"""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from dure.engines.levels.findings import Measurement
from dure.engines.levels.measure import measure
from dure.foundation.audit.record import recorded
from dure.foundation.jobs.runners import JobHandle
from dure.foundation.notices.actions import send_notice
from dure.kernel.instants import today_kst
from dure.kernel.text import Text
from dure.policy.level_grid import LevelGrid, load_level_grid
from dure.programme.levels.errors import DataChangedError, NothingToMeasureError
from dure.programme.levels.models import LevelMeasurement, MeasuredFile
from dure.programme.registry.models import Workplace
from dure.programme.streams import queries as streams
from dure.programme.streams.queries import ImportSummary

JOB_KIND = "levels.measure"
_TRIES = 3
_DONE = "done"


def run_measurement(job: JobHandle, workplace_id: int) -> dict[str, Any]:
    """Measure and record; returns `{"measurement_id", "workplace_id"}` for the job.

    Raises:
        NothingToMeasureError: every import was undone meanwhile.
        DataChangedError: the data did not hold still.
        JobLostError: another run of the same job took over.
    """
    known = LevelMeasurement.objects.filter(job_id=job.id).values_list("pk", flat=True).first()
    measurement_id = known or _measure_and_record(job, workplace_id)
    return {"measurement_id": measurement_id, "workplace_id": workplace_id}


def _measure_and_record(job: JobHandle, workplace_id: int) -> int:
    as_of = today_kst(timezone.now())
    grid = load_level_grid(as_of)
    for _ in range(_TRIES):
        files = _finished(job.organisation_id, workplace_id)
        if not files:
            raise NothingToMeasureError
        job.progress(
            0, 0, Text("파일 {count}개의 기록을 기준과 견주고 있습니다.", {"count": len(files)})
        )
        result = _measured(job.organisation_id, workplace_id, grid, as_of)
        measurement_id = _record(job, workplace_id, files, result, grid)
        if measurement_id is not None:
            return measurement_id
    raise DataChangedError


def _measured(organisation_id: int, workplace_id: int, grid: LevelGrid, as_of: date) -> Measurement:
    return measure(
        streams.open_site(organisation_id, workplace_id),
        grid=grid,
        as_of=as_of,
        refused=streams.refused_dates(organisation_id, workplace_id),
    )


def _record(
    job: JobHandle,
    workplace_id: int,
    files: tuple[ImportSummary, ...],
    result: Measurement,
    grid: LevelGrid,
) -> int | None:
    """The new measurement's id, or None where the data changed while they were measured."""
    with recorded(job.actor, "levels:measurement:recorded") as write:
        job.renew()
        workplace = Workplace.objects.select_for_update().get(
            pk=workplace_id, firm__organisation_id=job.organisation_id
        )
        if _finished(job.organisation_id, workplace_id) != files:
            write.subject(workplace, organisation_id=job.organisation_id, new={"kept": False})
            return None
        measurement = LevelMeasurement.objects.create(
            workplace=workplace,
            job_id=job.id,
            measured_by=job.actor.label,
            as_of=grid.as_of,
            **_columns(result),
        )
        MeasuredFile.objects.bulk_create(_file(measurement, file) for file in files)
        _announce(job, measurement, grid)
        write.subject(
            measurement,
            organisation_id=job.organisation_id,
            new={
                "system_level": result.system_level,
                "confidence": result.confidence,
                "grade": result.grade.value,
                "result_sha256": measurement.result_sha256,
                "imports": [file.id for file in files],
            },
        )
    return measurement.pk


def _columns(result: Measurement) -> dict[str, Any]:
    text = result.to_json()
    return {
        "system_level": result.system_level,
        "confidence": result.confidence,
        "grade": result.grade.value,
        "first_at": _instant(result.first),
        "last_at": _instant(result.last),
        "grid_hash": result.grid_hash,
        "engine_version": result.engine_version,
        "result": text,
        "result_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _file(measurement: LevelMeasurement, file: ImportSummary) -> MeasuredFile:
    return MeasuredFile(
        measurement=measurement,
        source_id=file.id,
        name=file.name,
        sha256=file.sha256,
        rows=file.rows_accepted,
    )


def _finished(organisation_id: int, workplace_id: int) -> tuple[ImportSummary, ...]:
    imports = streams.list_imports(organisation_id, workplace_id)
    return tuple(row for row in imports if row.state == _DONE)


def _announce(job: JobHandle, measurement: LevelMeasurement, grid: LevelGrid) -> None:
    if job.actor.user_id is None:
        return
    level = Text(grid.level(measurement.system_level).name.ko)
    send_notice(
        organisation_id=job.organisation_id,
        user_ids=(job.actor.user_id,),
        title=Text("데이터로 수준을 쟀습니다: {level}", {"level": level}),
        body=Text("무엇을 찾았는지, 다음 수준까지 무엇이 남았는지 확인해 보세요."),
        url=reverse("factory:level-measurement", args=(measurement.workplace_id, measurement.pk)),
    )


def _instant(micros: int | None) -> datetime | None:
    return None if micros is None else datetime.fromtimestamp(micros / 1_000_000, tz=UTC)
