"""Measured levels: what the data of a workplace supported, when, and on which files it rests."""

from django.db import models

from dure.foundation.audit.triggers import append_only
from dure.programme.registry.models import Workplace
from dure.programme.streams.models import Import


@append_only
class LevelMeasurement(models.Model):
    """One measurement; never changed, a new one stands beside it.

    `result` is the engine's own JSON, kept as the bytes it gave (`result_sha256`); the columns
    beside it repeat what lists ask for. `as_of` is the day whose level grid holds. One job gives
    one measurement, however often it is run.
    """

    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="measurements")
    job_id = models.BigIntegerField(unique=True)
    measured_at = models.DateTimeField(auto_now_add=True)
    measured_by = models.CharField(max_length=120)
    as_of = models.DateField()
    system_level = models.CharField(max_length=20)
    confidence = models.FloatField()
    grade = models.CharField(max_length=1)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    grid_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    result = models.TextField()
    result_sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=("workplace", "-measured_at")),)

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.system_level} {self.measured_at:%Y-%m-%d}"


@append_only
class MeasuredFile(models.Model):
    """One import that a measurement rests on, and the hash its original file had."""

    measurement = models.ForeignKey(LevelMeasurement, models.PROTECT, related_name="files")
    source = models.ForeignKey(Import, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("measurement", "source"), name="one_file_per_measurement"
            ),
        )

    def __str__(self) -> str:
        return self.name
