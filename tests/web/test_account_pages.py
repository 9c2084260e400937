"""Account pages in a real browser: readable at both widths, and alive where they should be."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser import WIDTHS, assert_accessible, assert_no_sideways_scroll, page_of
from tests.web.server import DureServer

pytestmark = pytest.mark.journey

SEED = """
import json
from datetime import timedelta
from django.utils import timezone
from dure.foundation.accounts.models import User
from dure.foundation.jobs.models import Job
from dure.foundation.notices.actions import send_notice
from dure.foundation.organisations.actions import create_organisation
from dure.foundation.organisations.invitations import invite_member
user = User.objects.create_user("pages@hanbit.kr", "hanbit-2026-pw", name="김한빛")
actor = create_organisation(user.pk, name="한빛정밀", kind="firm")
sent = invite_member(actor, "new@hanbit.kr", "engineer")
send_notice(organisation_id=actor.organisation_id, user_ids=[user.pk], title="보완 요청이 왔습니다",
    body="11월 30일까지 사업비 항목을 채워 주세요.", url="/help/")
job = Job.objects.create(organisation_id=actor.organisation_id, kind="pages.work", state="running",
    title={"source": "사출.csv 가져오기", "params": {}}, done=30, total=120, actor_label="x",
    actor_role="owner", lease_until=timezone.now() + timedelta(hours=1))
print(json.dumps({"invitation": sent.link.split("8000")[-1], "job": job.pk}))
"""
FINISH = "from dure.foundation.jobs.models import Job; Job.objects.update(state='done', done=120)"


@dataclass(frozen=True)
class Firm:
    """What the seed made."""

    server: DureServer
    job: int
    invitation: str

    def sign_in(self, page: Page) -> None:
        page.goto(f"{self.server.url}/accounts/login/")
        page.fill("#id_login", "pages@hanbit.kr")
        page.fill("#id_password", "hanbit-2026-pw")
        page.click("main button[type=submit]")
        page.wait_for_load_state()


@pytest.fixture(scope="module")
def firm(dure_server: DureServer) -> Iterator[Firm]:
    made = json.loads(dure_server.manage("shell", "--verbosity", "0", "-c", SEED))
    path = made["invitation"].removeprefix(dure_server.url)
    yield Firm(dure_server, made["job"], path)


@pytest.mark.parametrize("width", WIDTHS)
def test_account_pages_are_readable_and_accessible(
    browser: Browser, firm: Firm, width: int
) -> None:
    open_to_all = ("/accounts/login/", "/accounts/signup/", "/verify/", firm.invitation)
    own = (
        "/accounts/",
        "/accounts/members/",
        "/accounts/members/1/end/",
        "/accounts/notices/",
        f"/accounts/jobs/{firm.job}/",
        "/accounts/2fa/",
    )
    with page_of(browser, width=width) as page:
        for path in open_to_all:
            page.goto(firm.server.url + path)
            assert_accessible(page)
            assert_no_sideways_scroll(page)
        page.goto(f"{firm.server.url}/verify/2026-2222-2222/")
        assert page.evaluate("document.activeElement.id") == "error-summary"
        assert_accessible(page)
        firm.sign_in(page)
        for path in own:
            page.goto(firm.server.url + path)
            assert page.url.endswith(path)
            assert_accessible(page)
            assert_no_sideways_scroll(page)


def test_session_is_extended_without_leaving_the_page(browser: Browser, firm: Firm) -> None:
    with page_of(browser, width=390) as page:
        firm.sign_in(page)
        page.goto(f"{firm.server.url}/accounts/")
        page.fill("#id_name", "쓰던 글")
        page.evaluate("document.getElementById('session-ends').showModal()")
        box = page.locator("#session-ends").bounding_box()
        assert box is not None
        assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
        assert_accessible(page)
        with page.expect_response("**/accounts/session/") as extended:
            page.keyboard.press("Enter")
        page.wait_for_selector("#session-ends", state="hidden")

        assert extended.value.status == 204
        assert page.input_value("#id_name") == "쓰던 글"


def test_job_page_follows_the_job_to_its_end(browser: Browser, firm: Firm) -> None:
    with page_of(browser) as page:
        firm.sign_in(page)
        page.goto(f"{firm.server.url}/accounts/jobs/{firm.job}/")
        before = page.get_attribute("#job-progress", "value")
        firm.server.manage("shell", "--verbosity", "0", "-c", FINISH)
        page.wait_for_selector("text=작업이 끝났습니다", timeout=10_000)

        assert before == "30"
        assert page.get_attribute("#job", "hx-get") is None
