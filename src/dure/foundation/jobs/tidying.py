"""Throws away what has served its time: old sessions, finished tasks, broken-off uploads."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django_tasks_db.models import DBTaskResult

from dure.foundation.files.storage import drop_leftovers

KEEP_TASKS = timedelta(days=30)
KEEP_LEFTOVERS = timedelta(days=1)


def tidy(now: datetime) -> None:
    """Remove what nobody can reach any more; jobs themselves stay."""
    SessionStore.clear_expired()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASKS).delete()
    drop_leftovers(now - KEEP_LEFTOVERS)
