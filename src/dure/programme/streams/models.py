"""Files a workplace sent, how they were understood, and the series they became."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.audit.triggers import tracked
from dure.foundation.files.models import StoredFile
from dure.programme.registry.models import Equipment, Workplace


@tracked
class Import(models.Model):
    """One file on its way into the lake.

    `inspection`, `mapping` and `report` are the lake engine's own JSON; `corrects` points to the
    import whose refused rows this file brings back. `lake_key` is what the last run called its
    rows in the lake; they count only while the import is done.
    """

    class State(models.TextChoices):
        INSPECTED = "inspected", _("확인 대기")
        QUEUED = "queued", _("가져오기 대기")
        RUNNING = "running", _("가져오는 중")
        DONE = "done", _("완료")
        FAILED = "failed", _("실패")
        UNDONE = "undone", _("되돌림")
        DISCARDED = "discarded", _("버림")

    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="imports")
    equipment = models.ForeignKey(Equipment, models.PROTECT, null=True, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    state = models.CharField(max_length=10, choices=State.choices, default=State.INSPECTED)
    template_name = models.CharField(max_length=80, blank=True)
    inspection = models.JSONField()
    mapping = models.JSONField()
    report = models.JSONField(null=True)
    problem = models.JSONField(null=True)
    rows_accepted = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    job_id = models.BigIntegerField(null=True)
    lake_key = models.CharField(max_length=64, blank=True)
    sent_by = models.CharField(max_length=120)
    sent_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("workplace", "state", "-sent_at")),)

    def __str__(self) -> str:
        return f"{self.workplace_id}/{self.pk} {self.state}"


@tracked
class ImportedSeries(models.Model):
    """What one import brought of one series, and how healthy it is.

    Times in UTC; `cadence_seconds` is the usual distance between rows; a gap is explained in
    `dure.engines.levels.health`. Fields are None where the series has no time or no numbers.
    """

    source = models.ForeignKey(Import, models.CASCADE, related_name="series")
    series_id = models.CharField(max_length=300, db_index=True)
    position = models.PositiveIntegerField()
    tag = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=10)
    rows = models.BigIntegerField()
    filled = models.BigIntegerField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    minimum = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    is_constant = models.BooleanField(default=False)
    words = models.PositiveIntegerField(null=True)
    cadence_seconds = models.FloatField(null=True)
    gap_count = models.PositiveIntegerField(null=True)
    gap_seconds = models.FloatField(null=True)
    longest_gap_at = models.DateTimeField(null=True)
    longest_gap_seconds = models.FloatField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "series_id"), name="one_series_per_import"),
        )

    def __str__(self) -> str:
        return self.series_id


@tracked
class MappingTemplate(models.Model):
    """A confirmed mapping kept for the next file of the same shape.

    `told` is what a person said of how such files are written (`engines.lake.facts.Told`).
    """

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="mapping_templates")
    name = models.CharField(max_length=80)
    mapping = models.JSONField()
    told = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workplace", "name"), name="one_template_per_name"),
        )

    def __str__(self) -> str:
        return self.name
