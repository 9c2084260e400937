"""A job: what was asked, how far it is, and how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.organisations.models import Organisation


class Job(models.Model):
    """One piece of queued work of one organisation.

    `attempt` counts the runs and fences them: a run that lost its lease can no longer write.
    `lease_until` is when a silent worker counts as lost. Sentences are stored as
    `foundation.sentences` says. Written by workers many times a second, so not audited row by
    row; what a job does to other tables is.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("대기 중")
        RUNNING = "running", _("진행 중")
        DONE = "done", _("완료")
        FAILED = "failed", _("실패")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.JSONField()
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    message = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error = models.JSONField(null=True)
    remedy = models.JSONField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    actor_user_id = models.BigIntegerField(null=True)
    actor_organisation_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    actor_role = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("organisation", "-created_at")),
            models.Index(fields=("state", "lease_until")),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"
