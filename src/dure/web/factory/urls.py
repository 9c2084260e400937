"""Addresses of a factory's own pages, under `/my/`; one `<topic>_urls` module per topic."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "factory"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dure.web.factory.home_urls")),
    path("", include("dure.web.factory.workplaces_urls")),
    path("", include("dure.web.factory.equipment_urls")),
    path("", include("dure.web.factory.data_urls")),
    path("", include("dure.web.factory.level_urls")),
    path("", include("dure.web.factory.applications_urls")),
]
