"""Brings an installation up to date before it serves: database and static files."""

import fcntl
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

STAMP, LOCK = ".collected", ".collecting"


def update_database() -> bool:
    """Apply what is missing; returns whether anything was."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def collect_static_files() -> bool:
    """Collect static files when the built front end differs from what was collected."""
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    built = _fingerprint(Path(settings.STATICFILES_DIRS[0]))
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once would compress the same files
        stamp = folder / STAMP
        if stamp.exists() and stamp.read_text(encoding="utf-8") == built:
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(built, encoding="utf-8")
        return True


def _fingerprint(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(
        f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in files
    )
