"""What the tests of the room look at again and again."""

from typing import Any

from dure.foundation.audit.models import AuditEntry
from dure.foundation.jobs.models import Job
from dure.foundation.notices.models import Notice
from dure.programme.support.models import (
    Application,
    Assignment,
    CaseFlag,
    RequirementDecision,
    Submission,
    Supplement,
)

_TABLES: tuple[Any, ...] = (
    Application,
    Submission,
    Supplement,
    RequirementDecision,
    Assignment,
    CaseFlag,
    AuditEntry,
    Notice,
    Job,
)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that a write of this room could touch: equal before and after a refusal."""
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in _TABLES}


def audited(application_id: int) -> list[str]:
    """What was recorded about an application, oldest first."""
    return [
        entry.action.removeprefix("support:application:") for entry in entries_of(application_id)
    ]


def entries_of(application_id: int) -> list[AuditEntry]:
    """The audit rows of an application, oldest first."""
    return list(
        AuditEntry.objects.filter(
            subject_type="support.application", subject_id=str(application_id)
        ).order_by("id")
    )


def notices_of(organisation_id: int) -> list[str]:
    """The titles of the notices an organisation got, oldest first, in Korean."""
    rows = Notice.objects.filter(organisation_id=organisation_id).order_by("id")
    return [row.title["source"] for row in rows]
