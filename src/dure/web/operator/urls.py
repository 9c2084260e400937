"""Addresses of the agency's pages, under `/ops/`."""

from django.urls import URLPattern, URLResolver, path

from dure.web.operator import assigning, case, evidence, queue, today

app_name = "operator"
_CASE = "queue/<int:application_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("queue/", queue.queue, name="queue"),
    path("queue.csv", queue.queue_csv, name="queue-csv"),
    path("queue/assign/", assigning.assign, name="assign"),
    path("queue/assign/undo/", assigning.assign_undo, name="assign-undo"),
    path(_CASE, case.case, name="case"),
    path(_CASE + "assign/", assigning.case_assign, name="case-assign"),
    path(_CASE + "decide/", case.case_decide, name="case-decide"),
    path(_CASE + "supplement/", case.case_supplement, name="case-supplement"),
    path(_CASE + "evidence/", evidence.evidence, name="case-evidence"),
    path(_CASE + "signals/<path:series_id>/", evidence.signal, name="case-signal"),
    path(_CASE + "signal-data/<path:series_id>/", evidence.signal_data, name="case-signal-data"),
]
