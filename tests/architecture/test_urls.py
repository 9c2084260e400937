"""Deny by default: every address names its permission or says that it is public."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.house import listing

from dure.foundation.organisations.access import PUBLIC, SIGNED_IN, permission_of
from dure.foundation.organisations.roles import GRANTS


def _addresses(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        else:
            yield route, pattern


ADDRESSES = tuple(_addresses(get_resolver().url_patterns))


def test_every_address_names_a_permission_or_is_public() -> None:
    silent = [f"/{route}" for route, view in ADDRESSES if permission_of(view.callback) is None]

    assert ADDRESSES
    assert silent == [], "권한을 밝히지 않은 주소 (@requires 또는 @public):" + listing(silent)


def test_every_permission_is_granted_to_some_role() -> None:
    granted = frozenset().union(*GRANTS.values()) | {PUBLIC, SIGNED_IN}
    asked = {(route, permission_of(view.callback)) for route, view in ADDRESSES}
    unknown = [f"/{route}: {name}" for route, name in sorted(asked, key=str) if name not in granted]

    assert unknown == [], "어느 역할에도 없는 권한 (roles.py):" + listing(unknown)


def test_every_granted_permission_has_the_form_room_resource_action() -> None:
    granted = sorted(frozenset().union(*GRANTS.values()))
    wrong = [name for name in granted if len([part for part in name.split(":") if part]) != 3]

    assert wrong == [], listing(wrong)


def test_every_address_has_a_name_and_no_two_share_one() -> None:
    unnamed = [f"/{route}" for route, view in ADDRESSES if not view.name]
    seen: dict[tuple[str, str], str] = {}
    double = []
    for route, view in ADDRESSES:
        key = (route.split("/", 1)[0], str(view.name))
        if key in seen and not str(view.name).startswith("account_"):
            double.append(f"{view.name}: /{seen[key]} · /{route}")
        seen[key] = route

    assert unnamed == [], "이름이 없는 주소:" + listing(unnamed)
    assert double == [], "한 이름을 둘이 쓰는 주소:" + listing(double)
