"""Which machine a file came from."""

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.programme.registry.models import Equipment
from dure.programme.registry.queries import EquipmentView, get_equipment
from dure.programme.streams.errors import ImportStateError
from dure.programme.streams.scope import own_import
from dure.programme.streams.states import is_open


def choose_equipment(actor: Actor, import_id: int, equipment_id: int | None) -> None:
    """Say which machine the file came from, or that it is of none; before it is imported.

    Raises:
        Import.DoesNotExist, Equipment.DoesNotExist: not the actor's, or of another workplace.
        ImportStateError: it is being imported, or was.
    """
    with recorded(actor, "streams:import:equipment") as write:
        row = own_import(actor, import_id)
        if not is_open(row):
            raise ImportStateError
        if equipment_id is not None:
            found = get_equipment(actor.own_organisation_id, equipment_id)
            require_equipment_of(found, row.workplace_id)
        old, row.equipment_id = row.equipment_id, equipment_id
        row.save(update_fields=["equipment"])
        write.subject(
            row,
            organisation_id=actor.organisation_id,
            old={"equipment": old},
            new={"equipment": equipment_id},
        )


def require_equipment_of(equipment: EquipmentView, workplace_id: int) -> None:
    """A machine of another workplace does not exist for this one; `Equipment.DoesNotExist`."""
    if equipment.workplace_id != workplace_id:
        raise Equipment.DoesNotExist
