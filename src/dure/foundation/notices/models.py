"""A notice: a sentence for one person, and whether they have read it."""

from django.conf import settings
from django.db import models

from dure.foundation.organisations.models import Organisation


class Notice(models.Model):
    """One message to one person about one organisation's affairs.

    `url` is a path of this site. `mailed_at` is set once the mail server took the mail.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.JSONField()
    body = models.JSONField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("user", "-created_at")),)

    def __str__(self) -> str:
        return f"notice {self.pk} to user {self.user_id}"
