"""Addresses of lines and equipment, under `/my/`."""

from django.urls import URLPattern, path

from dure.web.factory import equipment, equipment_sheet

_ALL = "workplaces/<int:workplace_id>/equipment/"
_ONE = "equipment/<int:equipment_id>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, equipment.equipment_list, name="equipment-list"),
    path(_ALL + "list.csv", equipment_sheet.sheet_download, name="equipment-csv"),
    path(_ALL + "new/", equipment.equipment_new, name="equipment-new"),
    path(_ALL + "upload/", equipment_sheet.sheet_upload, name="equipment-upload"),
    path(_ALL + "upload/<int:file_id>/", equipment_sheet.sheet_preview, name="equipment-sheet"),
    path(_ALL + "lines/new/", equipment.line_new, name="line-new"),
    path(_ALL + "lines/<int:line_id>/remove/", equipment.line_remove, name="line-remove"),
    path("equipment/template.csv", equipment_sheet.sheet_template, name="equipment-template"),
    path(_ONE + "edit/", equipment.equipment_edit, name="equipment-edit"),
    path(_ONE + "remove/", equipment.equipment_remove, name="equipment-remove"),
]
