"""The foundation on PostgreSQL: migrations, triggers, jobs and all its other tests."""

import pytest
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]

pytestmark = pytest.mark.postgres

ANONYMOUS_WRITE = """
from django.db import IntegrityError, connection
from dure.foundation.organisations.models import Organisation
try:
    Organisation.objects.create(name="x", kind="firm")
except IntegrityError as error:
    print("refused:", str(error).splitlines()[0])
"""
JOB = """
from dure.foundation.audit.actor import SYSTEM
from dure.foundation.audit.models import AuditEntry
from dure.foundation.jobs.actions import enqueue
from dure.foundation.jobs.queries import get_job
from dure.foundation.jobs.runners import runner
from dure.foundation.jobs.worker import run_pending
from dure.foundation.organisations.actions import found_agency

@runner("smoke.add")
def add(job, payload):
    job.progress(1, 1)
    return {"sum": payload["a"] + payload["b"]}

actor = found_agency("운영기관")
id = enqueue(actor, "smoke.add", {"a": 2, "b": 3}, organisation_id=actor.organisation_id, title="x")
run_pending()
job = get_job(actor.organisation_id, id)
print(job.state, job.result, AuditEntry.objects.count())
"""


def test_database_is_built_refuses_anonymous_changes_and_runs_jobs(
    postgres: PostgresServer,
) -> None:
    postgres.manage("migrate", "--verbosity", "0")

    refused = postgres.manage("shell", "--verbosity", "0", stdin=ANONYMOUS_WRITE)
    worked = postgres.manage("shell", "--verbosity", "0", stdin=JOB)

    assert "refused: dure: INSERT of organisations_organisation without an actor" in refused
    assert worked.strip().endswith("done {'sum': 5} 2")
    assert (
        postgres.manage("makemigrations", "--check", "--dry-run").strip() == "No changes detected"
    )


def test_every_test_of_the_foundation_passes_there_too(postgres: PostgresServer) -> None:
    passed = postgres.run_tests("tests/foundation")

    assert passed >= 50
