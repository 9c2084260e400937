"""Where a person starts, by the role they act in."""

from django.urls import NoReverseMatch, reverse

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.roles import Role

_START = {Role.OPERATOR: "operator:today"}


def landing_of(actor: Actor | None) -> str:
    """The address of the first page after signing in or changing roles."""
    name = _START.get(Role(actor.role), "factory:home") if actor else "factory:home"
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse("public:home")
