"""Tells the sender how an import ended, where they may no longer be watching."""

from django.urls import reverse

from dure.foundation.audit.actor import Actor
from dure.foundation.notices.actions import send_notice
from dure.kernel.text import Text
from dure.programme.streams.models import Import

# Whoever waited this long has likely left the page; a shorter run needs no mail.
_LEFT_AFTER_SECONDS = 30.0


def announce_done(actor: Actor, row: Import, *, seconds: float) -> None:
    """Say that a long import is done; `seconds` is how long it ran."""
    if seconds >= _LEFT_AFTER_SECONDS:
        body = Text(
            "받은 행 {accepted:,}개, 격리한 행 {refused:,}개",
            {"accepted": row.rows_accepted, "refused": row.rows_refused},
        )
        _send(actor, row, Text("데이터를 가져왔습니다: {name}", {"name": row.file.name}), body)


def announce_failed(actor: Actor, row: Import, why: Text) -> None:
    """Say that an import failed, and why."""
    _send(actor, row, Text("데이터를 가져오지 못했습니다: {name}", {"name": row.file.name}), why)


def _send(actor: Actor, row: Import, title: Text, body: Text) -> None:
    if actor.user_id is not None:
        send_notice(
            organisation_id=row.file.organisation_id,
            user_ids=(actor.user_id,),
            title=title,
            body=body,
            url=reverse("factory:import", args=(row.pk,)),
        )
