"""Reads of the registry, always inside one organisation; plain data only."""

from dure.programme.registry.equipment_sheet import MAX_BYTES as MAX_SHEET_BYTES
from dure.programme.registry.equipment_sheet import equipment_template
from dure.programme.registry.queries.codes import (
    find_industries,
    industry_choices,
    programme_region_choices,
    province_choices,
)
from dure.programme.registry.queries.equipment import (
    EquipmentChange,
    EquipmentPreview,
    EquipmentView,
    LineView,
    equipment_csv,
    get_equipment,
    list_equipment,
    list_lines,
    preview_equipment_csv,
)
from dure.programme.registry.queries.workplaces import (
    ContactView,
    FirmView,
    WorkplaceView,
    duty_choices,
    find_firm,
    get_workplace,
    list_contacts,
    list_workplaces,
)

__all__ = [
    "MAX_SHEET_BYTES",
    "ContactView",
    "EquipmentChange",
    "EquipmentPreview",
    "EquipmentView",
    "FirmView",
    "LineView",
    "WorkplaceView",
    "duty_choices",
    "equipment_csv",
    "equipment_template",
    "find_firm",
    "find_industries",
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
