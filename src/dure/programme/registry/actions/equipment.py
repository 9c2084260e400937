"""Lines and equipment of a workplace, one by one or from a CSV."""

from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.kernel.text import Text
from dure.programme.registry.checks import required
from dure.programme.registry.details import EquipmentDetails, merged_details
from dure.programme.registry.equipment_sheet import read_equipment_sheet
from dure.programme.registry.errors import (
    AlreadyRegisteredError,
    EquipmentSheetError,
    RegistryError,
)
from dure.programme.registry.models import Equipment, Line, Workplace
from dure.programme.registry.scope import details_of, own_equipment, own_workplace

_NAME_MISSING = Text("설비명을 입력해 주세요.")


@dataclass(frozen=True, slots=True)
class EquipmentImport:
    """How many machines a CSV added, changed, and left as they were."""

    added: int
    changed: int
    unchanged: int


def add_line(actor: Actor, workplace_id: int, name: str) -> int:
    """Add a production line.

    Raises:
        Workplace.DoesNotExist: not the actor's.
        FieldRefusedError: no name, or one the workplace already has.
    """
    with recorded(actor, "registry:line:added") as write:
        workplace = own_workplace(actor, workplace_id)
        name = required("name", name, Text("라인 이름을 입력해 주세요."))
        if workplace.lines.filter(name=name).exists():
            raise AlreadyRegisteredError(
                "name", Text("같은 이름의 라인이 있습니다: {name}", {"name": name})
            )
        line = Line.objects.create(workplace=workplace, name=name)
        write.subject(line, organisation_id=actor.organisation_id, new={"name": name})
    return line.pk


def remove_line(actor: Actor, line_id: int) -> None:
    """Remove a line; its equipment stays, without a line. Raises `Line.DoesNotExist`."""
    with recorded(actor, "registry:line:removed") as write:
        line = Line.objects.get(
            pk=line_id, workplace__firm__organisation_id=actor.own_organisation_id
        )
        write.subject(line, organisation_id=actor.organisation_id, old={"name": line.name})
        line.delete()


def add_equipment(actor: Actor, workplace_id: int, details: EquipmentDetails) -> int:
    """Add a machine; a line named but not known is made.

    Raises:
        Workplace.DoesNotExist: not the actor's.
        FieldRefusedError: no name, or one the workplace already has.
    """
    with recorded(actor, "registry:equipment:added") as write:
        workplace = own_workplace(actor, workplace_id)
        values = _values(workplace, details)
        _refuse_known(workplace, details.name.strip())
        equipment = Equipment.objects.create(workplace=workplace, **values)
        write.subject(equipment, organisation_id=actor.organisation_id, new=_told(details))
    return equipment.pk


def update_equipment(actor: Actor, equipment_id: int, details: EquipmentDetails) -> None:
    """Correct a machine; raises `Equipment.DoesNotExist` or as `add_equipment` does."""
    with recorded(actor, "registry:equipment:updated") as write:
        equipment = own_equipment(actor, equipment_id)
        old = _told(details_of(equipment))
        values = _values(equipment.workplace, details)
        if values["name"] != equipment.name:
            _refuse_known(equipment.workplace, details.name.strip())
        _set(equipment, values)
        write.subject(equipment, organisation_id=actor.organisation_id, old=old, new=_told(details))


def remove_equipment(actor: Actor, equipment_id: int) -> None:
    """Remove a machine entered by mistake.

    Raises:
        Equipment.DoesNotExist: not the actor's.
        RegistryError: data were received for it.
    """
    with recorded(actor, "registry:equipment:removed") as write:
        equipment = own_equipment(actor, equipment_id)
        write.subject(
            equipment, organisation_id=actor.organisation_id, old=_told(details_of(equipment))
        )
        try:
            equipment.delete()
        except ProtectedError as error:
            raise RegistryError(
                Text("받은 데이터가 있어 지울 수 없습니다: {name}", {"name": equipment.name}),
                Text("이 설비의 데이터 가져오기를 먼저 되돌려 주세요."),
            ) from error


def import_equipment_csv(actor: Actor, workplace_id: int, content: bytes) -> EquipmentImport:
    """Add every machine of the list, or none; a known name is updated with the list's values.

    Raises:
        Workplace.DoesNotExist: not the actor's.
        EquipmentSheetError: the file cannot be read, or any row is refused.
    """
    sheet = read_equipment_sheet(content)
    if sheet.problems:
        raise EquipmentSheetError(
            Text("고칠 곳이 {count}건 있어 저장하지 않았습니다.", {"count": len(sheet.problems)}),
            Text("표시된 행과 열을 고쳐 다시 올려 주세요."),
        )
    with recorded(actor, "registry:equipment:imported") as write:
        workplace = own_workplace(actor, workplace_id)
        known = {
            machine.name: machine
            for machine in workplace.equipment.select_related("line").select_for_update(
                of=("self",)
            )
        }
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        for row in sheet.rows:
            counts[_merge(workplace, known.get(row.details.name), sheet.fields, row.details)] += 1
        write.subject(workplace, organisation_id=actor.organisation_id, new=counts)
    return EquipmentImport(**counts)


def _merge(
    workplace: Workplace,
    equipment: Equipment | None,
    fields: tuple[str, ...],
    details: EquipmentDetails,
) -> str:
    if equipment is None:
        Equipment.objects.create(workplace=workplace, **_values(workplace, details))
        return "added"
    merged = merged_details(details_of(equipment), fields, details)
    if merged == details_of(equipment):
        return "unchanged"
    _set(equipment, _values(workplace, merged))
    return "changed"


def _values(workplace: Workplace, details: EquipmentDetails) -> dict[str, Any]:
    line = details.line.strip()
    return {
        "name": required("name", details.name, _NAME_MISSING),
        "line": Line.objects.get_or_create(workplace=workplace, name=line)[0] if line else None,
        "kind": details.kind.strip(),
        "maker": details.maker.strip(),
        "model": details.model.strip(),
        "serial_number": details.serial_number.strip(),
        "installed_on": details.installed_on,
    }


def _set(equipment: Equipment, values: dict[str, Any]) -> None:
    for key, value in values.items():
        setattr(equipment, key, value)
    equipment.save()


def _told(details: EquipmentDetails) -> dict[str, Any]:
    return {
        "name": details.name,
        "line": details.line,
        "kind": details.kind,
        "maker": details.maker,
        "model": details.model,
        "serial_number": details.serial_number,
        "installed_on": details.installed_on.isoformat() if details.installed_on else None,
    }


def _refuse_known(workplace: Workplace, name: str) -> None:
    if workplace.equipment.filter(name=name).exists():
        raise AlreadyRegisteredError(
            "name", Text("같은 이름의 설비가 있습니다: {name}", {"name": name})
        )
