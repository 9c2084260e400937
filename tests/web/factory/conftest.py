"""A signed-in owner with one workplace, and people who may do less."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.factory.people import Person, make_colleague, make_owner


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    """Files and lake of one test are its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def owner(client: Client) -> Person:
    """An owner of a firm with one workplace, signed in."""
    return make_owner(client)


@pytest.fixture
def engineer(owner: Person) -> Person:
    """A colleague on the floor, signed in in a browser of their own."""
    return make_colleague(owner, "engineer", Client())


@pytest.fixture
def stranger() -> Person:
    """An owner of another firm, signed in in a browser of their own."""
    return make_owner(Client())
