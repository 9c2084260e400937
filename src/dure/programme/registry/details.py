"""What a person tells about a firm, a workplace or a machine, before it is checked."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmDetails:
    """A firm as typed in; `annual_sales_krw` in whole won, None where not told."""

    name: str
    business_number: str
    corporate_number: str = ""
    representative: str = ""
    employees: int | None = None
    annual_sales_krw: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplaceDetails:
    """A workplace as typed in; an empty `business_number` means the firm's own."""

    name: str
    ksic: str
    province: str
    business_number: str = ""
    branch_number: str = ""
    programme_region: str = ""
    address: str = ""
    planned_site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentDetails:
    """A machine as typed in; `line` is the line's name, made when it does not exist."""

    name: str
    line: str = ""
    kind: str = ""
    maker: str = ""
    model: str = ""
    serial_number: str = ""
    installed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """A person to call; `duty` is a `Contact.Duty`."""

    name: str
    duty: str
    phone: str = ""
    email: str = ""


def merged_details(
    stored: EquipmentDetails, fields: tuple[str, ...], told: EquipmentDetails
) -> EquipmentDetails:
    """`stored` with only the named fields taken from `told`."""
    return replace(stored, **{field: getattr(told, field) for field in fields})
