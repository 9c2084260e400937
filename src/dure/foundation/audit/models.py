"""The one audit table. Rows are added, never changed or removed: the database refuses both."""

from django.db import models


class AuditEntry(models.Model):
    """One write: who did what to which thing, why, and the values before and after."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_user_id = models.BigIntegerField(null=True, db_index=True)
    actor_organisation_id = models.BigIntegerField(null=True, db_index=True)
    actor_label = models.CharField(max_length=120)
    actor_role = models.CharField(max_length=20)
    action = models.CharField(max_length=80, db_index=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("subject_type", "subject_id")),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.action}"
