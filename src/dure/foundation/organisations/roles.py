"""The roles a member can hold and the permissions each grants.

A permission is written `room:resource:action`. Rooms list theirs in `permissions.py` as a
StrEnum; this table alone says who holds them. What is not granted here is refused.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("도입기업 대표")
    ENGINEER = "engineer", _("현장 담당")
    OPERATOR = "operator", _("운영기관 담당")


_FACTORY_READ = (
    "registry:workplace:view",
    "registry:equipment:view",
    "streams:import:view",
    "streams:reading:view",
    "levels:measurement:view",
    "support:application:view",
    "foundation:job:view",
    "foundation:document:view",
)
_FACTORY_WRITE = (
    "registry:equipment:edit",
    "streams:import:create",
    "streams:import:undo",
    "levels:measurement:create",
    "foundation:job:retry",
)
_OWNER_ONLY = (
    "registry:workplace:edit",
    "organisations:member:view",
    "organisations:member:invite",
    "support:application:edit",
    "support:application:submit",
)
_OPERATOR = (
    "support:case:view",
    "support:case:assign",
    "support:case:decide",
    "support:call:view",
    "support:call:open",
    "foundation:job:view",
    "foundation:job:retry",
    "foundation:document:view",
    "organisations:member:view",
    "organisations:member:invite",
    "audit:entry:view",
)

GRANTS: dict[str, frozenset[str]] = {
    Role.OWNER: frozenset((*_FACTORY_READ, *_FACTORY_WRITE, *_OWNER_ONLY)),
    Role.ENGINEER: frozenset((*_FACTORY_READ, *_FACTORY_WRITE)),
    Role.OPERATOR: frozenset(_OPERATOR),
}


def is_granted(role: str, permission: str) -> bool:
    """Whether `role` holds `permission`; unknown roles hold none."""
    return permission in GRANTS.get(role, frozenset())
