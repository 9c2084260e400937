"""Saving on the way: what it answers, and what is typed while the sign-in ends."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.programme.support import queries
from dure.web.factory.application_kept import SESSION_KEY
from tests.web.factory.applications.forms import typed
from tests.web.factory.people import Person
from tests.web.page import inside, parsed, part, value, words

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def _autosave(client: Client, application_id: int, topic: str, **sent: object) -> str:
    answer = client.post(
        reverse("factory:application-autosave", args=(application_id, topic)), sent, headers=HTMX
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_keeps_what_is_typed_and_says_when(applicant: Person, begun: int) -> None:
    said = _autosave(applicant.client, begun, "level", situation="아침마다 수기로 적습니다.")

    clock = timezone.localtime().strftime("%H:%M")
    assert re.search(r"\d\d:\d\d 임시저장됨", words(part(f"<div>{said}</div>", "saved")))
    assert clock[:2] in said
    page = applicant.get("application-topic", begun, "level")
    assert value(page, "situation") == "아침마다 수기로 적습니다."
    assert "임시저장됨" in words(part(page, "saved"))


def test_its_eligibility_equals_the_one_of_a_full_page(applicant: Person, draft: int) -> None:
    said = _autosave(applicant.client, draft, "standing", **typed("standing", tax_arrears="yes"))

    fresh = part(applicant.get("application-topic", draft, "standing"), "eligibility")
    swapped = part(f"<div>{said}</div>", "eligibility")
    assert swapped.get("hx-swap-oob") == "innerHTML"
    assert inside(swapped) == inside(fresh)
    assert "국세나 지방세를 체납한 기업은 지원하지 않습니다." in words(fresh)
    assert "어려움" in words(fresh)


def test_what_cannot_be_read_is_counted_and_the_rest_is_kept(applicant: Person, draft: int) -> None:
    said = _autosave(
        applicant.client, draft, "cost", **typed("cost", hardware="많이", software="5,000,000")
    )

    assert "임시저장됨 · 확인할 답 1개" in words(part(f"<div>{said}</div>", "saved"))
    page = applicant.get("application-topic", draft, "cost")
    assert value(page, "software") == "5,000,000"
    assert value(page, "hardware") == "많이"


def test_a_submitted_application_is_no_longer_saved(applicant: Person, submitted: int) -> None:
    organisation_id = applicant.actor.own_organisation_id
    before = queries.get_application(organisation_id, submitted)

    answer = applicant.client.post(
        reverse("factory:application-autosave", args=(submitted, "level")),
        {"situation": "바꾼 내용입니다. 바꾼 내용입니다."},
        headers=HTMX,
    )

    assert answer.status_code == 422
    assert "지금 상태에서는 할 수 없습니다. 현재 상태: 접수" in answer.content.decode()
    assert queries.get_application(organisation_id, submitted).sections == before.sections


def test_what_is_typed_after_the_sign_in_ended_survives_signing_in(
    applicant: Person, begun: int
) -> None:
    address = reverse("factory:application-topic", args=(begun, "level"))
    applicant.client.logout()

    answer = applicant.client.post(
        address, {"situation": "로그인이 끊긴 동안 적었습니다.", "go": "next"}
    )
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={address}"
    applicant.client.force_login(User.objects.get(pk=applicant.actor.user_id))
    page = applicant.get("application-topic", begun, "level")

    assert value(page, "situation") == "로그인이 끊긴 동안 적었습니다."
    assert "로그인이 끊겨 저장하지 못한 내용을 되살렸습니다." in page
    assert value(applicant.get("application-topic", begun, "level"), "situation") == ""


def test_an_autosave_without_a_sign_in_says_so_in_its_line(applicant: Person, begun: int) -> None:
    address = reverse("factory:application-topic", args=(begun, "level"))
    applicant.client.logout()

    said = _autosave(applicant.client, begun, "level", situation="적고 있던 내용입니다.")

    line = part(f"<div>{said}</div>", "saved")
    assert "로그인이 끊겨 저장하지 못했습니다. 적은 내용은 그대로 있습니다." in words(line)
    assert line.xpath(".//a/@href") == [f"{reverse('account_login')}?next={address}"]
    assert applicant.client.session[SESSION_KEY]["at"] == address


def test_what_was_kept_shows_on_no_other_page_and_to_nobody_else(
    applicant: Person, stranger: Person, begun: int
) -> None:
    applicant.client.logout()
    _autosave(applicant.client, begun, "level", situation="남에게 보이면 안 되는 내용")
    applicant.client.force_login(User.objects.get(pk=stranger.actor.user_id))

    page = applicant.get("application-topic", begun, "level", status=404)

    assert "남에게 보이면 안 되는 내용" not in page
    assert SESSION_KEY in applicant.client.session


def test_a_very_long_post_of_nobody_is_not_kept(applicant: Person, begun: int) -> None:
    applicant.client.logout()

    _autosave(applicant.client, begun, "level", situation="a" * 400_001)

    assert SESSION_KEY not in applicant.client.session


def test_the_form_saves_by_itself_on_a_change(applicant: Person, begun: int) -> None:
    (form,) = parsed(applicant.get("application-topic", begun, "level")).xpath(
        '//form[@id="topic-form"]'
    )

    assert form.get("hx-trigger") == "change delay:300ms"
    assert form.get("hx-target") == "#saved"
    assert form.get("hx-post") == reverse("factory:application-autosave", args=(begun, "level"))
