"""A file someone gave us; its bytes lie under `MEDIA_ROOT` by organisation and hash."""

from django.db import models

from dure.foundation.audit.triggers import tracked
from dure.foundation.organisations.models import Organisation


@tracked
class StoredFile(models.Model):
    """One name of one content. The same content twice is one file on disk.

    Rooms point at it with PROTECT, so what is in use cannot be deleted.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    purpose = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "sha256", "name", "purpose"), name="one_row_per_content"
            ),
        )

    def __str__(self) -> str:
        return self.name
