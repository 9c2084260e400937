"""People in front of the factory pages: who they are and the browser they use."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.models import Organisation
from tests.factories.foundation import make_member
from tests.factories.registry import make_workplace


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in member, their browser, and the first workplace of their firm."""

    client: Client
    actor: Actor
    workplace_id: int

    def get(self, url: str, /, *args: object, status: int = 200, **query: str) -> str:
        """The page of a factory URL name, which must answer `status`."""
        return _text(self.client.get(reverse(f"factory:{url}", args=args), query), status)

    def post(self, url: str, /, *args: object, status: int = 302, **data: Any) -> str:
        """Send a form to a factory URL name, which must answer `status`."""
        return _text(self.client.post(reverse(f"factory:{url}", args=args), data), status)


def make_owner(client: Client, **firm: object) -> Person:
    """An owner of a new firm with one workplace."""
    actor, workplace_id = make_workplace(**firm)
    client.force_login(User.objects.get(pk=actor.user_id))
    return Person(client, actor, workplace_id)


def make_colleague(owner: Person, role: str, client: Client) -> Person:
    """Another member of the owner's firm."""
    organisation = Organisation.objects.get(pk=owner.actor.organisation_id)
    user, actor = make_member(role, organisation=organisation)
    client.force_login(user)
    return Person(client, actor, owner.workplace_id)


def _text(response: HttpResponse, status: int) -> str:
    text = response.content.decode()
    assert response.status_code == status, f"{response.status_code}: {text[:2000]}"
    return text
