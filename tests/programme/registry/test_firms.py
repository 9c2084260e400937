"""Registering firms and workplaces: numbers, codes, and whose they are."""

import pytest
from tests.factories.registry import (
    make_business_number,
    make_firm_details,
    make_workplace,
    make_workplace_details,
)

from dure.foundation.accounts.models import User
from dure.foundation.audit.models import AuditEntry
from dure.foundation.organisations.models import Membership, Organisation
from dure.programme.registry import actions, queries
from dure.programme.registry.errors import AlreadyRegisteredError, FieldRefusedError
from dure.programme.registry.models import Firm, Workplace

pytestmark = pytest.mark.django_db


def test_a_person_who_just_signed_up_becomes_owner_of_a_firm_with_a_workplace() -> None:
    user = User.objects.create_user("kim@hanbit.kr", "pw-한빛-1")

    workplace_id = actions.open_firm(
        user.pk,
        make_firm_details(business_number="123-45-67891"),
        make_workplace_details(),
    )

    membership = Membership.objects.get(user=user)
    assert membership.role == "owner"
    view = queries.get_workplace(membership.organisation_id, workplace_id)
    assert view.firm_name == "한빛정밀"
    assert view.business_number == "1234567891"
    assert view.business_number_text == "123-45-67891"
    assert view.ksic_name == "고무 및 플라스틱제품 제조업"
    assert view.province_name == "경기도"
    assert view.is_manufacturer
    assert list(
        AuditEntry.objects.filter(organisation_id=membership.organisation_id)
        .order_by("id")
        .values_list("action", flat=True)
    ) == [
        "organisations:organisation:created",
        "registry:firm:registered",
        "registry:workplace:registered",
    ]


def test_a_wrong_check_digit_leaves_nothing_behind() -> None:
    user = User.objects.create_user("kim@hanbit.kr", "pw-한빛-1")

    with pytest.raises(FieldRefusedError) as refused:
        actions.open_firm(
            user.pk, make_firm_details(business_number="123-45-67890"), make_workplace_details()
        )

    assert refused.value.field == "business_number"
    assert not Organisation.objects.exists()
    assert not Membership.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_refused_workplace_takes_the_firm_back_too() -> None:
    user = User.objects.create_user("kim@hanbit.kr", "pw-한빛-1")

    with pytest.raises(FieldRefusedError) as refused:
        actions.open_firm(user.pk, make_firm_details(), make_workplace_details(ksic="56111"))

    assert refused.value.field == "ksic"
    assert not Firm.objects.exists()
    assert not Organisation.objects.exists()


def test_a_number_registered_by_another_account_is_refused_with_the_way_out() -> None:
    make_workplace(business_number="1234567891")
    stranger = User.objects.create_user("lee@other.kr", "pw-한빛-1")

    with pytest.raises(AlreadyRegisteredError) as refused:
        actions.open_firm(
            stranger.pk,
            make_firm_details(business_number="123-45-67891"),
            make_workplace_details(),
        )

    assert "구성원 초대" in str(refused.value.remedy)
    assert not Membership.objects.filter(user=stranger).exists()


def test_one_firm_has_several_workplaces_told_apart_by_branch_number() -> None:
    actor, first = make_workplace(business_number="1234567891")

    second = actions.register_workplace(
        actor, make_workplace_details(name="제2공장", branch_number="0001")
    )
    with pytest.raises(AlreadyRegisteredError) as refused:
        actions.register_workplace(
            actor, make_workplace_details(name="제3공장", branch_number="0001")
        )

    assert refused.value.field == "branch_number"
    assert [w.id for w in queries.list_workplaces(actor.organisation_id)] == [first, second]
    assert [w.branch_number for w in queries.list_workplaces(actor.organisation_id)] == ["", "0001"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"business_number": "123"}, "business_number"),
        ({"branch_number": "12"}, "branch_number"),
        ({"ksic": "47"}, "ksic"),
        ({"province": "atlantis"}, "province"),
        ({"programme_region": "atlantis"}, "programme_region"),
        ({"programme_region": "pohang"}, "programme_region"),
    ],
)
def test_a_refused_value_names_its_field_and_changes_nothing(
    changes: dict[str, object], field: str
) -> None:
    actor, workplace_id = make_workplace()
    before = queries.get_workplace(actor.organisation_id, workplace_id)

    with pytest.raises(FieldRefusedError) as refused:
        actions.update_workplace(actor, workplace_id, make_workplace_details(**changes))

    assert refused.value.field == field
    assert queries.get_workplace(actor.organisation_id, workplace_id) == before


def test_a_correction_is_recorded_with_the_values_before_and_after() -> None:
    actor, workplace_id = make_workplace()

    actions.update_workplace(
        actor,
        workplace_id,
        make_workplace_details(province="gyeongbuk", programme_region="pohang"),
    )

    view = queries.get_workplace(actor.organisation_id, workplace_id)
    assert (view.province, view.programme_region_name) == ("gyeongbuk", "포항")
    entry = AuditEntry.objects.get(action="registry:workplace:updated")
    assert entry.old == {"province": "gyeonggi", "programme_region": ""}
    assert entry.new == {"province": "gyeongbuk", "programme_region": "pohang"}
    assert entry.actor_user_id == actor.user_id


@pytest.mark.parametrize(
    ("province", "region"),
    [("busan", "busan"), ("gangwon", "gangwon"), ("gyeonggi", ""), ("gyeongbuk", "")],
)
def test_a_province_with_one_region_decides_it(province: str, region: str) -> None:
    actor, _ = make_workplace()

    workplace_id = actions.register_workplace(
        actor, make_workplace_details(province=province, branch_number="0001")
    )

    view = queries.get_workplace(actor.own_organisation_id, workplace_id)
    assert view.programme_region == region


def test_the_firm_is_corrected_once_registered() -> None:
    actor, workplace_id = make_workplace()
    number = make_business_number()

    actions.update_firm(actor, make_firm_details(name="한빛산업", business_number=number))

    firm = queries.find_firm(actor.organisation_id)
    assert firm is not None
    assert (firm.name, firm.business_number) == ("한빛산업", number)
    assert queries.get_workplace(actor.organisation_id, workplace_id).firm_name == "한빛산업"
    with pytest.raises(AlreadyRegisteredError):
        actions.register_firm(actor, make_firm_details())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"corporate_number": "110111-0000001"}, "corporate_number"),
        ({"employees": -1}, "employees"),
        ({"annual_sales_krw": -1}, "annual_sales_krw"),
    ],
)
def test_a_firm_that_cannot_be_is_refused(changes: dict[str, object], field: str) -> None:
    actor, _ = make_workplace()

    with pytest.raises(FieldRefusedError) as refused:
        actions.update_firm(actor, make_firm_details(**changes))

    assert refused.value.field == field
    firm = queries.find_firm(actor.organisation_id)
    assert firm is not None
    assert firm.employees == 34


def test_another_organisations_workplace_does_not_exist() -> None:
    _, workplace_id = make_workplace()
    stranger, _ = make_workplace()

    with pytest.raises(Workplace.DoesNotExist):
        queries.get_workplace(stranger.organisation_id, workplace_id)
    with pytest.raises(Workplace.DoesNotExist):
        actions.update_workplace(stranger, workplace_id, make_workplace_details(name="남의 공장"))

    assert Workplace.objects.get(pk=workplace_id).name == "제1공장"


def test_size_is_told_only_when_the_facts_decide_it() -> None:
    actor, workplace_id = make_workplace(annual_sales_krw=None)

    view = queries.get_workplace(actor.organisation_id, workplace_id)

    assert view.firm_size is None
    assert view.firm_size_name == ""
