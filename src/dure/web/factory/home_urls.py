"""Addresses of the factory's home, under `/my/`."""

from django.urls import URLPattern, path

from dure.web.factory import home

urlpatterns: list[URLPattern] = [path("", home.home, name="home")]
