"""Firms, their workplaces, and what stands in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.audit.triggers import tracked
from dure.foundation.organisations.models import Organisation


@tracked
class Firm(models.Model):
    """The company behind an organisation; amounts in whole won."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="firm")
    name = models.CharField(max_length=120)
    business_number = models.CharField(max_length=10, unique=True)
    corporate_number = models.CharField(max_length=13, blank=True)
    representative = models.CharField(max_length=60, blank=True)
    employees = models.PositiveIntegerField(null=True)
    annual_sales_krw = models.BigIntegerField(null=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(annual_sales_krw=None) | models.Q(annual_sales_krw__gte=0),
                name="sales_not_negative",
            ),
        )

    def __str__(self) -> str:
        return self.name


@tracked
class Workplace(models.Model):
    """One factory (사업장), with its own business number and 4-digit branch number.

    `ksic` is the class as registered (`C22232` or a division `22`); `province` and
    `programme_region` are keys of the kernel's dated lists; `planned_site` is set only where
    the system will be built at another address.
    """

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="workplaces")
    name = models.CharField(max_length=120)
    business_number = models.CharField(max_length=10)
    branch_number = models.CharField(max_length=4, blank=True)
    ksic = models.CharField(max_length=6)
    province = models.CharField(max_length=20)
    programme_region = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    planned_site = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business_number", "branch_number"), name="one_workplace_per_branch"
            ),
        )

    def __str__(self) -> str:
        return self.name


@tracked
class Line(models.Model):
    """A production line of a workplace."""

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="lines")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workplace", "name"), name="one_line_per_name"),
        )

    def __str__(self) -> str:
        return self.name


@tracked
class Equipment(models.Model):
    """A machine; its name is how people on the floor call it."""

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="equipment")
    line = models.ForeignKey(Line, models.SET_NULL, null=True, related_name="equipment")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=60, blank=True)
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    serial_number = models.CharField(max_length=80, blank=True)
    installed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workplace", "name"), name="one_equipment_per_name"),
        )

    def __str__(self) -> str:
        return self.name


@tracked
class Contact(models.Model):
    """A person to call about a workplace; need not have an account."""

    class Duty(models.TextChoices):
        REPRESENTATIVE = "representative", _("대표")
        PRODUCTION = "production", _("생산")
        QUALITY = "quality", _("품질")
        MAINTENANCE = "maintenance", _("설비·보전")
        IT = "it", _("전산")
        OFFICE = "office", _("총무·사업 담당")

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=60)
    duty = models.CharField(max_length=20, choices=Duty.choices)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workplace", "name", "duty"), name="one_contact_per_duty"
            ),
        )

    def __str__(self) -> str:
        return self.name
