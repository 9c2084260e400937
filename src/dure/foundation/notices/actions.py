"""Writes of notices."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from dure.foundation.notices.models import Notice
from dure.foundation.notices.tasks import mail_notice
from dure.foundation.sentences import sentence_to_json
from dure.kernel.text import Text


def send_notice(
    *, organisation_id: int, user_ids: Iterable[int], title: Text | str, body: Text | str, url: str
) -> tuple[int, ...]:
    """Notify people in the app and by mail; inside the caller's transaction both wait for it.

    Returns the notices' ids. The mail is queued in the same transaction and sent by the worker,
    which tries again while the mail server refuses.
    """
    notices = [
        Notice(
            user_id=user_id,
            organisation_id=organisation_id,
            title=sentence_to_json(title),
            body=sentence_to_json(body),
            url=url,
        )
        for user_id in sorted(set(user_ids))
    ]
    with transaction.atomic():
        for notice in notices:
            notice.save()
            mail_notice.enqueue(notice.pk)
    return tuple(notice.pk for notice in notices)


def mark_read(user_id: int, notice_id: int) -> None:
    """Mark one notice of this person as read; another's notice stays as it is."""
    _mark(Notice.objects.filter(user_id=user_id, pk=notice_id, read_at=None))


def mark_all_read(user_id: int) -> int:
    """Mark all of this person's notices as read, and return how many were not."""
    return _mark(Notice.objects.filter(user_id=user_id, read_at=None))


def _mark(unread: models.QuerySet[Notice]) -> int:
    return unread.update(read_at=timezone.now())
