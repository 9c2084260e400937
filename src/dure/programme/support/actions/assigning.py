"""Giving cases to reviewers, many at once, and undoing that."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.organisations.queries import list_user_ids
from dure.foundation.organisations.roles import Role
from dure.kernel.text import Text
from dure.programme.support.errors import ReviewRefusedError
from dure.programme.support.models import Application, Assignment
from dure.programme.support.permissions import Permission, require
from dure.programme.support.scope import organisation_of, submitted_case


@dataclass(frozen=True, slots=True)
class AssignedBatch:
    """What `undo_assignment` takes back; `count` cases changed hands."""

    id: uuid.UUID
    count: int


def assign_cases(
    actor: Actor,
    application_ids: Sequence[int],
    assignee_id: int | None,
    *,
    now: datetime | None = None,
) -> AssignedBatch:
    """Give all the cases to one reviewer of the actor's organisation, or to nobody (None).

    All or none; each changed case gets its own audit row. Cases that are already theirs stay.

    Raises:
        Application.DoesNotExist: one of them is not there or not submitted.
        ReviewRefusedError: nothing chosen, or the person is no reviewer here.
    """
    require(actor, Permission.ASSIGN_CASE)
    if not application_ids:
        raise ReviewRefusedError("application", Text("배정할 신청을 하나 이상 골라 주세요."))
    reviewers = list_user_ids(actor.own_organisation_id, role=Role.OPERATOR)
    if assignee_id is not None and assignee_id not in reviewers:
        raise ReviewRefusedError("assignee", Text("담당자 목록에서 골라 주세요."))
    batch, now = uuid.uuid4(), now or timezone.now()
    with transaction.atomic():
        changed = [
            _assign(actor, application_id, assignee_id, batch=batch, now=now)
            for application_id in sorted(set(application_ids))
        ]
    return AssignedBatch(batch, sum(changed))


def _assign(
    actor: Actor, application_id: int, assignee_id: int | None, *, batch: uuid.UUID, now: datetime
) -> bool:
    application = submitted_case(application_id)
    before = application.assignee_id
    if before == assignee_id:
        return False
    with recorded(actor, "support:application:assigned") as write:
        Assignment.objects.create(
            application=application,
            batch=batch,
            before_id=before,
            after_id=assignee_id,
            assigned_by_id=actor.user_id,
            assigned_at=now,
        )
        _hand_over(application, assignee_id)
        write.subject(
            application,
            organisation_id=organisation_of(application),
            old={"assignee": before},
            new={"assignee": assignee_id, "batch": str(batch)},
        )
    return True


def undo_assignment(actor: Actor, batch: uuid.UUID, *, now: datetime | None = None) -> int:
    """Give the cases of one's own batch back to whoever had them; returns how many.

    A case that changed hands since stays where it is.

    Raises:
        ReviewRefusedError: not the actor's batch, or undone already.
    """
    require(actor, Permission.ASSIGN_CASE)
    now = now or timezone.now()
    with transaction.atomic():
        rows = list(
            Assignment.objects.select_for_update().filter(
                batch=batch, assigned_by_id=actor.user_id, undone_at=None
            )
        )
        if not rows:
            raise ReviewRefusedError("batch", Text("되돌릴 배정이 없습니다."))
        return sum(_undo(actor, row, now) for row in rows)


def _undo(actor: Actor, row: Assignment, now: datetime) -> bool:
    application = submitted_case(row.application_id)
    if application.assignee_id != row.after_id:
        return False
    with recorded(actor, "support:application:assignment_undone") as write:
        row.undone_at = now
        row.save(update_fields=["undone_at"])
        _hand_over(application, row.before_id)
        write.subject(
            application,
            organisation_id=organisation_of(application),
            old={"assignee": row.after_id},
            new={"assignee": row.before_id, "batch": str(row.batch)},
        )
    return True


def _hand_over(application: Application, assignee_id: int | None) -> None:
    application.assignee_id = assignee_id
    application.save(update_fields=["assignee"])
