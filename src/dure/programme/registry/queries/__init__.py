"""Reads of the registry, always inside one organisation; plain data only."""

from dure.programme.registry.queries.codes import (
    industry_choices,
    programme_region_choices,
    province_choices,
)
from dure.programme.registry.queries.equipment import (
    EquipmentChange,
    EquipmentPreview,
    EquipmentView,
    LineView,
    get_equipment,
    list_equipment,
    list_lines,
    preview_equipment_csv,
)
from dure.programme.registry.queries.workplaces import (
    ContactView,
    FirmView,
    WorkplaceView,
    find_firm,
    get_workplace,
    list_contacts,
    list_workplaces,
)

__all__ = [
    "ContactView",
    "EquipmentChange",
    "EquipmentPreview",
    "EquipmentView",
    "FirmView",
    "LineView",
    "WorkplaceView",
    "find_firm",
    "get_equipment",
    "get_workplace",
    "industry_choices",
    "list_contacts",
    "list_equipment",
    "list_lines",
    "list_workplaces",
    "preview_equipment_csv",
    "programme_region_choices",
    "province_choices",
]
