"""The door of every factory page: the permission, and only what is the member's own.

What belongs to another organisation does not exist for this one: the answer is 404, never 403,
so that nobody learns which numbers are taken.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.access import MemberRequest, View, requires
from dure.foundation.organisations.roles import is_granted
from dure.kernel.errors import DureError
from dure.web import words

P = ParamSpec("P")
_FLAGS = {
    "may_edit": "registry:workplace:edit",
    "may_equip": "registry:equipment:edit",
    "may_send": "streams:import:create",
    "may_undo": "streams:import:undo",
    "may_measure": "levels:measurement:create",
    "may_apply": "support:application:edit",
    "may_invite": "organisations:member:invite",
}


def own(
    permission: str,
) -> Callable[[Callable[Concatenate[MemberRequest, P], HttpResponseBase]], View[P]]:
    """Require `permission`, and answer 404 for what the member's organisation does not have."""

    def decorate(view: Callable[Concatenate[MemberRequest, P], HttpResponseBase]) -> View[P]:
        @wraps(view)
        def found(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except ObjectDoesNotExist as error:
                raise Http404 from error

        return requires(permission)(found)

    return decorate


def said(error: DureError) -> str:
    """What is wrong and what to do, in the reader's language."""
    parts = [words.said(error.text), words.said(error.remedy)]
    return " ".join(part for part in parts if part)


def refuse(form: forms.Form, error: DureError) -> None:
    """Show a room's refusal at the field it names, else at the top of the form."""
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, said(error))


def taken(form: forms.Form, write: Callable[[], object]) -> bool:
    """Whether the form was sent, holds, and the room carried it out; a refusal goes to the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        write()
    except DureError as error:
        refuse(form, error)
        return False
    return True


def shown(
    request: HttpRequest, template: str, context: dict[str, object], *, refused: bool = False
) -> HttpResponse:
    """The page with what its reader may do; 422 when the form in it was refused."""
    return render(request, template, context | _allowed(request), status=422 if refused else 200)


def _allowed(request: HttpRequest) -> dict[str, object]:
    """`may_…` flags, so that no page offers what the role is refused."""
    actor: Actor | None = getattr(request, "actor", None)
    role = actor.role if actor else ""
    return {name: is_granted(role, permission) for name, permission in _FLAGS.items()}
