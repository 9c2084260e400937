"""A document as issued; its bytes are a stored file that nothing changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.audit.triggers import tracked
from dure.foundation.files.models import StoredFile
from dure.foundation.organisations.models import Organisation


class DocumentKind(models.TextChoices):
    """What Dure issues; the label is what the public verification page calls it."""

    APPLICATION_RECEIPT = "application-receipt", _("지원사업 신청 접수증")


@tracked
class Document(models.Model):
    """One issued PDF of one organisation.

    `sha256` is kept beside the file's own, because it is what a later check compares with.
    `key` is what it was issued for (an application's id): one document of a kind is in force
    for a key at a time.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.CharField(max_length=14, unique=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80, null=True)  # noqa: DJ001 - NULL: no key, and not unique
    title = models.JSONField()
    issuer = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "kind", "key"),
                condition=models.Q(revoked_at=None),
                name="one_document_in_force_per_key",
            ),
        )
        indexes = (models.Index(fields=("organisation", "-issued_at")),)

    def __str__(self) -> str:
        return self.number
