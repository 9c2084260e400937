"""Example people: made once, found again afterwards."""

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.queries import find_actor


def find_or_make_person(email: str, name: str, password: str | None) -> User:
    """The person with this address; without a password nobody signs in as them."""
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, password, name=name)


def actor_of(user: User) -> Actor:
    """Who the person acts as; raises LookupError for someone in no organisation."""
    actor = find_actor(user.pk)
    if actor is None:
        message = f"{user.email} acts in no organisation"
        raise LookupError(message)
    return actor
