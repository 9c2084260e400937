"""Where the lake of this installation lies, and what a workplace is called in it."""

from pathlib import Path

from django.conf import settings

from dure.engines.lake.store import Lake


def get_lake() -> Lake:
    """The lake under `LAKE_ROOT`."""
    return Lake(Path(settings.LAKE_ROOT))


def site_of(workplace_id: int) -> str:
    """The workplace's key in the lake."""
    return f"workplace-{workplace_id}"


def import_key(import_id: int) -> str:
    """An import's key in the lake; undoing removes exactly the rows that carry it."""
    return f"import-{import_id}"
