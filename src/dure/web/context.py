"""What the frame of every page shows: menu, role, unread notices, display, trial notice."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.models import Membership
from dure.web.display import Display, display_of
from dure.web.navigation import NavItem, navigation


@dataclass
class Shell:
    """The frame of one page; each part is looked up only when the template asks for it."""

    request: HttpRequest
    actor: Actor | None
    display: Display = field(init=False)

    def __post_init__(self) -> None:
        self.display = display_of(self.request)

    @property
    def mode(self) -> str:
        return self.display.mode

    @property
    def text(self) -> str:
        return self.display.text

    @cached_property
    def nav(self) -> tuple[NavItem, ...]:
        return navigation(self.request, self.actor)

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        if not self._user_id:
            return ()
        mine = Membership.objects.filter(user_id=self._user_id, ended_at=None)
        return tuple(mine.select_related("organisation").order_by("id"))

    @cached_property
    def current(self) -> Membership | None:
        if self.actor is None:
            return None
        here = (self.actor.organisation_id, self.actor.role)
        return next((m for m in self.memberships if (m.organisation_id, m.role) == here), None)

    @property
    def other_memberships(self) -> tuple[Membership, ...]:
        return tuple(m for m in self.memberships if m != self.current)

    @property
    def _user_id(self) -> int | None:
        return self.request.user.pk if self.request.user.is_authenticated else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request, getattr(request, "actor", None))}
