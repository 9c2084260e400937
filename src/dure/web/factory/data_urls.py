"""Addresses of imports, signals and single machines, under `/my/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
