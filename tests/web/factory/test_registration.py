"""Registering in one sitting: a new person becomes an owner, or learns what to correct."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation.organisations.models import Membership, Organisation
from dure.foundation.organisations.queries import find_actor
from dure.programme.registry import queries
from dure.programme.registry.models import Firm, Workplace
from tests.factories.foundation import make_member, make_user
from tests.factories.registry import make_workplace
from tests.web.factory.people import Person

pytestmark = pytest.mark.django_db
PAGE = "/my/workplaces/new/"
TYPED: dict[str, Any] = {
    "firm_name": "한빛정밀",
    "business_number": "123-45-67891",
    "corporate_number": "",
    "representative": "김한빛",
    "workplace_name": "제1공장",
    "branch_number": "",
    "trade_words": "",
    "ksic": "22",
    "province": "gyeonggi",
    "programme_region": "gyeonggi_north",
    "address": "경기도 파주시 문산읍 1",
    "employees": "34",
    "annual_sales_krw": "12억",
}


@pytest.fixture
def newcomer(client: Client) -> Client:
    client.force_login(make_user("kim@hanbit.kr"))
    return client


def test_a_new_person_registers_firm_and_workplace_on_one_page(newcomer: Client) -> None:
    response = newcomer.post(PAGE, TYPED)

    assert response.status_code == 302
    assert response["Location"] == "/my/"
    actor = find_actor(int(newcomer.session["_auth_user_id"]))
    assert actor is not None
    assert actor.role == "owner"
    [workplace] = queries.list_workplaces(actor.own_organisation_id)
    assert workplace.firm_name == "한빛정밀"
    assert workplace.business_number_text == "123-45-67891"
    assert workplace.ksic == "22"
    assert workplace.programme_region_name == "경기북부"
    assert workplace.employees == 34
    assert workplace.annual_sales_krw == 1_200_000_000
    assert workplace.firm_size == "small"


def test_the_page_says_what_to_do_first(newcomer: Client) -> None:
    page = newcomer.get(PAGE).content.decode()

    assert "먼저 사업장을 등록해 주세요" in page
    assert "22 고무 및 플라스틱제품 제조업" in page
    assert "경기북부" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"business_number": "123-45-67890"}, "사업자등록번호: 번호가 맞지 않습니다(123-45-67890)"),
        ({"business_number": ""}, "사업자등록번호: "),
        ({"corporate_number": "110111-0000001"}, "법인등록번호: 번호가 맞지 않습니다"),
        ({"branch_number": "12"}, "종사업장번호: 숫자 4자리가 아닙니다"),
        ({"ksic": "56"}, "업종: "),
        ({"ksic": ""}, "업종: "),
        ({"province": "atlantis"}, "공장이 있는 시도: "),
        ({"programme_region": "pohang"}, "고른 시도에 있는 수행 지역이 아닙니다"),
        ({"employees": "-1"}, "상시 근로자 수: "),
        ({"annual_sales_krw": "많음"}, "연 매출액: 금액은 숫자로 입력해 주세요"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_leaves_nothing_behind(
    newcomer: Client, changes: dict[str, str], told: str
) -> None:
    response = newcomer.post(PAGE, TYPED | changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert "입력 내용을 확인해 주세요 (1건)" in page
    assert told in page
    assert 'value="한빛정밀"' in page
    assert not Organisation.objects.exists()
    assert not Firm.objects.exists()
    assert not Workplace.objects.exists()
    assert not Membership.objects.exists()


def test_a_number_that_another_account_registered_is_refused_with_the_way_out(
    newcomer: Client,
) -> None:
    make_workplace(business_number="1234567891")

    response = newcomer.post(PAGE, TYPED)

    assert response.status_code == 422
    assert "구성원 초대" in response.content.decode()
    assert Firm.objects.count() == 1


def test_searching_a_trade_keeps_what_was_typed_and_puts_the_match_in_front(
    newcomer: Client,
) -> None:
    response = newcomer.post(PAGE, TYPED | {"trade_words": "금형", "ksic": "", "find": "industry"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "맞는 업종 1개를 찾았습니다" in page
    assert '<option value="29" selected>29 기타 기계 및 장비 제조업</option>' in page
    assert 'value="한빛정밀"' in page
    assert 'value="12억"' in page
    assert "입력 내용을 확인해 주세요" not in page
    assert not Firm.objects.exists()


def test_a_full_trade_code_is_kept_as_the_certificate_says(newcomer: Client) -> None:
    found = newcomer.post(PAGE, TYPED | {"trade_words": "c22232", "ksic": "", "find": "industry"})
    assert '<option value="C22232" selected>' in found.content.decode()

    newcomer.post(PAGE, TYPED | {"trade_words": "c22232", "ksic": "C22232"})

    assert Workplace.objects.get().ksic == "C22232"


def test_a_search_that_finds_nothing_says_so_and_offers_the_whole_list(newcomer: Client) -> None:
    page = newcomer.post(PAGE, TYPED | {"trade_words": "미용실", "find": "industry"})

    assert "맞는 제조업 업종을 찾지 못했습니다" in page.content.decode()
    assert "32 가구 제조업" in page.content.decode()


def test_what_the_finder_was_told_is_not_asked_again(newcomer: Client) -> None:
    session = newcomer.session
    session["finder_answers"] = {"ksic": "25", "province": "busan", "firm_size": "unknown"}
    session.save()

    page = newcomer.get(PAGE).content.decode()

    assert "맞는지 확인해 주세요" in page
    assert '<option value="25" selected>' in page
    assert '<option value="busan" selected>' in page
    assert "맞는지 확인해 주세요" not in Client().get(PAGE, follow=True).content.decode()


def test_an_owner_adds_another_workplace_of_the_same_firm(owner: Person) -> None:
    owner.post("workplace-new", name="제2공장", branch_number="0002", ksic="25", province="busan")

    second = queries.list_workplaces(owner.actor.own_organisation_id)[1]
    assert (second.name, second.branch_number) == ("제2공장", "0002")
    assert second.programme_region == "busan"
    assert "제2공장" in owner.get("workplaces")


def test_a_workplace_with_the_same_numbers_is_refused(owner: Person) -> None:
    page = owner.post("workplace-new", name="제2공장", ksic="25", province="busan", status=422)

    assert "입력 내용을 확인해 주세요" in page
    assert Workplace.objects.count() == 1


def test_an_engineer_and_an_operator_may_not_register_workplaces(engineer: Person) -> None:
    engineer.get("workplace-new", status=403)
    engineer.post("workplace-new", name="몰래", ksic="25", province="busan", status=403)
    user, _ = make_member("operator")
    operator = Client()
    operator.force_login(user)
    assert operator.get(PAGE).status_code == 403
    assert Workplace.objects.count() == 1


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={PAGE}"
