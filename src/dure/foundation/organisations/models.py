"""Organisations, the people who belong to them, and invitations to belong."""

from typing import NewType

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.audit.triggers import tracked
from dure.foundation.organisations.roles import Role

OrganisationId = NewType("OrganisationId", int)


@tracked
class Organisation(models.Model):
    """A tenant: an adopter or supplier firm, or the agency that runs the programme.

    Closing one ends its memberships and keeps its data: decisions already made rest on them.
    """

    class Kind(models.TextChoices):
        FIRM = "firm", _("기업")
        AGENCY = "agency", _("운영기관")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


@tracked
class Membership(models.Model):
    """One person in one organisation with one role; a person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "role"), name="one_membership_per_role"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"


@tracked
class Invitation(models.Model):
    """An offer of a role to the holder of an e-mail address, good once and for a while.

    Only the hash of the token is kept: who reads the database cannot accept.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.organisation}"
