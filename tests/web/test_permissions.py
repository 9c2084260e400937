"""Who may open which page: every address, every role, reading and writing."""

import re

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from pytest_django import Settings

from dure.foundation.audit.actor import SYSTEM
from dure.foundation.audit.context import acting
from dure.foundation.organisations.access import PUBLIC, SIGNED_IN, permission_of
from dure.foundation.organisations.models import Membership
from dure.foundation.organisations.roles import Role, is_granted
from tests.factories.foundation import make_member, make_user
from tests.web.account.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WHO = ("visitor", "stranger", *Role.values)


def _addresses() -> list[tuple[str, str]]:
    """Each address with something in its places, and the permission it names."""
    pending = [(pattern, "") for pattern in get_resolver().url_patterns]
    found = []
    while pending:
        pattern, before = pending.pop()
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            pending += [(inner, route) for inner in pattern.url_patterns]
        else:
            found.append((f"/{_filled(route)}", str(permission_of(pattern.callback))))
    return sorted(found)


def _filled(route: str) -> str:
    """The route with a number or a word in each place; allauth's two patterns by hand."""
    if "^" in route:
        return (
            "accounts/confirm-email/abc/"
            if "confirm-email" in route
            else "accounts/password/reset/key/1-abc/"
        )
    return re.sub(r"<(?:str:|slug:|path:)?\w+>", "x", re.sub(r"<int:\w+>", "1", route))


def _browser_of(who: str) -> Client:
    browser = Client(raise_request_exception=False)
    if who == "visitor":
        return browser
    user = make_user(password=PASSWORD)
    if who != "stranger":
        make_member(who, user=user)
    browser.force_login(user)
    return browser


def _may(who: str, permission: str) -> set[bool]:
    """Whether the page may be reached; one open to all signed in may yet refuse a role itself."""
    if permission == PUBLIC:
        return {True}
    if who == "visitor":
        return {False}
    if permission == SIGNED_IN:
        return {True, False}
    return {who in Role.values and is_granted(who, permission)}


ADDRESSES = _addresses()


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_table_fills_every_place() -> None:
    assert len(ADDRESSES) >= 50
    assert not [path for path, _ in ADDRESSES if re.search(r"[<>^]", path)]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_address_opens_only_to_whom_it_says(who: str, method: str) -> None:
    wrong = []
    for path, permission in ADDRESSES:
        response = getattr(_browser_of(who), method)(path)
        to_login = response.status_code == 302 and response["Location"].startswith(
            "/accounts/login/?next="
        )
        shut = to_login if who == "visitor" else response.status_code == 403
        if (not shut) not in _may(who, permission) or response.status_code >= 500:
            wrong.append(f"{method} {path} ({permission}): {response.status_code}")

    assert wrong == []


def test_ended_member_is_shut_out_at_once() -> None:
    user, _ = make_member()
    browser = Client()
    browser.force_login(user)
    before = browser.get("/accounts/members/").status_code
    with acting(SYSTEM):
        Membership.objects.update(ended_at=timezone.now())

    assert (before, browser.get("/accounts/members/").status_code) == (200, 403)
