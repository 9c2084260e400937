"""Signals: the series of a workplace over all its finished imports, and how healthy they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, QuerySet

from dure.engines.kpi.cadence import GAP_STEPS
from dure.engines.lake.series import SeriesInfo, SiteData
from dure.engines.lake.site import LakeSite
from dure.programme.streams.lake import get_lake, site_of
from dure.programme.streams.models import Import, ImportedSeries
from dure.programme.streams.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalView:
    """One series with its health; instants UTC, lengths in seconds.

    Gaps within imports and between them are counted; None where the series has no times.
    `words` is the most different words any import brought; `import_ids` oldest first.
    """

    series_id: str
    table: str
    tag: str
    name: str
    unit: str
    role: str
    equipment_id: int | None
    equipment: str
    rows: int
    filled: int
    first_at: datetime | None
    last_at: datetime | None
    minimum: float | None
    maximum: float | None
    is_constant: bool
    words: int | None
    cadence_seconds: float | None
    gap_count: int | None
    gap_seconds: float | None
    longest_gap_at: datetime | None
    longest_gap_seconds: float | None
    import_ids: tuple[int, ...]
    source_name: str
    received_at: datetime | None

    @property
    def is_words(self) -> bool:
        """Whether its values are words, which no line can show."""
        return self.words is not None

    @property
    def filled_share(self) -> float | None:
        """Share of rows with a value (0–1); None without rows."""
        return self.filled / self.rows if self.rows else None


class SignalNotFoundError(ObjectDoesNotExist):
    """The workplace has no such signal, or it is another organisation's."""


def list_signals(
    organisation_id: int, workplace_id: int, *, equipment_id: int | None = None
) -> tuple[SignalView, ...]:
    """Signals of a workplace, table by table in file order; one machine's where it is named."""
    rows = _series(organisation_id, workplace_id)
    if equipment_id is not None:
        rows = rows.filter(source__equipment_id=equipment_id)
    return _merged(rows)


def get_signal(organisation_id: int, workplace_id: int, series_id: str) -> SignalView:
    """One signal; raises `SignalNotFoundError`."""
    found = _merged(_series(organisation_id, workplace_id).filter(series_id=series_id))
    if not found:
        raise SignalNotFoundError(series_id)
    return found[0]


def health(organisation_id: int, import_id: int) -> tuple[SignalView, ...]:
    """What one finished import brought, series by series in file order."""
    rows = _finished(organisation_id).filter(source_id=import_id)
    return _merged(rows.order_by("position"))


def list_series(organisation_id: int, workplace_id: int) -> tuple[SeriesInfo, ...]:
    """The workplace's series as the engines describe them."""
    return open_site(organisation_id, workplace_id).list_series()


def open_site(organisation_id: int, workplace_id: int) -> SiteData:
    """The rows of the workplace's finished imports, for engines to read."""
    return site_data(organisation_id, workplace_id)


def site_data(organisation_id: int, workplace_id: int) -> LakeSite:
    """As `open_site`, with the lake's own questions."""
    keys = counted_keys(organisation_id, workplace_id)
    return get_lake().site_data(site_of(workplace_id), imports=keys)


def counted_keys(organisation_id: int, workplace_id: int) -> tuple[str, ...]:
    """Lake keys of the imports whose rows count; empty for another organisation's workplace."""
    rows = Import.objects.filter(
        workplace_id=workplace_id,
        workplace__firm__organisation_id=organisation_id,
        state=State.DONE,
    )
    return tuple(rows.order_by("id").values_list("lake_key", flat=True))


def count_series_by_equipment(organisation_id: int, workplace_id: int) -> dict[int, int]:
    """How many signals came from each machine that sent any, by its id."""
    counted = (
        _finished(organisation_id)
        .filter(source__workplace_id=workplace_id, source__equipment__isnull=False)
        .values_list("source__equipment_id")
        .annotate(signals=Count("series_id", distinct=True))
    )
    return {int(equipment_id): signals for equipment_id, signals in counted}


def _finished(organisation_id: int) -> "QuerySet[ImportedSeries]":
    return ImportedSeries.objects.filter(
        source__state=State.DONE, source__workplace__firm__organisation_id=organisation_id
    )


def _series(organisation_id: int, workplace_id: int) -> "QuerySet[ImportedSeries]":
    rows = _finished(organisation_id).filter(source__workplace_id=workplace_id)
    return rows.order_by("source__sent_at", "source_id", "position")


def _merged(rows: "QuerySet[ImportedSeries]") -> tuple[SignalView, ...]:
    """Rows of the same series joined; the newest import's names win."""
    by_id: dict[str, list[ImportedSeries]] = {}
    for row in rows:
        by_id.setdefault(row.series_id, []).append(row)
    # Apart from the rows: a wide file's import is heavy, and would be read once for each series.
    newest = {parts[-1].source_id for parts in by_id.values()}
    imports = Import.objects.filter(pk__in=newest).select_related("file", "equipment")
    sources = {row.pk: row for row in imports.defer("inspection", "mapping", "report")}
    return tuple(_signal(parts, sources[parts[-1].source_id]) for parts in by_id.values())


def _signal(parts: list[ImportedSeries], source: Import) -> SignalView:
    newest = parts[-1]
    lows = [part.minimum for part in parts if part.minimum is not None]
    highs = [part.maximum for part in parts if part.maximum is not None]
    gaps = _gaps(parts)
    return SignalView(
        series_id=newest.series_id,
        table=newest.series_id.split("/")[0],
        tag=newest.tag,
        name=newest.name,
        unit=newest.unit,
        role=newest.role,
        equipment_id=source.equipment_id,
        equipment=source.equipment.name if source.equipment else "",
        rows=sum(part.rows for part in parts),
        filled=sum(part.filled for part in parts),
        first_at=min((part.first_at for part in parts if part.first_at), default=None),
        last_at=max((part.last_at for part in parts if part.last_at), default=None),
        minimum=min(lows, default=None),
        maximum=max(highs, default=None),
        is_constant=all(p.is_constant for p in parts) and len({*lows, *highs}) <= 1,
        words=max((part.words for part in parts if part.words is not None), default=None),
        cadence_seconds=max(parts, key=lambda part: part.rows).cadence_seconds,
        gap_count=gaps.count,
        gap_seconds=gaps.seconds,
        longest_gap_at=gaps.longest_at,
        longest_gap_seconds=gaps.longest,
        import_ids=tuple(part.source_id for part in parts),
        source_name=source.file.name,
        received_at=source.finished_at,
    )


@dataclass(slots=True)
class _Gaps:
    count: int | None = None
    seconds: float | None = None
    longest: float | None = None
    longest_at: datetime | None = None

    def add(self, count: int, seconds: float, longest: float, at: datetime | None) -> None:
        self.count = (self.count or 0) + count
        self.seconds = (self.seconds or 0.0) + seconds
        if at is not None and longest > (self.longest or 0.0):
            self.longest, self.longest_at = longest, at


def _gaps(parts: Iterable[ImportedSeries]) -> _Gaps:
    """Gaps inside the imports, and the stretches between them that none covers."""
    found = _Gaps()
    reached: datetime | None = None
    timed = [part for part in parts if part.first_at and part.last_at]
    for part in sorted(timed, key=lambda part: (part.first_at, part.last_at)):
        if part.gap_count is not None:
            seconds, longest = part.gap_seconds or 0.0, part.longest_gap_seconds or 0.0
            found.add(part.gap_count, seconds, longest, part.longest_gap_at)
        first, last = part.first_at, part.last_at
        if first is None or last is None:
            continue
        between = (first - reached).total_seconds() if reached else 0.0
        if part.cadence_seconds and between > GAP_STEPS * part.cadence_seconds:
            found.add(1, between, between, reached)
        reached = max(reached, last) if reached else last
    return found
