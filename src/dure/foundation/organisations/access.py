"""Deny by default: every view names its permission, or says it is public.

`permission_of` is what the architecture test reads; a URL whose view names neither fails the
build.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.roles import is_granted

PUBLIC = "public"
SIGNED_IN = "signed-in"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request that passed `requires`: its actor is known and holds the permission."""

    actor: Actor


MemberView = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def public(view: View[P]) -> View[P]:
    """Anyone may call this view, signed in or not."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(permission: str) -> Callable[[MemberView[P]], View[P]]:
    """Only a member whose role grants `permission` (or, with SIGNED_IN, anyone signed in)."""

    def decorate(view: MemberView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not _holds(getattr(request, "actor", None), permission):
                raise PermissionDenied(permission)
            return view(cast("MemberRequest", request), *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate


def _holds(actor: Actor | None, permission: str) -> bool:
    if permission == SIGNED_IN:
        return True
    return actor is not None and is_granted(actor.role, permission)


def permission_of(view: Any) -> str | None:  # noqa: ANN401 - a URL callback may be anything
    """The permission a URL callback names, `PUBLIC`, or None when it names nothing."""
    return cast("str | None", getattr(view, "permission", None))
