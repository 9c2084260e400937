"""Firms and workplaces for tests, made through the same actions as the product's."""

from itertools import count

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.queries import find_actor
from dure.kernel.business_number import business_check_digit
from dure.programme.registry import actions
from dure.programme.registry.details import EquipmentDetails, FirmDetails, WorkplaceDetails

_numbers = count(1)


def make_business_number() -> str:
    """A valid number, different at each call."""
    first_nine = f"{next(_numbers):09d}"
    return f"{first_nine}{business_check_digit(first_nine)}"


def make_firm_details(**changes: object) -> FirmDetails:
    """A small plastics firm."""
    values: dict[str, object] = {
        "name": "한빛정밀",
        "business_number": make_business_number(),
        "employees": 34,
        "annual_sales_krw": 4_200_000_000,
    }
    return FirmDetails(**values | changes)  # type: ignore[arg-type]


def make_workplace_details(**changes: object) -> WorkplaceDetails:
    """A plastics workplace in Gyeonggi."""
    values: dict[str, object] = {"name": "제1공장", "ksic": "22", "province": "gyeonggi"}
    return WorkplaceDetails(**values | changes)  # type: ignore[arg-type]


def make_workplace(email: str = "", **firm: object) -> tuple[Actor, int]:
    """A new firm with one workplace: its owner's actor and the workplace's id."""
    user = User.objects.create_user(email or f"owner{next(_numbers)}@example.kr", "pw-한빛-1")
    workplace_id = actions.open_firm(user.pk, make_firm_details(**firm), make_workplace_details())
    actor = find_actor(user.pk)
    assert actor is not None
    return actor, workplace_id


def make_equipment(actor: Actor, workplace_id: int, name: str = "사출 3호기", **more: str) -> int:
    """A machine of the workplace."""
    return actions.add_equipment(actor, workplace_id, EquipmentDetails(name=name, **more))
