"""Writes of the level room: ask for a measurement."""

from django.db import transaction

from dure.foundation.audit.actor import Actor
from dure.foundation.jobs.actions import enqueue
from dure.kernel.text import Text
from dure.programme.levels.errors import NothingToMeasureError
from dure.programme.levels.measuring import JOB_KIND
from dure.programme.levels.queries import open_job
from dure.programme.registry import queries as registry
from dure.programme.registry.models import Workplace
from dure.programme.streams import queries as streams


def request_measurement(actor: Actor, workplace_id: int) -> int:
    """Queue a measurement of everything the workplace has imported, and return the job's id.

    While one is under way its id is returned again.

    Raises:
        Workplace.DoesNotExist: not the actor's.
        NothingToMeasureError: no import is finished.
    """
    organisation_id = actor.own_organisation_id
    with transaction.atomic():
        workplace = registry.get_workplace(organisation_id, workplace_id)
        # Two requests at once take turns, so that the second sees the first one's job.
        Workplace.objects.select_for_update().get(pk=workplace_id)
        job = open_job(organisation_id, workplace_id)
        if job is not None:
            return job.id
        if not streams.count_imports(organisation_id, workplace_id):
            raise NothingToMeasureError
        return enqueue(
            actor,
            JOB_KIND,
            {"workplace_id": workplace_id},
            organisation_id=organisation_id,
            title=Text("수준 측정: {name}", {"name": workplace.name}),
        )
