"""Registers the room's work with the job queue."""

from typing import Any

from dure.foundation.jobs.runners import JobHandle, runner
from dure.programme.levels.measuring import JOB_KIND, run_measurement


@runner(JOB_KIND)
def run(job: JobHandle, payload: dict[str, Any]) -> dict[str, Any]:
    """Measure the workplace of the payload's `workplace_id`."""
    return run_measurement(job, int(payload["workplace_id"]))
