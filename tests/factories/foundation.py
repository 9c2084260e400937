"""Makes people, organisations and members, as the database allows: with an actor."""

from itertools import count

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import SYSTEM, Actor
from dure.foundation.audit.context import acting
from dure.foundation.organisations.models import Membership, Organisation
from dure.foundation.organisations.queries import actor_in
from dure.foundation.organisations.roles import Role

_numbers = count(1)


def make_user(email: str | None = None, *, name: str = "", password: str | None = None) -> User:
    """A person; without `password` they can only be signed in by `client.force_login`."""
    return User.objects.create_user(
        email or f"person{next(_numbers)}@example.kr", password, name=name
    )


def make_organisation(
    name: str | None = None, *, kind: str = Organisation.Kind.FIRM, is_example: bool = False
) -> Organisation:
    """An organisation without members."""
    with acting(SYSTEM):
        return Organisation.objects.create(
            name=name or f"두레정밀 {next(_numbers)}", kind=kind, is_example=is_example
        )


def make_member(
    role: str = Role.OWNER, *, organisation: Organisation | None = None, user: User | None = None
) -> tuple[User, Actor]:
    """A person in an organisation (made to fit the role when not given), and their actor."""
    kind = Organisation.Kind.AGENCY if role == Role.OPERATOR else Organisation.Kind.FIRM
    organisation = organisation or make_organisation(kind=kind)
    user = user or make_user()
    with acting(SYSTEM):
        membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    return user, actor_in(membership)
