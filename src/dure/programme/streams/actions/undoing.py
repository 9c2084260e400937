"""Taking an import back: exactly its rows leave the lake, the original file stays.

The database says first that the rows no longer count, and only then they leave the lake: after
a crash between the two they are left over, but no one reads them, and the next import of the
workplace sweeps them out.
"""

from functools import partial

from django.db import transaction
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.programme.streams.errors import ImportStateError
from dure.programme.streams.lake import drop_rows
from dure.programme.streams.models import Import
from dure.programme.streams.scope import own_import
from dure.programme.streams.states import State, is_open


def undo_import(actor: Actor, import_id: int, *, reason: str = "") -> None:
    """Remove the import's rows from the lake; the row and the original file remain as history.

    Raises:
        Import.DoesNotExist: not the actor's.
        ImportStateError: it is not finished, or was undone before.
    """
    with recorded(actor, "streams:import:undone", reason=reason) as write:
        row = own_import(actor, import_id)
        if row.state != State.DONE:
            raise ImportStateError
        row.state = State.UNDONE
        row.finished_at = timezone.now()
        row.save(update_fields=["state", "finished_at"])
        write.subject(
            row,
            organisation_id=actor.organisation_id,
            old={"state": State.DONE.value, "rows": row.rows_accepted},
            new={"state": row.state},
        )
        _drop_after_commit(row)


def discard_import(actor: Actor, import_id: int) -> None:
    """Set aside a file that was inspected or failed, without importing it.

    Raises:
        Import.DoesNotExist: not the actor's.
        ImportStateError: it is being imported, or was.
    """
    with recorded(actor, "streams:import:discarded") as write:
        row = own_import(actor, import_id)
        if not is_open(row):
            raise ImportStateError
        old, row.state = row.state, State.DISCARDED
        row.finished_at = timezone.now()
        row.save(update_fields=["state", "finished_at"])
        write.subject(
            row,
            organisation_id=actor.organisation_id,
            old={"state": old},
            new={"state": row.state},
        )
        _drop_after_commit(row)


def _drop_after_commit(row: Import) -> None:
    if row.lake_key:
        # Robust: the rows count no longer whatever the lake answers, so the page need not fail.
        transaction.on_commit(partial(drop_rows, row.workplace_id, row.lake_key), robust=True)
