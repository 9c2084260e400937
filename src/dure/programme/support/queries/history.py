"""What happened to an application, told from the audit record, newest first."""

from dure.foundation.audit.models import AuditEntry
from dure.kernel.text import Text
from dure.programme.support.models import Application
from dure.programme.support.queries.views import EventView

OPERATOR_WORDS = Text("운영기관 담당자")
_TITLES = {
    "support:application:started": Text("신청서를 만들었습니다"),
    "support:application:submitted": Text("제출했습니다"),
    "support:application:resubmitted": Text("보완해서 다시 제출했습니다"),
    "support:application:withdrawn": Text("신청을 취소했습니다"),
    "support:application:supplement_requested": Text("보완을 요청했습니다"),
    "support:application:requirement_met": Text("요건검토 결과: 적합"),
    "support:application:requirement_not_met": Text("요건검토 결과: 부적합"),
}
_INTERNAL = {
    "support:application:assigned": Text("담당을 배정했습니다"),
    "support:application:assignment_undone": Text("담당 배정을 되돌렸습니다"),
}


def event_views(application: Application, *, for_operator: bool) -> tuple[EventView, ...]:
    """The events; applicants see no assignments and no operator's name."""
    titles = _TITLES | (_INTERNAL if for_operator else {})
    entries = AuditEntry.objects.filter(
        subject_type=Application._meta.label_lower,  # noqa: SLF001 - Django documents _meta as public
        subject_id=str(application.pk),
        action__in=titles,
    ).order_by("-at", "-id")
    return tuple(
        EventView(
            at=entry.at,
            title=titles[entry.action],
            detail=entry.reason or None,
            who=_who(entry, for_operator=for_operator),
        )
        for entry in entries
    )


def _who(entry: AuditEntry, *, for_operator: bool) -> str | Text:
    if entry.actor_role == "operator" and not for_operator:
        return OPERATOR_WORDS
    return entry.actor_label
