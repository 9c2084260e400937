"""Writes of accounts that allauth does not do: one's own name."""

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded


def rename_person(user_id: int, name: str) -> None:
    """Change how a person is called; their own act, so they are the actor."""
    user = User.objects.get(pk=user_id)
    with recorded(Actor(str(user), "person", user.pk), "accounts:person:renamed") as write:
        old, user.name = user.name, name
        user.save(update_fields=["name"])
        write.subject(user, organisation_id=None, old={"name": old}, new={"name": name})
