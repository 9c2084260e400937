"""Reads of organisations and memberships."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.models import Invitation, Membership, Organisation
from dure.foundation.organisations.tokens import hash_of


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation's own facts; `kind` is a value of `Organisation.Kind`."""

    id: int
    name: str
    kind: str
    is_example: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class MembershipView:
    """One role of one person in one organisation."""

    id: int
    user_id: int
    user_name: str
    email: str
    organisation_id: int
    organisation_name: str
    is_example: bool
    role: str
    role_label: str


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as its sender or its reader sees it; instants are UTC."""

    id: int
    organisation_id: int
    organisation_name: str
    email: str
    role: str
    role_label: str
    expires_at: datetime
    is_open: bool


def get_organisation(organisation_id: int) -> OrganisationView:
    """One organisation; raises Organisation.DoesNotExist."""
    found = Organisation.objects.get(pk=organisation_id)
    return OrganisationView(
        id=found.pk,
        name=found.name,
        kind=found.kind,
        is_example=found.is_example,
        is_closed=found.closed_at is not None,
    )


def list_memberships(user_id: int) -> tuple[MembershipView, ...]:
    """The roles a person can act in now, oldest first: what the role switch offers."""
    found = _live().filter(user_id=user_id).order_by("id")
    return tuple(_membership_view(membership) for membership in found)


def list_members(organisation_id: int) -> tuple[MembershipView, ...]:
    """The people of an organisation, oldest membership first."""
    found = _live().filter(organisation_id=organisation_id).order_by("id")
    return tuple(_membership_view(membership) for membership in found)


def list_user_ids(organisation_id: int, *, role: str | None = None) -> tuple[int, ...]:
    """Whom to notify in an organisation, optionally only one role."""
    found = _live().filter(organisation_id=organisation_id)
    if role is not None:
        found = found.filter(role=role)
    return tuple(found.order_by("user_id").values_list("user_id", flat=True).distinct())


def list_agency_ids() -> tuple[int, ...]:
    """The organisations that run the programme."""
    found = Organisation.objects.filter(kind=Organisation.Kind.AGENCY, closed_at=None)
    return tuple(found.order_by("id").values_list("id", flat=True))


def list_invitations(organisation_id: int) -> tuple[InvitationView, ...]:
    """The organisation's invitations that can still be accepted, newest first."""
    found = Invitation.objects.filter(
        organisation_id=organisation_id,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    ).select_related("organisation")
    return tuple(invitation_view(i) for i in found.order_by("-id"))


def find_invitation(token: str) -> InvitationView | None:
    """What an invitation offers, open or not; None when no invitation has this token."""
    found = (
        Invitation.objects.select_related("organisation")
        .filter(token_sha256=hash_of(token))
        .first()
    )
    return invitation_view(found) if found else None


def actor_of(membership_id: int) -> Actor:
    """The actor a live membership makes of its person; raises Membership.DoesNotExist."""
    return actor_in(_live().get(pk=membership_id))


def find_actor(user_id: int, chosen_id: int | None = None) -> Actor | None:
    """The actor of the chosen membership if it lives, else of the person's first one."""
    memberships = list(_live().filter(user_id=user_id).order_by("id"))
    if not memberships:
        return None
    return actor_in(next((m for m in memberships if m.pk == chosen_id), memberships[0]))


def actor_in(membership: Membership) -> Actor:
    """The actor of a membership row at hand."""
    return Actor(
        label=str(membership.user),
        role=membership.role,
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
    )


def invitation_view(invitation: Invitation, *, now: datetime | None = None) -> InvitationView:
    """The plain data of an invitation row at hand."""
    is_open = (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and invitation.organisation.closed_at is None
        and invitation.expires_at > (now or timezone.now())
    )
    return InvitationView(
        id=invitation.pk,
        organisation_id=invitation.organisation_id,
        organisation_name=invitation.organisation.name,
        email=invitation.email,
        role=invitation.role,
        role_label=invitation.get_role_display(),
        expires_at=invitation.expires_at,
        is_open=is_open,
    )


def _live() -> models.QuerySet[Membership]:
    return Membership.objects.filter(ended_at=None, organisation__closed_at=None).select_related(
        "organisation", "user"
    )


def _membership_view(membership: Membership) -> MembershipView:
    return MembershipView(
        id=membership.pk,
        user_id=membership.user_id,
        user_name=membership.user.name,
        email=membership.user.email,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        is_example=membership.organisation.is_example,
        role=membership.role,
        role_label=membership.get_role_display(),
    )
