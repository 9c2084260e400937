"""Addresses of measured levels, under `/my/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
