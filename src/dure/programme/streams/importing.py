"""Carries one confirmed file into the lake, looks at what came in, and writes it down.

The lake and the database commit separately, the lake first. Rows count only once the database
says that the import is done, and under the key of the run that it names: whatever a run that
died has left in the lake is read by no one, and the next run of the workplace sweeps it out.
"""

import json
import time
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from dure.engines.kpi.first import first_kpis
from dure.engines.kpi.indicator import KpiValue
from dure.engines.lake.mapping import Mapping
from dure.engines.lake.store import Beside, ImportReport, Lake
from dure.foundation.audit.record import recorded
from dure.foundation.files.queries import get_file
from dure.foundation.jobs.errors import JobLostError
from dure.foundation.jobs.runners import JobHandle
from dure.foundation.sentences import sentence_to_json
from dure.kernel.errors import DureError
from dure.kernel.text import Text
from dure.programme.streams.announcing import announce_done, announce_failed
from dure.programme.streams.errors import ImportStateError
from dure.programme.streams.lake import drop_rows, get_lake, lake_key_of, site_of
from dure.programme.streams.models import Import, ImportedSeries
from dure.programme.streams.records import finding_to_json, instant_of, kpi_to_json, record_series
from dure.programme.streams.scope import own_import
from dure.programme.streams.states import ON_THE_WAY, State

JOB_KIND = "streams.import"
_UNEXPECTED = Text("가져오는 중에 예기치 않게 멈췄습니다.")
_TRY_AGAIN = Text("'다시 시도'를 눌러 주세요. 원본 파일은 그대로 있습니다.")


def run_import(job: JobHandle, import_id: int) -> dict[str, Any]:
    """Import the file; returns `{"import_id", "accepted", "refused"}` for the job.

    Raises:
        ImportStateError: the import was undone or set aside meanwhile.
        LakeError: the file cannot be imported; nothing of it stays in the lake.
        JobLostError: another run of the same job took over; this one writes nothing more.
    """
    row = own_import_of(job, import_id)
    if row.state != State.DONE:
        row, stale = _begin(job, import_id)
        began = time.monotonic()
        try:
            _sweep(row, stale)
            report = _into_lake(job, row)
            job.progress(0, 0, Text("받은 데이터를 살펴보고 있습니다."))
            data = get_lake().site_data(site_of(row.workplace_id), imports=(row.lake_key,))
            series, kpis = record_series(row, data), first_kpis(data)
            _finish(job, import_id, report, series, kpis, seconds=time.monotonic() - began)
        except JobLostError:
            raise
        except Exception as error:
            _fail(job, import_id, error)
            drop_rows(row.workplace_id, row.lake_key)
            raise
        row.refresh_from_db()
    return {"import_id": row.pk, "accepted": row.rows_accepted, "refused": row.rows_refused}


def own_import_of(job: JobHandle, import_id: int) -> Import:
    """The import a job of the organisation is about; raises `Import.DoesNotExist`."""
    return Import.objects.get(
        pk=import_id, workplace__firm__organisation_id=job.actor.own_organisation_id
    )


def _begin(job: JobHandle, import_id: int) -> tuple[Import, str]:
    """Name this run's key, so that whatever becomes of it can be found; and the run's before."""
    with recorded(job.actor, "streams:import:began") as write:
        job.renew()
        row = own_import(job.actor, import_id)
        if row.state not in ON_THE_WAY:
            raise ImportStateError
        old = {"state": str(row.state), "lake_key": row.lake_key}
        row.state, row.lake_key = State.RUNNING, lake_key_of(row.pk, job.id, job.attempt)
        row.save(update_fields=["state", "lake_key"])
        write.subject(
            row,
            organisation_id=job.organisation_id,
            old=old,
            new={"state": str(row.state), "lake_key": row.lake_key},
        )
    return row, old["lake_key"]


def _sweep(row: Import, stale: str) -> None:
    """Take out of the workplace's lake what the database does not count.

    Of a run of this import that died even what the lake itself never saw is taken out.
    """
    if stale:
        drop_rows(row.workplace_id, stale)
    counted = set(_counted_keys(row.workplace_id))
    for manifest in get_lake().list_imports(site_of(row.workplace_id)):
        if manifest.import_id not in counted:
            drop_rows(row.workplace_id, manifest.import_id)


def _counted_keys(workplace_id: int, **only: Any) -> Iterable[str]:  # noqa: ANN401 - field lookups
    """Keys of the workplace's runs that are done or under way."""
    return (
        Import.objects.filter(
            workplace_id=workplace_id, state__in=(State.RUNNING, State.DONE), **only
        )
        .exclude(lake_key="")
        .values_list("lake_key", flat=True)
    )


def _into_lake(job: JobHandle, row: Import) -> ImportReport:
    lake: Lake = get_lake()
    file = get_file(row.file.organisation_id, row.file_id)
    same_machine = _counted_keys(row.workplace_id, equipment_id=row.equipment_id)
    return lake.import_file(
        file.path,
        Mapping.from_json(json.dumps(row.mapping)),
        site=site_of(row.workplace_id),
        import_id=row.lake_key,
        frame=Beside(frozenset(same_machine)),
        name=file.name,
        progress=lambda done, total: job.progress(
            done, total, Text("파일을 읽어 보관하고 있습니다.")
        ),
    )


def _finish(
    job: JobHandle,
    import_id: int,
    report: ImportReport,
    series: list[ImportedSeries],
    kpis: tuple[KpiValue, ...],
    *,
    seconds: float,
) -> None:
    with recorded(job.actor, "streams:import:finished") as write:
        job.renew()
        row = own_import(job.actor, import_id)
        row.state = State.DONE
        row.rows_accepted, row.rows_refused = report.accepted, report.refused
        row.first_at, row.last_at = instant_of(report.first), instant_of(report.last)
        row.finished_at = timezone.now()
        row.report = {
            "findings": [finding_to_json(finding) for finding in report.findings],
            "kpis": [kpi_to_json(value) for value in kpis],
            "frame": report.frame,
        }
        row.save()
        row.series.all().delete()
        ImportedSeries.objects.bulk_create(series, batch_size=500)
        announce_done(job.actor, row, seconds=seconds)
        write.subject(
            row,
            organisation_id=job.organisation_id,
            new={
                "accepted": report.accepted,
                "refused": report.refused,
                "series": len(series),
            },
        )


def _fail(job: JobHandle, import_id: int, error: Exception) -> None:
    told = isinstance(error, DureError)
    text = error.text if isinstance(error, DureError) else _UNEXPECTED
    remedy = error.remedy if isinstance(error, DureError) else _TRY_AGAIN
    with recorded(job.actor, "streams:import:failed") as write:
        job.renew()
        row = own_import(job.actor, import_id)
        row.state = State.FAILED
        row.problem = {
            "text": sentence_to_json(text),
            "remedy": sentence_to_json(remedy) if remedy else None,
        }
        row.finished_at = timezone.now()
        row.save(update_fields=["state", "problem", "finished_at"])
        announce_failed(job.actor, row, text)
        write.subject(
            row,
            organisation_id=job.organisation_id,
            new={"problem": str(text), "expected": told},
        )
