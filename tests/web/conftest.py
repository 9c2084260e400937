"""Shared by the page tests: static files by their plain names, a server and a browser."""

import pytest
from pytest_django import Settings

from tests.web.browser import browser
from tests.web.server import dure_server

__all__ = ["browser", "dure_server"]


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    """Pages rendered in this process need no collected static files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
