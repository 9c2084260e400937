"""Levels measured for tests, by the same job as the product's."""

from dure.foundation.audit.actor import Actor
from dure.foundation.jobs.worker import run_pending
from dure.programme.levels import actions, queries
from dure.programme.levels.queries import MeasurementView
from tests.factories.streams import bring, make_rows


def make_measurement(actor: Actor, workplace_id: int) -> MeasurementView:
    """Measure what the workplace has imported; without any, one hour of readings is brought."""
    organisation_id = actor.own_organisation_id
    if not queries.list_measurements(organisation_id, workplace_id, limit=1):
        bring(actor, workplace_id, make_rows(60))
    return measure_again(actor, workplace_id)


def measure_again(actor: Actor, workplace_id: int) -> MeasurementView:
    """Measure the workplace's data as they are now."""
    actions.request_measurement(actor, workplace_id)
    run_pending()
    found = queries.find_latest(actor.own_organisation_id, workplace_id)
    assert found is not None
    return found
