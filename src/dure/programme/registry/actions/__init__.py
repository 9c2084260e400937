"""Writes of the registry: firms and workplaces, lines and equipment, people to call."""

from dure.programme.registry.actions.contacts import add_contact, remove_contact
from dure.programme.registry.actions.equipment import (
    EquipmentImport,
    add_equipment,
    add_line,
    import_equipment_csv,
    remove_equipment,
    remove_line,
    update_equipment,
)
from dure.programme.registry.actions.firms import (
    open_firm,
    register_firm,
    register_workplace,
    update_firm,
    update_workplace,
)

__all__ = [
    "EquipmentImport",
    "add_contact",
    "add_equipment",
    "add_line",
    "import_equipment_csv",
    "open_firm",
    "register_firm",
    "register_workplace",
    "remove_contact",
    "remove_equipment",
    "remove_line",
    "update_equipment",
    "update_firm",
    "update_workplace",
]
