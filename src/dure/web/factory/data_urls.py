"""Addresses of imports, signals and single machines, under `/my/`."""

from django.urls import URLPattern, path

from dure.web.factory import data, imports, quarantine, signals

_WORKPLACE = "workplaces/<int:workplace_id>/"
_IMPORT = "imports/<int:import_id>/"

urlpatterns: list[URLPattern] = [
    path(_WORKPLACE + "data/", data.data, name="data"),
    path(_WORKPLACE + "data/signals.csv", data.data_csv, name="data-csv"),
    path("equipment/<int:equipment_id>/", data.equipment, name="equipment"),
    path(_WORKPLACE + "imports/new/", imports.import_new, name="import-new"),
    path(
        _WORKPLACE + "templates/<int:template_id>/remove/",
        imports.template_remove,
        name="template-remove",
    ),
    path(_IMPORT, imports.import_page, name="import"),
    path(_IMPORT + "progress/", imports.import_progress, name="import-progress"),
    path(_IMPORT + "read/", imports.import_read, name="import-read"),
    path(_IMPORT + "confirm/", imports.import_confirm, name="import-confirm"),
    path(_IMPORT + "retry/", imports.import_retry, name="import-retry"),
    path(_IMPORT + "undo/", imports.import_undo, name="import-undo"),
    path(_IMPORT + "discard/", imports.import_discard, name="import-discard"),
    path(_IMPORT + "original/", imports.import_original, name="import-original"),
    path(_IMPORT + "quarantine/", quarantine.quarantine, name="import-quarantine"),
    path(_IMPORT + "quarantine.csv", quarantine.quarantine_csv, name="import-quarantine-csv"),
    path(_IMPORT + "resubmit/", quarantine.resubmit, name="import-resubmit"),
    path(_WORKPLACE + "signals/<path:series_id>/", signals.signal, name="signal"),
    path(_WORKPLACE + "signal-data/<path:series_id>/", signals.signal_data, name="signal-data"),
    path(_WORKPLACE + "signal-csv/<path:series_id>/", signals.signal_csv, name="signal-csv"),
]
