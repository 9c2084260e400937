"""The list of applications and starting one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dure.programme.support import queries
from dure.web.public.finder_answers import SESSION_KEY
from tests.factories.foundation import make_user
from tests.factories.support import make_call
from tests.web.factory.people import Person, make_colleague
from tests.web.page import parsed, part, words

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("call")
def test_an_empty_list_offers_the_one_thing_to_do(applicant: Person) -> None:
    page = applicant.get("application-list")

    assert "아직 신청한 사업이 없습니다" in page
    (action,) = parsed(page).xpath('//main//a[contains(@class, "primary")]/@href')
    assert action == reverse("factory:application-new")


@pytest.mark.usefixtures("begun")
def test_an_engineer_sees_applications_and_no_way_to_start_one(applicant: Person) -> None:
    engineer = make_colleague(applicant, "engineer", Client())

    page = engineer.get("application-list")

    assert "2026년 고도화 지원 (예시)" in page
    assert reverse("factory:application-new") not in page


def test_a_draft_says_until_when_it_can_be_handed_in(applicant: Person, begun: int) -> None:
    row = part(applicant.get("application-list"), "main").xpath(
        './/li[contains(@class, "sf-app-row")]'
    )

    assert len(row) == 1
    assert "작성 중" in words(row[0])
    assert "(9일 남음)" in words(row[0])
    assert row[0].xpath(".//a/@href") == [reverse("factory:application", args=(begun,))]


@pytest.mark.usefixtures("call")
def test_a_call_says_what_it_means_for_the_workplace(applicant: Person) -> None:
    offer = words(parsed(applicant.get("application-new")).xpath("//section[@aria-labelledby]")[-1])

    assert "고도화1 확인 필요 최대 2억원 · 총사업비의 50%까지" in offer
    assert "동일수준 확인 필요 최대 5,000만원 · 총사업비의 50%까지" in offer
    assert "2023년 규칙 기준" in offer


def test_what_the_finder_was_told_counts_and_is_filled_in(applicant: Person, call: int) -> None:
    session = applicant.client.session
    session[SESSION_KEY] = {"prior_support": "upgrade"}
    session.save()

    assert "‘사업 찾기’에서 답한 내용이 신청서에 채워집니다." in applicant.get("application-new")
    applicant.post("application-new", workplace=applicant.workplace_id, call=call)
    (row,) = queries.list_applications(applicant.actor.own_organisation_id)
    page = applicant.get("application-topic", row.id, "standing")

    checked = parsed(page).xpath('//input[@name="prior_support"][@checked]/@value')
    assert checked == ["upgrade"]
    assert "&#x27;사업 찾기&#x27;에서 답한 내용" in page


def test_starting_twice_leads_to_the_same_draft(applicant: Person, call: int) -> None:
    sent = {"workplace": applicant.workplace_id, "call": call}

    first = applicant.client.post(reverse("factory:application-new"), sent)
    second = applicant.client.post(reverse("factory:application-new"), sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(queries.list_applications(applicant.actor.own_organisation_id)) == 1
    assert "이어서 쓰기" in applicant.get("application-new")


def test_a_submitted_application_is_shown_instead_of_a_second_one(
    applicant: Person, submitted: int, call: int
) -> None:
    answer = applicant.client.post(
        reverse("factory:application-new"), {"workplace": applicant.workplace_id, "call": call}
    )

    assert answer.headers["Location"] == reverse("factory:application-status", args=(submitted,))
    assert len(queries.list_applications(applicant.actor.own_organisation_id)) == 1


def test_a_closed_call_is_not_offered_and_not_taken(applicant: Person) -> None:
    now = timezone.now()
    closed = make_call(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))

    assert "지금 접수 중인 공고가 없습니다" in applicant.get("application-new")
    page = applicant.post(
        "application-new", workplace=applicant.workplace_id, call=closed, status=422
    )

    assert "접수가 끝난 공고입니다." in words(part(page, "error-summary"))
    assert queries.list_applications(applicant.actor.own_organisation_id) == ()


def test_a_call_that_opens_later_says_when(applicant: Person) -> None:
    now = timezone.now()
    make_call(opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=9))

    page = applicant.get("application-new")

    assert "곧 접수를 시작하는 공고" in page
    assert not parsed(page).xpath('//button[@name="call"]')


def test_another_firms_workplace_does_not_exist(
    applicant: Person, stranger: Person, call: int
) -> None:
    applicant.get("application-new", workplace=str(stranger.workplace_id), status=404)
    applicant.post("application-new", workplace=stranger.workplace_id, call=call, status=404)

    assert queries.list_applications(stranger.actor.own_organisation_id) == ()


@pytest.mark.usefixtures("call")
def test_a_call_nobody_made_is_not_found(applicant: Person) -> None:
    for wrong in ("999999", "x", ""):
        applicant.post("application-new", workplace=applicant.workplace_id, call=wrong, status=404)


@pytest.mark.parametrize("name", ["application-list", "application-new"])
def test_someone_without_a_firm_is_led_to_registering_one(client: Client, name: str) -> None:
    client.force_login(make_user())

    answer = client.get(reverse(f"factory:{name}"), follow=True)

    assert answer.redirect_chain == [(reverse("factory:workplace-new"), 302)]
    assert "신청하려면 먼저 공장을 등록해 주세요." in answer.content.decode()
