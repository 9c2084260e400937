"""Tells the database connection who acts, for the triggers that refuse anonymous writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dure.foundation.audit.actor import Actor

_current: ContextVar[Actor | None] = ContextVar("acting", default=None)


def current_actor() -> Actor | None:
    """The actor of the innermost open `recorded` block, if any."""
    return _current.get()


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Make `actor` the one the database sees until the block ends."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)
