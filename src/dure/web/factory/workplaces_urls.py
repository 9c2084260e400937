"""Addresses of the firm and its workplaces, under `/my/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
