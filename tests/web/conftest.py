"""Shared by the page tests: static files by their plain names, a server and a browser."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.web.browser import browser
from tests.web.server import dure_server

__all__ = ["browser", "dure_server"]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """No test is slowed by what others asked for."""
    cache.clear()


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings, tmp_path: Path) -> None:
    """Pages rendered in this process need no collected static files."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
