"""Writes of organisations: found one, end a membership, switch roles, close."""

from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import SYSTEM, Actor
from dure.foundation.audit.record import recorded
from dure.foundation.organisations.errors import LastOwnerError, RoleRefusedError
from dure.foundation.organisations.middleware import SESSION_KEY
from dure.foundation.organisations.models import Membership, Organisation
from dure.foundation.organisations.queries import actor_in, actor_of
from dure.foundation.organisations.roles import Role, is_granted

INVITE = "organisations:member:invite"
FOUNDER_ROLES = {Organisation.Kind.FIRM: Role.OWNER, Organisation.Kind.AGENCY: Role.OPERATOR}


def create_organisation(
    user_id: int, *, name: str, kind: Organisation.Kind, is_example: bool = False
) -> Actor:
    """Found an organisation and return its founder's actor there.

    The founder of a firm is its owner, of an agency its operator. No page founds agencies:
    `manage.py invite_operator` and the example nation do.
    """
    user = User.objects.get(pk=user_id)
    person = Actor(label=str(user), role="person", user_id=user.pk)
    with recorded(person, "organisations:organisation:created") as write:
        organisation = Organisation.objects.create(name=name, kind=kind, is_example=is_example)
        membership = Membership.objects.create(
            user=user, organisation=organisation, role=FOUNDER_ROLES[kind]
        )
        write.subject(
            organisation,
            organisation_id=organisation.pk,
            new={"name": name, "kind": str(kind), "founder": user.pk},
        )
    return actor_in(membership)


def found_agency(name: str) -> Actor:
    """The system's actor in the agency of this name, founded without members when it is new.

    For the installation's own commands; its first operator is invited next.
    """
    known = Organisation.objects.filter(
        name=name, kind=Organisation.Kind.AGENCY, closed_at=None
    ).first()
    if known is None:
        with recorded(SYSTEM, "organisations:organisation:created") as write:
            known = Organisation.objects.create(name=name, kind=Organisation.Kind.AGENCY)
            write.subject(known, organisation_id=known.pk, new={"name": name, "kind": known.kind})
    return replace(SYSTEM, organisation_id=known.pk)


def grant_role(actor: Actor, user_id: int, role: str) -> int:
    """Make a person a member of the actor's organisation with a role; returns the membership.

    Raises:
        RoleRefusedError: the actor may not, or the organisation has no such role.
    """
    organisation = Organisation.objects.get(pk=actor.own_organisation_id)
    check_may_give(actor, organisation, role)
    with recorded(actor, "organisations:membership:granted") as write:
        membership, _ = Membership.objects.update_or_create(
            user_id=user_id, organisation=organisation, role=role, defaults={"ended_at": None}
        )
        write.subject(
            membership,
            organisation_id=organisation.pk,
            new={"user": user_id, "role": role},
        )
    return membership.pk


def end_membership(actor: Actor, membership_id: int, *, reason: str = "") -> None:
    """End one membership of the actor's organisation; one's own may always be ended.

    Raises:
        Membership.DoesNotExist: the organisation has no such live membership.
        RoleRefusedError: the actor may not manage members.
        LastOwnerError: it is the last of a firm's owners, or of an agency's operators.
    """
    with recorded(actor, "organisations:membership:ended", reason=reason) as write:
        membership = Membership.objects.select_for_update().get(
            pk=membership_id, organisation_id=actor.own_organisation_id, ended_at=None
        )
        if membership.user_id != actor.user_id and not is_granted(actor.role, INVITE):
            raise RoleRefusedError
        _keep_an_owner(membership)
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        write.subject(
            membership,
            organisation_id=membership.organisation_id,
            old={"user": membership.user_id, "role": membership.role},
            new={"ended_at": membership.ended_at.isoformat()},
        )


def switch_role(request: HttpRequest, membership_id: int) -> Actor:
    """Let the signed-in person act in another of their roles from now on, under a new session key.

    Raises:
        Membership.DoesNotExist: not a live membership of this person.
    """
    membership = Membership.objects.get(
        pk=membership_id,
        user_id=int(request.user.pk or 0),
        ended_at=None,
        organisation__closed_at=None,
    )
    actor = actor_of(membership.pk)
    with recorded(actor, "organisations:role:switched") as write:
        write.subject(
            membership,
            organisation_id=membership.organisation_id,
            old={"membership": request.session.get(SESSION_KEY)},
            new={"membership": membership.pk, "role": membership.role},
        )
    request.session.cycle_key()
    request.session[SESSION_KEY] = membership.pk
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def close_organisation(actor: Actor, *, reason: str) -> None:
    """Close the actor's organisation: nobody acts in it any more, its data are kept.

    Raises:
        RoleRefusedError: the actor may not manage members.
    """
    if not is_granted(actor.role, INVITE):
        raise RoleRefusedError
    with recorded(actor, "organisations:organisation:closed", reason=reason) as write:
        organisation = Organisation.objects.select_for_update().get(
            pk=actor.own_organisation_id, closed_at=None
        )
        organisation.closed_at = timezone.now()
        organisation.save(update_fields=["closed_at"])
        ended = organisation.memberships.filter(ended_at=None).update(
            ended_at=organisation.closed_at
        )
        write.subject(
            organisation, organisation_id=organisation.pk, new={"memberships_ended": ended}
        )


def check_may_give(actor: Actor, organisation: Organisation, role: str) -> None:
    """Refuse a role of another kind of organisation: an owner must not make operators.

    Raises:
        RoleRefusedError: also when the actor may not invite at all.
    """
    may = actor.role == "system" or is_granted(actor.role, INVITE)
    if not may or role not in ROLES_OF[Organisation.Kind(organisation.kind)]:
        raise RoleRefusedError


ROLES_OF = {
    Organisation.Kind.FIRM: frozenset({Role.OWNER, Role.ENGINEER}),
    Organisation.Kind.AGENCY: frozenset({Role.OPERATOR}),
}


def _keep_an_owner(membership: Membership) -> None:
    kind = Organisation.Kind(membership.organisation.kind)
    others = Membership.objects.filter(
        organisation_id=membership.organisation_id, role=FOUNDER_ROLES[kind], ended_at=None
    ).exclude(pk=membership.pk)
    if membership.role == FOUNDER_ROLES[kind] and not others.exists():
        raise LastOwnerError
