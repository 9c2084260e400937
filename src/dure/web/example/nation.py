"""Makes the example nation: an agency, a factory with simulated data, and small firms.

Every row is written by the same actions that people's clicks call. Each part is skipped where
it is there already, so a run that was cut off is completed by the next.
"""

from collections.abc import Callable

from django.db import transaction

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.actions import create_organisation, grant_role
from dure.foundation.organisations.models import Organisation
from dure.foundation.organisations.queries import find_actor
from dure.foundation.organisations.roles import Role
from dure.programme.registry import actions as registry
from dure.programme.registry.details import EquipmentDetails, FirmDetails, WorkplaceDetails
from dure.web.example.accounts import ExampleAccount, make_accounts
from dure.web.example.firms import MARK, ExampleFirm, example_business_number, list_firms

Say = Callable[[str], None]

AGENCY = f"스마트제조 운영기관{MARK}"
FACTORY = FirmDetails(
    name=f"한빛정밀{MARK}",
    business_number=example_business_number(1),
    representative="김한빛",
    employees=34,
    annual_sales_krw=6_100_000_000,
)
WORKPLACE = WorkplaceDetails(
    name="제1공장", ksic="22", province="gyeonggi", address="경기도 시흥시 예시로 1"
)
MACHINES = (
    EquipmentDetails(name="사출 3호기", line="사출 라인", kind="사출성형기", maker="예시기계"),
    EquipmentDetails(name="사출 4호기", line="사출 라인", kind="사출성형기", maker="예시기계"),
    EquipmentDetails(name="건조기 1호", line="사출 라인", kind="원료 건조기"),
)


def has_nation() -> bool:
    """Whether the last part of it is there."""
    return User.objects.filter(email=list_firms()[-1].email).exists()


def make_nation(say: Say) -> None:
    """Make what is missing of the example nation, saying each part."""
    accounts = {account.role: account for account in make_accounts()}
    make_agency(accounts["operator"])
    make_factory(accounts)
    say(f"  {FACTORY.name}: 사업장과 설비를 등록했습니다.")
    for firm in list_firms():
        make_firm(firm)
    say(f"  작은 기업 {len(list_firms())}곳을 등록했습니다.")


def make_agency(account: ExampleAccount) -> Actor:
    """The agency and its one operator."""
    user = _person(account.email, "이운영", account.password)
    actor = find_actor(user.pk)
    if actor is not None:
        return actor
    return create_organisation(user.pk, name=AGENCY, kind=Organisation.Kind.AGENCY, is_example=True)


def make_factory(accounts: dict[str, ExampleAccount]) -> Actor:
    """The example factory with its owner, its engineer and three machines."""
    owner = _person(accounts["owner"].email, "김한빛", accounts["owner"].password)
    actor = find_actor(owner.pk)
    if actor is None:
        with transaction.atomic():
            workplace_id = registry.open_firm(owner.pk, FACTORY, WORKPLACE, is_example=True)
            actor = _actor(owner)
            for machine in MACHINES:
                registry.add_equipment(actor, workplace_id, machine)
            engineer = _person(accounts["engineer"].email, "박현장", accounts["engineer"].password)
            grant_role(actor, engineer.pk, Role.ENGINEER)
    return actor


def make_firm(firm: ExampleFirm) -> Actor:
    """One small firm; its owner has no password, so nobody signs in there."""
    owner = _person(firm.email, f"대표{firm.number:02d}", None)
    actor = find_actor(owner.pk)
    if actor is None:
        registry.open_firm(owner.pk, _details(firm), _workplace(firm), is_example=True)
        actor = _actor(owner)
    return actor


def _details(firm: ExampleFirm) -> FirmDetails:
    return FirmDetails(
        name=firm.name,
        business_number=firm.business_number,
        employees=firm.employees,
        annual_sales_krw=firm.annual_sales_krw,
    )


def _workplace(firm: ExampleFirm) -> WorkplaceDetails:
    return WorkplaceDetails(name=firm.place, ksic=firm.ksic, province=firm.province)


def _person(email: str, name: str, password: str | None) -> User:
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email, password, name=name
    )


def _actor(user: User) -> Actor:
    actor = find_actor(user.pk)
    if actor is None:
        message = f"{user.email} acts in no organisation"
        raise LookupError(message)
    return actor
