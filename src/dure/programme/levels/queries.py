"""Reads of the level room, always inside one organisation; plain data only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from dure.engines.levels.findings import Measurement
from dure.foundation.jobs.queries import JobView, list_jobs
from dure.programme.levels.measuring import JOB_KIND
from dure.programme.levels.models import LevelMeasurement, MeasuredFile
from dure.programme.streams.models import Import


@dataclass(frozen=True, slots=True)
class MeasuredFileView:
    """A file a measurement rests on; `is_undone` when its rows were taken back since."""

    import_id: int
    name: str
    sha256: str
    rows: int
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementView:
    """A measurement with what it rests on; instants UTC, `as_of` the day of its level grid.

    `first_at` and `last_at` are the times of the data, None where they have none.

    `result_sha256` is the hash of `result_json`, the engine's own bytes.
    """

    id: int
    workplace_id: int
    measured_at: datetime
    measured_by: str
    as_of: date
    first_at: datetime | None
    last_at: datetime | None
    result: Measurement
    result_json: str
    result_sha256: str
    files: tuple[MeasuredFileView, ...]

    @property
    def undone_files(self) -> tuple[MeasuredFileView, ...]:
        """Files whose rows were taken back after the measurement: it no longer stands on them."""
        return tuple(file for file in self.files if file.is_undone)

    @property
    def import_ids(self) -> frozenset[int]:
        """The imports it rests on."""
        return frozenset(file.import_id for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementSummary:
    """One line of the history; `rests_on_undone` where a file of it was taken back since."""

    id: int
    workplace_id: int
    measured_at: datetime
    measured_by: str
    system_level: str
    confidence: float
    grade: str
    rests_on_undone: bool


def list_history(
    organisation_id: int, workplace_id: int, *, limit: int | None = None
) -> tuple[MeasurementSummary, ...]:
    """Measurements of a workplace without their findings, newest first."""
    undone = MeasuredFile.objects.filter(
        measurement=OuterRef("pk"), source__state=Import.State.UNDONE
    )
    rows = LevelMeasurement.objects.filter(
        workplace_id=workplace_id, workplace__firm__organisation_id=organisation_id
    ).annotate(is_undone=Exists(undone))
    return tuple(
        MeasurementSummary(
            id=row.pk,
            workplace_id=row.workplace_id,
            measured_at=row.measured_at,
            measured_by=row.measured_by,
            system_level=row.system_level,
            confidence=row.confidence,
            grade=row.grade,
            rests_on_undone=row.is_undone,
        )
        for row in rows.defer("result").order_by("-measured_at", "-id")[:limit]
    )


def list_measurements(
    organisation_id: int, workplace_id: int, *, limit: int | None = None
) -> tuple[MeasurementView, ...]:
    """Measurements of a workplace, newest first."""
    rows = _measurements(organisation_id).filter(workplace_id=workplace_id)
    return tuple(_view(row) for row in rows.order_by("-measured_at", "-id")[:limit])


def get_measurement(
    organisation_id: int, workplace_id: int, measurement_id: int
) -> MeasurementView:
    """One measurement; raises `LevelMeasurement.DoesNotExist` outside the organisation."""
    rows = _measurements(organisation_id).filter(workplace_id=workplace_id)
    return _view(rows.get(pk=measurement_id))


def find_latest(organisation_id: int, workplace_id: int) -> MeasurementView | None:
    """The newest measurement of a workplace, or None before the first."""
    return next(iter(list_measurements(organisation_id, workplace_id, limit=1)), None)


def open_job(organisation_id: int, workplace_id: int) -> JobView | None:
    """The measurement under way, or None."""
    job = last_job(organisation_id, workplace_id)
    return job if job is not None and not job.is_finished else None


def last_job(organisation_id: int, workplace_id: int) -> JobView | None:
    """The newest measurement asked for, whatever became of it; None before the first."""
    asked = {"workplace_id": workplace_id}
    return next(iter(list_jobs(organisation_id, kind=JOB_KIND, payload=asked, limit=1)), None)


def _measurements(organisation_id: int) -> "QuerySet[LevelMeasurement]":
    return LevelMeasurement.objects.filter(
        workplace__firm__organisation_id=organisation_id
    ).prefetch_related("files__source")


def _view(row: LevelMeasurement) -> MeasurementView:
    files = sorted(row.files.all(), key=lambda file: file.source_id)
    return MeasurementView(
        id=row.pk,
        workplace_id=row.workplace_id,
        measured_at=row.measured_at,
        measured_by=row.measured_by,
        as_of=row.as_of,
        first_at=row.first_at,
        last_at=row.last_at,
        result=Measurement.from_json(row.result),
        result_json=row.result,
        result_sha256=row.result_sha256,
        files=tuple(_file_view(file) for file in files),
    )


def _file_view(file: MeasuredFile) -> MeasuredFileView:
    return MeasuredFileView(
        import_id=file.source_id,
        name=file.name,
        sha256=file.sha256,
        rows=file.rows,
        is_undone=file.source.state == Import.State.UNDONE,
    )
