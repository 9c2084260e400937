"""Finds rows inside the actor's own organisation; anything else does not exist for them."""

from dure.foundation.audit.actor import Actor
from dure.programme.registry.details import EquipmentDetails
from dure.programme.registry.models import Equipment, Firm, Workplace


def own_firm(actor: Actor) -> Firm:
    """The firm of the actor's organisation; raises `Firm.DoesNotExist`."""
    return Firm.objects.get(organisation_id=actor.own_organisation_id)


def own_workplace(actor: Actor, workplace_id: int) -> Workplace:
    """A workplace of the actor's organisation; raises `Workplace.DoesNotExist`."""
    return Workplace.objects.select_related("firm").get(
        pk=workplace_id, firm__organisation_id=actor.own_organisation_id
    )


def own_equipment(actor: Actor, equipment_id: int) -> Equipment:
    """A machine of the actor's organisation; raises `Equipment.DoesNotExist`."""
    return Equipment.objects.select_related("line", "workplace").get(
        pk=equipment_id, workplace__firm__organisation_id=actor.own_organisation_id
    )


def details_of(equipment: Equipment) -> EquipmentDetails:
    """A stored machine in the form people type it."""
    return EquipmentDetails(
        name=equipment.name,
        line=equipment.line.name if equipment.line else "",
        kind=equipment.kind,
        maker=equipment.maker,
        model=equipment.model,
        serial_number=equipment.serial_number,
        installed_on=equipment.installed_on,
    )
