"""What the frame of every page shows: menu, role, unread notices, display, trial notice."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from dure.foundation.audit.actor import Actor
from dure.foundation.notices.queries import count_unread
from dure.foundation.organisations.queries import (
    MembershipView,
    list_memberships,
)
from dure.web.display import Display, display_of
from dure.web.navigation import NavItem, navigation
from dure.web.session import seconds_left


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
    def memberships(self) -> tuple[MembershipView, ...]:
        return list_memberships(self._user_id) if self._user_id else ()

    @cached_property
    def current(self) -> MembershipView | None:
        if self.actor is None:
            return None
        here = (self.actor.organisation_id, self.actor.role)
        return next((m for m in self.memberships if (m.organisation_id, m.role) == here), None)

    @property
    def other_memberships(self) -> tuple[MembershipView, ...]:
        return tuple(m for m in self.memberships if m != self.current)

    @property
    def is_example(self) -> bool:
        """Whether the organisation one acts in is part of the example nation."""
        return self.current is not None and self.current.is_example

    @cached_property
    def unread(self) -> int:
        """How many notices wait to be read."""
        return count_unread(self._user_id) if self._user_id else 0

    @property
    def session_seconds(self) -> int:
        return seconds_left()

    @property
    def _user_id(self) -> int | None:
        return self.request.user.pk if self.request.user.is_authenticated else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request, getattr(request, "actor", None))}
