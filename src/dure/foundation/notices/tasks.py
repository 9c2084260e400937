"""Sends one notice by mail, and tries again while the mail server refuses."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django_tasks import task

from dure.foundation.notices.models import Notice
from dure.foundation.sentences import say, sentence_of

logger = logging.getLogger(__name__)

MOST_TRIES = 6
_FIRST_WAIT = timedelta(minutes=1)


@task()
def mail_notice(notice_id: int, tries: int = 1) -> None:
    """Mail the notice unless it was mailed before; on refusal queue a later try."""
    notice = Notice.objects.select_related("user").filter(pk=notice_id, mailed_at=None).first()
    if notice is None or not notice.user.is_active:
        return
    try:
        _mail_of(notice).send()
    except (smtplib.SMTPException, OSError):
        logger.warning("mail refused", extra={"notice": notice_id, "tries": tries})
        if tries < MOST_TRIES:
            later = timezone.now() + _FIRST_WAIT * 2 ** (tries - 1)
            mail_notice.using(run_after=later).enqueue(notice_id, tries + 1)
        return
    Notice.objects.filter(pk=notice_id).update(mailed_at=timezone.now())


def _mail_of(notice: Notice) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        title, body = say(sentence_of(notice.title)), say(sentence_of(notice.body))
    link = f"\n\n{settings.SITE_URL}{notice.url}" if notice.url else ""
    subject = " ".join(f"[두레] {title}".split())
    return EmailMessage(subject=subject, body=f"{body}{link}\n", to=[notice.user.email])
