"""Addresses of the factory's home, under `/my/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
