"""Addresses of the programme finder, the programmes and the search."""

from django.urls import URLPattern, URLResolver, path

from dure.web.public import finder, programmes, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("finder/", finder.finder, name="finder"),
    path("finder/result/", finder.finder_result, name="finder-result"),
    path("finder/forget/", finder.finder_forget, name="finder-forget"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:key>/", programmes.programme, name="programme"),
    path("programmes/<slug:key>/years.csv", programmes.years_csv, name="programme-years-csv"),
    path("search/", search.search, name="search"),
]
