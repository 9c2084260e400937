"""Reads of notices."""

from dataclasses import dataclass
from datetime import datetime

from dure.foundation.notices.models import Notice
from dure.foundation.sentences import sentence_of
from dure.kernel.text import Text


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its reader sees it; instants are UTC."""

    id: int
    organisation_id: int
    title: Text
    body: Text
    url: str
    created_at: datetime
    is_read: bool


def list_notices(user_id: int, *, limit: int = 50) -> tuple[NoticeView, ...]:
    """The person's newest notices first."""
    found = Notice.objects.filter(user_id=user_id).order_by("-created_at", "-id")
    return tuple(_view(notice) for notice in found[:limit])


def find_notice(user_id: int, notice_id: int) -> NoticeView | None:
    """One notice of this person; None when it is not theirs."""
    found = Notice.objects.filter(user_id=user_id, pk=notice_id).first()
    return _view(found) if found else None


def count_unread(user_id: int) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(user_id=user_id, read_at=None).count()


def _view(notice: Notice) -> NoticeView:
    return NoticeView(
        id=notice.pk,
        organisation_id=notice.organisation_id,
        title=sentence_of(notice.title) or Text(""),
        body=sentence_of(notice.body) or Text(""),
        url=notice.url,
        created_at=notice.created_at,
        is_read=notice.read_at is not None,
    )
