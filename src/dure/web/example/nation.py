"""Makes the example nation: an agency, a factory with simulated data, and small firms.

Every row is written by the same actions that people's clicks call. Each part is skipped where
it is there already, so a run that was cut off is completed by the next.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.actions import create_organisation
from dure.foundation.organisations.models import Organisation
from dure.foundation.organisations.queries import find_actor
from dure.kernel.instants import today_kst
from dure.kernel.regions import provinces
from dure.programme.registry import actions as registry
from dure.programme.registry.details import FirmDetails, WorkplaceDetails
from dure.web.example.accounts import ExampleAccount, make_accounts
from dure.web.example.applications import Case, play, story_of, wants_service
from dure.web.example.calls import BUILD, SERVICE, open_calls
from dure.web.example.factory import (
    FACTORY,
    begin_application,
    give_data,
    make_factory,
    measure_level,
)
from dure.web.example.firms import MARK, ExampleFirm, list_firms
from dure.web.example.people import actor_of, find_or_make_person

Say = Callable[[str], None]

AGENCY = f"스마트제조 운영기관{MARK}"


def has_nation() -> bool:
    """Whether the last part of it is there."""
    return User.objects.filter(email=list_firms()[-1].email).exists()


def make_nation(say: Say) -> None:
    """Make what is missing of the example nation, saying each part."""
    now = timezone.now()
    accounts = {account.role: account for account in make_accounts()}
    operator = make_agency(accounts["operator"])
    owner, workplace_id = make_factory(accounts)
    give_data(owner, workplace_id)
    measure_level(owner, workplace_id)
    say(f"  {FACTORY.name}: 모의 사출기의 파일을 가져오고 수준을 쟀습니다.")
    calls = open_calls(operator, now)
    begin_application(owner, workplace_id, calls[BUILD.ko])
    for firm in list_firms():
        make_firm(firm, operator, calls, now)
    say(f"  작은 기업 {len(list_firms())}곳이 예시 공고에 신청했습니다.")


def make_agency(account: ExampleAccount) -> Actor:
    """The agency and its one operator."""
    user = find_or_make_person(account.email, "이운영", account.password)
    actor = find_actor(user.pk)
    if actor is not None:
        return actor
    return create_organisation(user.pk, name=AGENCY, kind=Organisation.Kind.AGENCY, is_example=True)


def make_firm(firm: ExampleFirm, operator: Actor, calls: dict[str, int], now: datetime) -> None:
    """One small firm with its application; its owner has no password, so nobody signs in there."""
    with transaction.atomic():
        owner = find_or_make_person(firm.email, firm.representative, None)
        if find_actor(owner.pk) is not None:
            return
        workplace_id = registry.open_firm(
            owner.pk, _details(firm), _workplace(firm), is_example=True
        )
        title = SERVICE if wants_service(firm) else BUILD
        case = Case(firm, workplace_id, calls[title.ko], story_of(firm))
        play(actor_of(owner), operator, case, now)


def _details(firm: ExampleFirm) -> FirmDetails:
    return FirmDetails(
        name=firm.name,
        business_number=firm.business_number,
        representative=firm.representative,
        employees=firm.employees,
        annual_sales_krw=firm.annual_sales_krw,
    )


def _workplace(firm: ExampleFirm) -> WorkplaceDetails:
    names = {code.key: code.ko for code in provinces(today_kst(timezone.now()))}
    return WorkplaceDetails(
        name=firm.place,
        ksic=firm.ksic,
        province=firm.province,
        address=f"{names[firm.province]} 예시로 {firm.number}",
    )
