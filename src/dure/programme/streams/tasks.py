"""Registers the room's work with the job queue."""

from typing import Any

from dure.foundation.jobs.runners import JobHandle, runner
from dure.programme.streams.importing import JOB_KIND, run_import


@runner(JOB_KIND)
def run(job: JobHandle, payload: dict[str, Any]) -> dict[str, Any]:
    """Import the file of the payload's `import_id`."""
    return run_import(job, int(payload["import_id"]))
