"""Tells the database connection who acts, for the triggers that refuse anonymous writes.

SQLite asks this process through a function registered on each connection; PostgreSQL reads a
setting that lives only as long as the transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from dure.foundation.audit.actor import Actor

_current: ContextVar[Actor | None] = ContextVar("acting", default=None)


def current_actor() -> Actor | None:
    """The actor of the innermost open `acting` block, if any."""
    return _current.get()


def actor_token(actor: Actor | None = None) -> str | None:
    """What the database is told: role and row ids, never a name; None outside any block."""
    actor = actor or current_actor()
    if actor is None:
        return None
    return f"{actor.role}:{actor.user_id or '-'}:{actor.organisation_id or '-'}"


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Open a transaction in which the database sees `actor`, until the block ends."""
    outer = actor_token()
    token = _current.set(actor)
    try:
        with transaction.atomic():
            _tell_server(actor_token(actor))
            yield
            # After an error the rollback undoes the setting, so only success restores it.
            _tell_server(outer)
    finally:
        _current.reset(token)


def _tell_server(actor: str | None) -> None:
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('dure.actor', %s, true)", [actor or ""])
