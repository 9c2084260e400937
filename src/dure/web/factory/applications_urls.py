"""Addresses of applications for support, under `/my/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
