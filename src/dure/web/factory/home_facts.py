"""What is known of one workplace when its page is drawn, read once through the rooms."""

from dataclasses import dataclass

from dure.foundation.jobs.queries import JobView
from dure.programme.levels import queries as levels
from dure.programme.levels.queries import MeasurementSummary, MeasurementView
from dure.programme.registry.queries import WorkplaceView
from dure.programme.streams import queries as streams
from dure.programme.streams.queries import ImportSummary, KpiView
from dure.programme.support import queries as support
from dure.programme.support.queries import ApplicationSummary

_HISTORY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """One workplace and what belongs to it, newest first.

    `kpis` are the first figures of `figures_from`, the newest import whose rows count.
    """

    workplace: WorkplaceView
    imports: tuple[ImportSummary, ...] = ()
    figures_from: ImportSummary | None = None
    kpis: tuple[KpiView, ...] = ()
    measurement: MeasurementView | None = None
    history: tuple[MeasurementSummary, ...] = ()
    last_job: JobView | None = None
    applications: tuple[ApplicationSummary, ...] = ()

    @property
    def loaded(self) -> tuple[ImportSummary, ...]:
        """Imports whose rows count."""
        return tuple(row for row in self.imports if row.state == "done")

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement is queued or running."""
        return self.last_job is not None and not self.last_job.is_finished

    @property
    def is_level_behind(self) -> bool:
        """Whether the newest measurement rests on other files than those that count now."""
        if self.measurement is None:
            return False
        return self.measurement.import_ids != {row.id for row in self.loaded}


def read_home(workplace: WorkplaceView) -> HomeFacts:
    """Everything the page says of a workplace of the reader's own organisation."""
    organisation_id = workplace.organisation_id
    imports = streams.list_imports(organisation_id, workplace.id)
    newest = next((row for row in imports if row.state == "done"), None)
    return HomeFacts(
        workplace=workplace,
        imports=imports,
        figures_from=newest,
        kpis=streams.get_import(organisation_id, newest.id).kpis if newest else (),
        measurement=levels.find_latest(organisation_id, workplace.id),
        history=levels.list_history(organisation_id, workplace.id, limit=_HISTORY),
        last_job=levels.last_job(organisation_id, workplace.id),
        applications=support.list_applications(organisation_id, workplace_id=workplace.id),
    )
