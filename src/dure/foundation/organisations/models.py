"""Organisations and the people who belong to them."""

from typing import NewType

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.organisations.roles import Role

OrganisationId = NewType("OrganisationId", int)


class Organisation(models.Model):
    """A tenant: an adopter or supplier firm, or the agency that runs the programme."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("기업")
        AGENCY = "agency", _("운영기관")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one organisation with one role; a person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
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
