"""Addresses of lines and equipment, under `/my/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
