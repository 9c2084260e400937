"""The way every write is made: one function, one transaction, one audit row.

    with recorded(actor, "support:application:submitted", reason=reason) as write:
        application.state = State.SUBMITTED
        application.save()
        write.subject(application, organisation_id=…, old={"state": "draft"}, new={"state": …})

Leaving the block without naming the subject is an error and rolls the write back. Inside the
block the database knows the actor; outside it, triggers refuse any change to a tracked table.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import models

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.context import acting
from dure.foundation.audit.models import AuditEntry


class UnrecordedWriteError(RuntimeError):
    """A recorded block ended without saying what it changed."""


class Write:
    """What the open block has changed so far."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] | None = None

    def subject(
        self,
        instance: models.Model,
        *,
        organisation_id: int | None,
        old: Mapping[str, Any] | None = None,
        new: Mapping[str, Any] | None = None,
    ) -> None:
        """Name the changed thing with the values before and after (JSON-able)."""
        self.fields = {
            "subject_type": instance._meta.label_lower,  # noqa: SLF001 - Django documents _meta as public
            "subject_id": str(instance.pk),
            "organisation_id": organisation_id,
            "old": dict(old or {}),
            "new": dict(new or {}),
        }


@contextmanager
def recorded(actor: Actor, action: str, *, reason: str = "") -> Iterator[Write]:
    """Open a transaction in which `actor` may write, and close it with one audit row."""
    with acting(actor):
        write = Write()
        yield write
        if write.fields is None:
            message = f"{action}: the write named no subject"
            raise UnrecordedWriteError(message)
        AuditEntry.objects.create(
            actor_user_id=actor.user_id,
            actor_organisation_id=actor.organisation_id,
            actor_label=actor.label,
            actor_role=actor.role,
            action=action,
            reason=reason,
            **write.fields,
        )
