"""The example factory: people, machines, and simulated files taken in like anyone's."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.jobs.worker import run_pending
from dure.foundation.organisations.actions import grant_role
from dure.foundation.organisations.queries import find_actor
from dure.foundation.organisations.roles import Role
from dure.kernel.instants import today_kst
from dure.programme.levels.actions import request_measurement
from dure.programme.levels.queries import list_measurements
from dure.programme.registry import actions as registry
from dure.programme.registry.details import EquipmentDetails, FirmDetails, WorkplaceDetails
from dure.programme.registry.queries import list_equipment, list_workplaces
from dure.programme.streams import actions as streams
from dure.programme.streams.queries import get_import, list_imports
from dure.programme.support.actions import start_application
from dure.programme.support.queries import list_applications
from dure.web.example.accounts import ExampleAccount
from dure.web.example.answers import begun_answers
from dure.web.example.applications import fill_in
from dure.web.example.firms import MARK, example_business_number
from dure.web.example.machine_files import make_machine_files
from dure.web.example.people import actor_of, find_or_make_person

SEED, DAYS = 20, 7
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


def make_factory(accounts: dict[str, ExampleAccount]) -> tuple[Actor, int]:
    """The factory with its owner, its engineer and its machines: owner and workplace."""
    account = accounts["owner"]
    owner = find_or_make_person(account.email, "김한빛", account.password)
    actor = find_actor(owner.pk)
    if actor is None:
        with transaction.atomic():
            workplace_id = registry.open_firm(owner.pk, FACTORY, WORKPLACE, is_example=True)
            actor = actor_of(owner)
            for machine in MACHINES:
                registry.add_equipment(actor, workplace_id, machine)
            account = accounts["engineer"]
            engineer = find_or_make_person(account.email, "박현장", account.password)
            grant_role(actor, engineer.pk, Role.ENGINEER)
    return actor, list_workplaces(actor.own_organisation_id)[0].id


def give_data(actor: Actor, workplace_id: int) -> None:
    """Import the last week of the simulated cell, as its machine and its MES would write it."""
    if list_imports(actor.own_organisation_id, workplace_id):
        return
    last = today_kst(timezone.now()) - timedelta(days=1)
    first = last - timedelta(days=DAYS - 1)
    period = f"{first:%Y%m%d}-{last:%Y%m%d}"
    sensors, shots = make_machine_files(SEED, first, DAYS)
    machines = list_equipment(actor.own_organisation_id, workplace_id)
    machine = next(one.id for one in machines if one.name == MACHINES[0].name)
    with transaction.atomic():
        _take(actor, workplace_id, machine, f"사출3호기_센서_{period}.csv", sensors)
        _take(actor, workplace_id, machine, f"사출3호기_생산실적_{period}.csv", shots)
    run_pending()


def measure_level(actor: Actor, workplace_id: int) -> None:
    """Let the engine measure what the imported files support, once."""
    if list_measurements(actor.own_organisation_id, workplace_id):
        return
    request_measurement(actor, workplace_id)
    run_pending()


def begin_application(actor: Actor, workplace_id: int, call_id: int) -> None:
    """A draft that its owner can go on with: some topics done, some open."""
    if list_applications(actor.own_organisation_id, workplace_id=workplace_id):
        return
    measured = list_measurements(actor.own_organisation_id, workplace_id)[0]
    answers = begun_answers(measured.result.system_level)
    with transaction.atomic():
        application_id = start_application(actor, call_id, workplace_id)
        fill_in(actor, application_id, answers, timezone.now())


def _take(actor: Actor, workplace_id: int, machine: int, name: str, content: bytes) -> None:
    import_id = streams.send_file(
        actor, workplace_id, ContentFile(content, name=name), equipment_id=machine
    )
    proposed = get_import(actor.own_organisation_id, import_id).mapping
    template = name.split("_2")[0].replace("_", " ")
    streams.confirm_import(actor, import_id, proposed, save_template_name=template)
