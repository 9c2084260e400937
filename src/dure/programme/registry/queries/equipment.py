"""Lines and equipment of a workplace, and what a CSV of equipment would change."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from dure.programme.registry.details import EquipmentDetails, merged_details
from dure.programme.registry.equipment_sheet import (
    RowProblem,
    read_equipment_sheet,
    write_equipment_sheet,
)
from dure.programme.registry.models import Equipment, Line
from dure.programme.registry.scope import details_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentView:
    """A machine of a workplace; `line` is empty where it stands in none."""

    id: int
    workplace_id: int
    line_id: int | None
    line: str
    name: str
    kind: str
    maker: str
    model: str
    serial_number: str
    installed_on: date | None


@dataclass(frozen=True, slots=True)
class LineView:
    """A line and how many machines stand in it."""

    id: int
    name: str
    equipment_count: int


@dataclass(frozen=True, slots=True)
class EquipmentChange:
    """What a CSV row would do: `added`, `changed` or `unchanged`."""

    row: int
    change: str
    details: EquipmentDetails


@dataclass(frozen=True, slots=True)
class EquipmentPreview:
    """What importing a CSV would do; with any problem, nothing is done."""

    changes: tuple[EquipmentChange, ...]
    problems: tuple[RowProblem, ...]
    encoding: str

    def count(self, change: str) -> int:
        """Rows with this change."""
        return sum(row.change == change for row in self.changes)


def list_lines(organisation_id: int, workplace_id: int) -> tuple[LineView, ...]:
    """Lines of a workplace by name."""
    lines = Line.objects.filter(
        workplace_id=workplace_id, workplace__firm__organisation_id=organisation_id
    )
    counted = lines.annotate(machines=Count("equipment")).order_by("name")
    return tuple(LineView(line.pk, line.name, line.machines) for line in counted)


def list_equipment(organisation_id: int, workplace_id: int) -> tuple[EquipmentView, ...]:
    """Machines of a workplace by line and name."""
    rows = _equipment(organisation_id).filter(workplace_id=workplace_id)
    return tuple(_equipment_view(row) for row in rows.order_by("line__name", "name"))


def get_equipment(organisation_id: int, equipment_id: int) -> EquipmentView:
    """One machine; raises `Equipment.DoesNotExist` outside the organisation."""
    return _equipment_view(_equipment(organisation_id).get(pk=equipment_id))


def equipment_csv(organisation_id: int, workplace_id: int) -> bytes:
    """The machines of a workplace as a list that can be uploaded again."""
    rows = _equipment(organisation_id).filter(workplace_id=workplace_id)
    return write_equipment_sheet(details_of(row) for row in rows.order_by("line__name", "name"))


def preview_equipment_csv(
    organisation_id: int, workplace_id: int, content: bytes
) -> EquipmentPreview:
    """What `actions.import_equipment_csv` would do with the file.

    Raises:
        EquipmentSheetError: the file cannot be read as a table of equipment.
    """
    sheet = read_equipment_sheet(content)
    rows = _equipment(organisation_id).filter(workplace_id=workplace_id)
    known = {row.name: details_of(row) for row in rows}
    changes = []
    for sheet_row in sheet.rows:
        stored = known.get(sheet_row.details.name)
        if stored is None:
            changes.append(EquipmentChange(sheet_row.row, "added", sheet_row.details))
            continue
        merged = merged_details(stored, sheet.fields, sheet_row.details)
        change = "unchanged" if merged == stored else "changed"
        changes.append(EquipmentChange(sheet_row.row, change, merged))
    return EquipmentPreview(tuple(changes), sheet.problems, sheet.encoding)


def _equipment(organisation_id: int) -> "QuerySet[Equipment]":
    return Equipment.objects.select_related("line").filter(
        workplace__firm__organisation_id=organisation_id
    )


def _equipment_view(equipment: Equipment) -> EquipmentView:
    return EquipmentView(
        id=equipment.pk,
        workplace_id=equipment.workplace_id,
        line_id=equipment.line_id,
        line=equipment.line.name if equipment.line else "",
        name=equipment.name,
        kind=equipment.kind,
        maker=equipment.maker,
        model=equipment.model,
        serial_number=equipment.serial_number,
        installed_on=equipment.installed_on,
    )
