"""The one task the database queue runs: a job by its id."""

from django_tasks import task

from dure.foundation.jobs.execution import execute


@task()
def run_job(job_id: int) -> None:
    """Run the queued job once; a job no longer queued is left alone."""
    execute(job_id)
