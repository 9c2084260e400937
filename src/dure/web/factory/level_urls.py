"""Addresses of measured levels, under `/my/`."""

from django.urls import URLPattern, path

from dure.web.factory import level, level_files

_ALL = "workplaces/<int:workplace_id>/level/"
_ONE = _ALL + "<int:measurement_id>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, level.level, name="level"),
    path(_ALL + "measure/", level.level_measure, name="level-measure"),
    path(_ALL + "progress/", level.level_progress, name="level-progress"),
    path(_ONE, level.level_measurement, name="level-measurement"),
    path(_ONE + "<str:kind>/", level_files.level_download, name="level-download"),
]
