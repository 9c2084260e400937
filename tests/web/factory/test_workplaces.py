"""The firm, its workplaces and the people to call: seen, corrected, and by whom."""

import pytest

from dure.programme.registry import actions, queries
from dure.programme.registry.details import ContactDetails
from dure.programme.registry.models import Contact, Workplace
from tests.factories.registry import make_business_number
from tests.web.factory.people import Person

pytestmark = pytest.mark.django_db


def workplace_of(person: Person) -> queries.WorkplaceView:
    return queries.get_workplace(person.actor.own_organisation_id, person.workplace_id)


def test_a_workplace_shows_what_is_registered_and_what_is_not(owner: Person) -> None:
    page = owner.get("workplace", owner.workplace_id)

    assert "고무 및 플라스틱제품 제조업 (22)" in page
    assert "경기도" in page
    assert "34명" in page
    assert "42억원" in page
    assert "적으신 수만으로는 정해지지 않습니다" in page
    assert "자료 없음" in page
    assert "사업장 정보 바꾸기" in page


def test_an_engineer_sees_the_workplace_without_the_means_to_change_it(engineer: Person) -> None:
    page = engineer.get("workplace", engineer.workplace_id)

    assert "제1공장" in page
    assert "사업장 정보 바꾸기" not in page
    assert "담당자 더하기" not in page
    engineer.get("workplace-edit", engineer.workplace_id, status=403)
    engineer.get("firm-edit", status=403)
    engineer.post("contact-new", engineer.workplace_id, name="이름", status=403)


@pytest.mark.parametrize("name", ["workplace", "workplace-edit", "contact-new", "equipment-list"])
def test_another_firms_workplace_does_not_exist(owner: Person, stranger: Person, name: str) -> None:
    stranger.get(name, owner.workplace_id, status=404)


def test_a_correction_is_kept(owner: Person) -> None:
    page = owner.get("workplace-edit", owner.workplace_id)
    assert 'value="제1공장"' in page
    assert '<option value="22" selected>' in page

    owner.post(
        "workplace-edit",
        owner.workplace_id,
        name="본사 공장",
        ksic="C25914",
        province="gyeongbuk",
        programme_region="pohang",
        address="경북 포항시 남구",
        business_number="",
        branch_number="0001",
        planned_site="",
    )

    view = workplace_of(owner)
    assert (view.name, view.ksic, view.branch_number) == ("본사 공장", "C25914", "0001")
    assert (view.programme_region, view.address) == ("pohang", "경북 포항시 남구")
    assert '<option value="C25914" selected>' in owner.get("workplace-edit", owner.workplace_id)


def test_a_refused_correction_changes_nothing(owner: Person) -> None:
    before = workplace_of(owner)

    page = owner.post("workplace-edit", owner.workplace_id, name="", ksic="22", status=422)

    assert "입력 내용을 확인해 주세요 (2건)" in page
    assert workplace_of(owner) == before


def test_a_strangers_correction_changes_nothing(owner: Person, stranger: Person) -> None:
    stranger.post("workplace-edit", owner.workplace_id, name="남의 공장", status=404)

    assert workplace_of(owner).name == "제1공장"


def test_the_firm_is_corrected_with_the_numbers_as_people_write_them(owner: Person) -> None:
    number = make_business_number()

    owner.post(
        "firm-edit",
        firm_name="한빛산업",
        business_number=number,
        corporate_number="110111-0000002",
        representative="김한빛",
        employees="",
        annual_sales_krw="1,200,000,000",
    )

    firm = queries.find_firm(owner.actor.own_organisation_id)
    assert firm is not None
    assert (firm.name, firm.business_number) == ("한빛산업", number)
    assert firm.corporate_number == "1101110000002"
    assert firm.employees is None
    assert firm.annual_sales_krw == 1_200_000_000
    page = owner.get("firm-edit")
    assert 'value="110111-0000002"' in page
    assert 'value="1,200,000,000"' in page


def test_a_firm_number_of_another_firm_is_refused(owner: Person, stranger: Person) -> None:
    theirs = queries.find_firm(stranger.actor.own_organisation_id)
    assert theirs is not None

    page = owner.post(
        "firm-edit", firm_name="한빛정밀", business_number=theirs.business_number, status=422
    )

    assert "사업자등록번호: " in page


def test_contacts_are_added_and_removed(owner: Person) -> None:
    owner.post(
        "contact-new", owner.workplace_id, name="박생산", duty="production", phone="010-1234-5678"
    )
    assert "박생산" in owner.get("workplace", owner.workplace_id)
    [contact] = queries.list_contacts(owner.actor.own_organisation_id, owner.workplace_id)
    assert (contact.duty_name, contact.phone) == ("생산", "010-1234-5678")

    owner.post("contact-remove", owner.workplace_id, contact.id)

    assert not Contact.objects.exists()


def test_a_contact_without_a_way_to_reach_them_is_refused(owner: Person) -> None:
    page = owner.post(
        "contact-new", owner.workplace_id, name="박생산", duty="production", status=422
    )

    assert "전화번호나 전자우편 중 하나를 입력해 주세요" in page
    assert not Contact.objects.exists()


def test_a_strangers_contact_cannot_be_removed(owner: Person, stranger: Person) -> None:
    contact_id = actions.add_contact(
        owner.actor,
        owner.workplace_id,
        ContactDetails(name="박생산", duty="production", phone="010-1234-5678"),
    )

    stranger.post("contact-remove", stranger.workplace_id, contact_id, status=404)
    stranger.post("contact-remove", owner.workplace_id, contact_id, status=404)

    assert Contact.objects.get().pk == contact_id


def test_workplaces_of_another_firm_are_not_listed(owner: Person, stranger: Person) -> None:
    Workplace.objects.get(pk=owner.workplace_id)
    assert f"/my/workplaces/{owner.workplace_id}/" in owner.get("workplaces")
    assert f"/my/workplaces/{owner.workplace_id}/" not in stranger.get("workplaces")
