"""Where the lake of this installation lies, and what workplaces and imports are called in it."""

from pathlib import Path

from django.conf import settings

from dure.engines.lake.store import Lake


def get_lake() -> Lake:
    """The lake under `LAKE_ROOT`."""
    return Lake(Path(settings.LAKE_ROOT))


def site_of(workplace_id: int) -> str:
    """The workplace's key in the lake."""
    return f"workplace-{workplace_id}"


def lake_key_of(import_id: int, job_id: int, attempt: int) -> str:
    """What one run of an import calls its rows in the lake.

    Each run has a key of its own, so that a run given up for lost can never touch the rows of
    the run that took its place.
    """
    return f"import-{import_id}-{job_id}-{attempt}"


def drop_rows(workplace_id: int, lake_key: str) -> None:
    """Take one run's rows and quarantine out of the lake; harmless if there are none."""
    get_lake().remove_import(site_of(workplace_id), lake_key)
