"""Notices, jobs, documents and the session, through their pages."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.factories.foundation import make_member, make_organisation

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.documents.actions import issue_document
from dure.foundation.jobs.models import Job
from dure.foundation.notices.actions import send_notice
from dure.foundation.notices.queries import count_unread
from dure.foundation.organisations.roles import Role
from dure.kernel.text import Text
from dure.web import session
from dure.web.landing import landing_of

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def actor(client: Client, person: User) -> Actor:
    """Owner of 한빛정밀, signed in."""
    client.force_login(person)
    return make_member(organisation=make_organisation("한빛정밀"), user=person)[1]


def notify(actor: Actor, *, url: str = "/help/", organisation_id: int | None = None) -> int:
    (notice,) = send_notice(
        organisation_id=organisation_id or actor.own_organisation_id,
        user_ids=[actor.user_id or 0],
        title=Text("보완 요청: {number}", {"number": "2026-1"}),
        body="사업비를 <b>채워</b> 주세요.",
        url=url,
    )
    return notice


def queue(actor: Actor, **fields: Any) -> Job:
    return Job.objects.create(
        organisation_id=actor.own_organisation_id,
        kind="streams.import",
        title={"source": "가져오기: {name}", "params": {"name": "사출.csv"}},
        actor_label="x",
        actor_role="owner",
        **fields,
    )


def test_unread_notices_are_counted_on_every_page_until_read(client: Client, actor: Actor) -> None:
    first, _ = notify(actor), notify(actor)

    page = text(client.get("/accounts/notices/"))
    opened = client.post(f"/accounts/notices/{first}/read/")
    after = text(client.get("/help/"))

    assert "보완 요청: 2026-1" in page
    assert "&lt;b&gt;채워" in page
    assert 'sf-tool__count">2' in page
    assert opened["Location"] == "/help/"
    assert 'sf-tool__count">1' in after


def test_all_notices_are_read_at_once(client: Client, actor: Actor) -> None:
    notify(actor)
    notify(actor)

    page = text(client.post("/accounts/notices/read/", follow=True))

    assert "알림 2건을 읽음으로 바꿨습니다." in page
    assert count_unread(actor.user_id or 0) == 0
    assert "모두 읽음으로" not in page


def test_empty_notices_say_what_comes_here(client: Client, actor: Actor) -> None:
    assert "아직 알림이 없습니다" in text(client.get("/accounts/notices/"))
    assert actor.user_id


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", ""])
def test_notice_never_leads_elsewhere(client: Client, actor: Actor, url: str) -> None:
    notice = notify(actor, url=url)

    response = client.post(f"/accounts/notices/{notice}/read/")

    assert response["Location"] == "/accounts/notices/"


def test_notice_opens_in_the_organisation_it_is_about(
    client: Client, actor: Actor, person: User
) -> None:
    _, other = make_member(organisation=make_organisation("한빛전자"), user=person)
    notice = notify(actor, organisation_id=other.organisation_id)

    client.post(f"/accounts/notices/{notice}/read/")

    assert "한빛전자 · 도입기업 대표" in text(client.get("/help/"))


def test_anothers_notice_is_not_found_and_stays_unread(client: Client, actor: Actor) -> None:
    _, stranger = make_member()
    notice = notify(stranger)

    assert client.post(f"/accounts/notices/{notice}/read/").status_code == 404
    assert count_unread(stranger.user_id or 0) == 1
    assert actor.user_id != stranger.user_id


def test_running_job_shows_real_progress_and_asks_again(client: Client, actor: Actor) -> None:
    job = queue(
        actor,
        state="running",
        done=30,
        total=120,
        message={"source": "30행을 읽었습니다.", "params": {}},
        lease_until=timezone.now() + timedelta(minutes=1),
    )

    page = text(client.get(f"/accounts/jobs/{job.pk}/"))

    assert "가져오기: 사출.csv" in page
    assert '<progress id="job-progress" value="30" max="120">' in page
    assert "30행을 읽었습니다." in page
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "작업은 계속됩니다" in page


def test_part_for_htmx_equals_the_part_of_the_page(client: Client, actor: Actor) -> None:
    job = queue(actor)

    page = text(client.get(f"/accounts/jobs/{job.pk}/"))
    part = text(client.get(f"/accounts/jobs/{job.pk}/", headers={"HX-Request": "true"}))

    assert "<html" not in part
    assert part.strip() in page


def test_finished_job_stops_asking(client: Client, actor: Actor) -> None:
    job = queue(actor, state="done", finished_at=timezone.now())

    page = text(client.get(f"/accounts/jobs/{job.pk}/"))

    assert "작업이 끝났습니다" in page
    assert "hx-trigger" not in page
    assert "http-equiv" not in page


def test_failed_job_says_why_and_is_tried_again(client: Client, actor: Actor) -> None:
    job = queue(
        actor,
        state="failed",
        error={"source": "12행: 시각을 읽을 수 없습니다.", "params": {}},
        remedy={"source": "시각 열을 다시 골라 주세요.", "params": {}},
    )

    page = text(client.get(f"/accounts/jobs/{job.pk}/"))
    response = client.post(f"/accounts/jobs/{job.pk}/retry/")
    again = client.post(f"/accounts/jobs/{job.pk}/retry/")

    assert "12행: 시각을 읽을 수 없습니다." in page
    assert "시각 열을 다시 골라 주세요." in page
    assert "다시 시도" in page
    assert response["Location"] == f"/accounts/jobs/{job.pk}/"
    assert Job.objects.get().state == "queued"
    assert again.status_code == 422
    assert "실패한 작업만 다시 시도할 수 있습니다." in text(again)


def test_another_organisations_job_is_not_found(client: Client, actor: Actor) -> None:
    _, stranger = make_member()
    job = queue(stranger, state="failed")

    assert client.get(f"/accounts/jobs/{job.pk}/").status_code == 404
    assert client.post(f"/accounts/jobs/{job.pk}/retry/").status_code == 404
    assert Job.objects.get().state == "failed"
    assert actor.organisation_id != stranger.organisation_id


def test_own_document_is_downloaded_unchanged_and_anothers_is_not_found(
    client: Client, actor: Actor, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    _, stranger = make_member()
    own, theirs = (
        issue_document(
            someone,
            organisation_id=someone.own_organisation_id,
            kind="application-receipt",
            template="documents/base.html",
            context={},
            title="접수증",
        )
        for someone in (actor, stranger)
    )

    response = client.get(f"/accounts/documents/{own.id}/")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{own.number}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert content.startswith(b"%PDF-1.7")
    assert hashlib.sha256(content).hexdigest() == own.sha256
    assert client.get(f"/accounts/documents/{theirs.id}/").status_code == 404


def test_session_lives_on_while_pages_are_used(
    client: Client, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/help/")
    first = Session.objects.get().expire_date
    client.get("/help/")
    same = Session.objects.get().expire_date
    real = session.time.time
    monkeypatch.setattr(session.time, "time", lambda: real() + 61)
    client.get("/help/")

    assert same == first
    assert Session.objects.get().expire_date > first
    assert actor.user_id


def test_visitor_gets_no_session(client: Client) -> None:
    response = client.get("/help/")

    assert "sessionid" not in response.cookies
    assert Session.objects.count() == 0
    assert "session-ends" not in text(response)


def test_page_warns_before_the_session_ends_and_extends_it(client: Client, actor: Actor) -> None:
    page = text(client.get("/help/"))
    by_script = client.post("/accounts/session/", headers={"Accept": "*/*"})
    by_form = client.post("/accounts/session/", headers={"Accept": "text/html"})

    assert 'data-session-seconds="7140"' in page
    assert "data-session-extend" in page
    assert by_script.status_code == 204
    assert by_form.status_code == 302
    assert actor.user_id


def test_operator_and_owner_start_at_their_own_work(client: Client, person: User) -> None:
    make_member(Role.OPERATOR, user=person)
    client.force_login(person)

    response = client.get("/accounts/start/")

    assert response["Location"] == landing_of(make_member(Role.OPERATOR)[1])
    assert landing_of(None) == landing_of(make_member()[1])
