"""Firms, workplaces and the people to call about them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from dure.kernel.business_number import BusinessNumber
from dure.kernel.firm_size import FirmSize, SizeFacts, firm_size
from dure.kernel.industries import division_of, is_manufacturing
from dure.kernel.instants import today_kst
from dure.programme.registry.models import Contact, Firm, Workplace
from dure.programme.registry.queries.codes import (
    firm_size_name,
    name_of,
    programme_region_name,
    province_name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmView:
    """A firm; numbers as digits, sales in whole won, `size` a `FirmSize` or None (unknown)."""

    id: int
    organisation_id: int
    name: str
    business_number: str
    business_number_text: str
    corporate_number: str
    representative: str
    employees: int | None
    annual_sales_krw: int | None
    is_example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplaceView:
    """A workplace with what rules need to know of its firm.

    Names of codes are in the active language; `business_number` is ten digits,
    `business_number_text` the written form; `firm_size` is a `FirmSize` value or None where
    the sales are unknown.
    """

    id: int
    organisation_id: int
    firm_id: int
    name: str
    firm_name: str
    representative: str
    business_number: str
    business_number_text: str
    branch_number: str
    ksic: str
    ksic_name: str
    is_manufacturer: bool
    province: str
    province_name: str
    programme_region: str
    programme_region_name: str
    address: str
    planned_site: str
    employees: int | None
    annual_sales_krw: int | None
    firm_size: str | None
    firm_size_name: str
    is_example: bool
    registered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A person to call; `duty_name` in the active language."""

    id: int
    name: str
    duty: str
    duty_name: str
    phone: str
    email: str


def find_firm(organisation_id: int) -> FirmView | None:
    """The firm of an organisation, or None before it is registered."""
    firm = Firm.objects.select_related("organisation").filter(organisation_id=organisation_id)
    return next((_firm_view(row) for row in firm), None)


def list_workplaces(organisation_id: int) -> tuple[WorkplaceView, ...]:
    """Workplaces of an organisation, oldest first."""
    return tuple(_workplace_view(row) for row in _workplaces(organisation_id).order_by("id"))


def get_workplace(organisation_id: int, workplace_id: int) -> WorkplaceView:
    """One workplace; raises `Workplace.DoesNotExist` outside the organisation."""
    return _workplace_view(_workplaces(organisation_id).get(pk=workplace_id))


def list_contacts(organisation_id: int, workplace_id: int) -> tuple[ContactView, ...]:
    """People to call about a workplace, by duty and name."""
    contacts = Contact.objects.filter(
        workplace_id=workplace_id, workplace__firm__organisation_id=organisation_id
    ).order_by("duty", "name")
    return tuple(
        ContactView(
            id=contact.pk,
            name=contact.name,
            duty=contact.duty,
            duty_name=contact.get_duty_display(),
            phone=contact.phone,
            email=contact.email,
        )
        for contact in contacts
    )


def duty_choices() -> list[tuple[str, str]]:
    """What a contact may be in charge of, as (key, name in the active language)."""
    return [(duty.value, str(duty.label)) for duty in Contact.Duty]


def _workplaces(organisation_id: int) -> "QuerySet[Workplace]":
    return Workplace.objects.select_related("firm__organisation").filter(
        firm__organisation_id=organisation_id
    )


def _firm_view(firm: Firm) -> FirmView:
    return FirmView(
        id=firm.pk,
        organisation_id=firm.organisation_id,
        name=firm.name,
        business_number=firm.business_number,
        business_number_text=BusinessNumber.parse(firm.business_number).formatted,
        corporate_number=firm.corporate_number,
        representative=firm.representative,
        employees=firm.employees,
        annual_sales_krw=firm.annual_sales_krw,
        is_example=firm.organisation.is_example,
    )


def _workplace_view(workplace: Workplace) -> WorkplaceView:
    firm = workplace.firm
    size = _size_of(firm, workplace.ksic)
    return WorkplaceView(
        id=workplace.pk,
        organisation_id=firm.organisation_id,
        firm_id=firm.pk,
        name=workplace.name,
        firm_name=firm.name,
        representative=firm.representative,
        business_number=workplace.business_number,
        business_number_text=BusinessNumber.parse(workplace.business_number).formatted,
        branch_number=workplace.branch_number,
        ksic=workplace.ksic,
        ksic_name=name_of(division_of(workplace.ksic)),
        is_manufacturer=is_manufacturing(workplace.ksic),
        province=workplace.province,
        province_name=province_name(workplace.province),
        programme_region=workplace.programme_region,
        programme_region_name=programme_region_name(workplace.programme_region),
        address=workplace.address,
        planned_site=workplace.planned_site,
        employees=firm.employees,
        annual_sales_krw=firm.annual_sales_krw,
        firm_size=size.value if size else None,
        firm_size_name=firm_size_name(size) if size else "",
        is_example=firm.organisation.is_example,
        registered_at=workplace.registered_at,
    )


def _size_of(firm: Firm, ksic: str) -> FirmSize | None:
    facts = SizeFacts(ksic=ksic, employees=firm.employees, annual_sales_krw=firm.annual_sales_krw)
    return firm_size(facts, today_kst(timezone.now()))
