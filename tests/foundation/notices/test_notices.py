"""Notices in the app and by mail."""

import email
import email.policy
import smtplib
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests.factories.foundation import make_member

from dure.foundation.jobs.worker import run_pending
from dure.foundation.notices.actions import mark_all_read, mark_read, send_notice
from dure.foundation.notices.models import Notice
from dure.foundation.notices.queries import count_unread, list_notices
from dure.kernel.text import Text

pytestmark = pytest.mark.django_db


def send(*user_ids: int, organisation_id: int) -> tuple[int, ...]:
    return send_notice(
        organisation_id=organisation_id,
        user_ids=user_ids,
        title=Text("보완 요청: {number}", {"number": "2026-1\nBcc: x@x.kr"}),
        body=Text("사업비 항목을 채워 주세요."),
        url="/my/applications/1/",
    )


def test_notice_reaches_the_app_and_the_mail_of_each_person_once() -> None:
    user, actor = make_member()
    org = actor.own_organisation_id

    send(user.pk, user.pk, organisation_id=org)
    run_pending()

    (notice,) = list_notices(user.pk)
    assert (str(notice.body), notice.url, notice.is_read) == (
        "사업비 항목을 채워 주세요.",
        "/my/applications/1/",
        False,
    )
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert sent.subject == "[두레] 보완 요청: 2026-1 Bcc: x@x.kr"
    assert sent.body == "사업비 항목을 채워 주세요.\n\nhttp://127.0.0.1:8000/my/applications/1/\n"
    assert sent.bcc == []
    assert Notice.objects.get().mailed_at is not None


def test_mail_is_written_to_a_file_where_there_is_no_server(
    settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    user, actor = make_member()

    send(user.pk, organisation_id=actor.own_organisation_id)
    run_pending()

    (file,) = (tmp_path / "mail").iterdir()
    kept = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert kept["To"] == user.email
    assert kept["Subject"] == "[두레] 보완 요청: 2026-1 Bcc: x@x.kr"
    assert "사업비 항목을 채워 주세요." in kept.get_content()


def test_rolled_back_notice_is_never_mailed() -> None:
    user, actor = make_member()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(user.pk, organisation_id=actor.own_organisation_id)
        raise ZeroDivisionError
    run_pending()

    assert count_unread(user.pk) == 0
    assert mail.outbox == []


def test_only_its_reader_marks_a_notice_read() -> None:
    user, actor = make_member()
    stranger, _ = make_member()
    (notice_id,) = send(user.pk, organisation_id=actor.own_organisation_id)

    mark_read(stranger.pk, notice_id)
    unread_before = count_unread(user.pk)
    mark_read(user.pk, notice_id)

    assert (unread_before, count_unread(user.pk)) == (1, 0)
    assert list_notices(stranger.pk) == ()


def test_all_are_marked_read_at_once() -> None:
    user, actor = make_member()
    org = actor.own_organisation_id
    send(user.pk, organisation_id=org)
    send(user.pk, organisation_id=org)

    marked = mark_all_read(user.pk)

    assert (marked, mark_all_read(user.pk), count_unread(user.pk)) == (2, 0, 0)


def test_refused_mail_is_tried_again_later_and_then_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_mail: EmailMessage, *_: Any) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", refuse)
    user, actor = make_member()
    send(user.pk, organisation_id=actor.own_organisation_id)

    run_pending()

    later = DBTaskResult.objects.get(status="READY")
    assert later.args_kwargs["args"] == [Notice.objects.get().pk, 2]
    assert later.run_after.year < 9999
    assert Notice.objects.get().mailed_at is None


def test_last_try_queues_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from dure.foundation.notices.tasks import MOST_TRIES, mail_notice

    def refuse(_mail: EmailMessage, *_: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    user, actor = make_member()
    (notice_id,) = send(user.pk, organisation_id=actor.own_organisation_id)
    DBTaskResult.objects.all().delete()

    mail_notice.call(notice_id, MOST_TRIES)

    assert DBTaskResult.objects.count() == 0


def test_mailed_notice_and_inactive_reader_get_no_mail() -> None:
    from dure.foundation.notices.tasks import mail_notice

    user, actor = make_member()
    (notice_id,) = send(user.pk, organisation_id=actor.own_organisation_id)
    run_pending()
    user.is_active = False
    user.save()
    (second,) = send(user.pk, organisation_id=actor.own_organisation_id)

    mail_notice.call(notice_id)
    mail_notice.call(second)

    assert len(mail.outbox) == 1
