"""Rows that were not taken in, and those among them that judge the file itself."""

from dataclasses import dataclass
from pathlib import Path

from dure.engines.lake.batches import Refusal
from dure.engines.lake.convert import IMPOSSIBLE_TIMES
from dure.engines.lake.reading import frame_name
from dure.engines.levels.integrity.dates import RefusedDate
from dure.programme.streams.lake import get_lake
from dure.programme.streams.models import Import
from dure.programme.streams.states import State

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class QuarantinePage:
    """Some refused rows of an import in file order; `total` is how many there are in all."""

    rows: tuple[Refusal, ...]
    number: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page, at least 1."""
        return max(1, -(-self.total // PAGE_ROWS))


def quarantine_page(organisation_id: int, import_id: int, number: int = 1) -> QuarantinePage:
    """A page of an import's refused rows, pages counted from 1; `Import.DoesNotExist`."""
    key = _done(organisation_id, import_id).lake_key
    lake = get_lake()
    total = lake.count_quarantine(key)
    number = min(max(1, number), max(1, -(-total // PAGE_ROWS)))
    rows = lake.quarantine_rows(key, (number - 1) * PAGE_ROWS, PAGE_ROWS)
    return QuarantinePage(rows, number, total)


def quarantine_csv(organisation_id: int, import_id: int) -> Path:
    """The refused rows as a CSV to correct and send again.

    Raises:
        Import.DoesNotExist: not the organisation's, or not finished.
        StoreError: nothing was refused.
    """
    return get_lake().quarantine_csv(_done(organisation_id, import_id).lake_key)


def refused_dates(organisation_id: int, workplace_id: int) -> tuple[RefusedDate, ...]:
    """Rows refused for an impossible date, over the workplace's finished imports."""
    reasons = {reason.source for reason in IMPOSSIBLE_TIMES}
    rows = Import.objects.filter(
        workplace_id=workplace_id,
        workplace__firm__organisation_id=organisation_id,
        state=State.DONE,
        rows_refused__gt=0,
    )
    found: list[RefusedDate] = []
    for row in rows.select_related("file").defer("inspection", "mapping").order_by("id"):
        frame = (row.report or {}).get("frame") or frame_name(row.file.name)
        refused = get_lake().refused_values(row.lake_key, reasons)
        found += [RefusedDate(frame, number, written) for number, written in refused]
    return tuple(found)


def _done(organisation_id: int, import_id: int) -> Import:
    return Import.objects.only("lake_key").get(
        pk=import_id, workplace__firm__organisation_id=organisation_id, state=State.DONE
    )
