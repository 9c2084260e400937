"""Who may open which account page: every address, every role."""

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.factories.foundation import make_member, make_user
from tests.web.account.conftest import PASSWORD

from dure.foundation.audit.actor import SYSTEM
from dure.foundation.audit.context import acting
from dure.foundation.organisations.access import PUBLIC, SIGNED_IN, permission_of
from dure.foundation.organisations.models import Membership
from dure.foundation.organisations.roles import Role, is_granted

pytestmark = pytest.mark.django_db
WHO = ("visitor", "stranger", *Role.values)


def _addresses() -> list[tuple[str, str]]:
    """Each account address with something in its places, and the permission it names."""
    found = []
    (accounts,) = [r for r in get_resolver().url_patterns if str(r.pattern) == "accounts/"]
    pending = [(accounts, "")]
    while pending:
        resolver, _ = pending.pop()
        for pattern in resolver.url_patterns:  # type: ignore[union-attr]
            if hasattr(pattern, "url_patterns"):
                pending.append((pattern, ""))
            else:
                found.append((_filled(str(pattern.pattern)), str(permission_of(pattern.callback))))
    return sorted(found)


def _filled(route: str) -> str:
    if route.startswith("^"):
        return {"^confirm-email": "confirm-email/abc/"}.get(
            route.split("/")[0], "password/reset/key/1-abc/"
        )
    parts = [
        "1" if p.startswith("<int:") else "x" if p.startswith("<") else p for p in route.split("/")
    ]
    return "/".join(parts)


def _browser_of(who: str) -> Client:
    browser = Client()
    if who == "visitor":
        return browser
    user = make_user(password=PASSWORD)
    if who != "stranger":
        make_member(who, user=user)
    browser.force_login(user)
    return browser


def _expected(who: str, permission: str) -> bool:
    """Whether the page may be reached at all."""
    if permission == PUBLIC:
        return True
    if permission == SIGNED_IN:
        return who != "visitor"
    return who in Role.values and is_granted(who, permission)


ADDRESSES = _addresses()


def test_the_table_knows_every_account_address() -> None:
    assert len(ADDRESSES) >= 35
    assert len(dict(ADDRESSES)) == len(ADDRESSES)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_address_opens_only_to_whom_it_says(who: str, method: str) -> None:
    wrong = []
    for path, permission in ADDRESSES:
        if path == "logout/":
            continue
        response = getattr(_browser_of(who), method)(f"/accounts/{path}")
        to_login = response.status_code == 302 and response["Location"].startswith(
            "/accounts/login/?next="
        )
        shut = to_login if who == "visitor" else response.status_code == 403
        if shut == _expected(who, permission) or response.status_code >= 500:
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
