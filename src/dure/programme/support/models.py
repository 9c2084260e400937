"""Calls, applications, what was submitted, and what was decided about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation.audit.triggers import append_only, tracked
from dure.programme.registry.models import Workplace


@tracked
class Call(models.Model):
    """A call for applications (공고).

    `policy_as_of` is the day whose rules hold; the opening and closing instants both belong to
    the call. Numbers of applications are `year-number_code-` and six digits that start with
    `round`; `last_serial` is the last one given out.
    """

    programme = models.CharField(max_length=40)
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    tiers = models.JSONField()
    policy_as_of = models.DateField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    is_example = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField()
    number_code = models.CharField(max_length=3)
    round = models.PositiveSmallIntegerField()
    last_serial = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="closes_after_opening"
            ),
            models.UniqueConstraint(
                fields=("year", "number_code", "round"), name="one_call_per_round"
            ),
        )

    def __str__(self) -> str:
        return self.title_ko


@tracked
class Application(models.Model):
    """One application of one workplace to one call, from draft to decision.

    `answers` holds what was typed, by question; `unread` what was typed and could not be read,
    so nobody loses it; `carried` what the finder was told, by fact. The columns below
    `submitted_at` are those of the latest submission, for the review queue; amounts in whole won,
    `costs` by cost head.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("작성 중")
        SUBMITTED = "submitted", _("접수")
        SUPPLEMENT_REQUESTED = "supplement_requested", _("보완 요청")
        REQUIREMENT_MET = "requirement_met", _("적합")
        REQUIREMENT_NOT_MET = "requirement_not_met", _("부적합")
        WITHDRAWN = "withdrawn", _("취소")

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="applications")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=24, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    carried = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    firm_name = models.CharField(max_length=120, blank=True)
    province = models.CharField(max_length=20, blank=True)
    address_key = models.CharField(max_length=200, blank=True, db_index=True)
    tier = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    costs = models.JSONField(default=dict)
    total_cost_krw = models.BigIntegerField(null=True)
    government_krw = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("call", "workplace"),
                condition=~models.Q(state="withdrawn"),
                name="one_live_application_per_call_and_workplace",
            ),
        )
        indexes = (models.Index(fields=("state", "due_on")),)

    def __str__(self) -> str:
        return self.number


@append_only
class Submission(models.Model):
    """What was submitted, frozen: answers, facts, rules, money and evidence of that moment.

    `content` is described in `dure.programme.support.freezing`; `sha256` is its hash. A
    resubmission adds a version and leaves the earlier ones.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=120)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    policy_hash = models.CharField(max_length=64)
    measurement_id = models.BigIntegerField(null=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("application", "version"), name="one_submission_per_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"


@tracked
class Supplement(models.Model):
    """A request to add or correct something by the end of a day."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="supplements")
    text = models.TextField()
    due_on = models.DateField()
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.application_id} {self.due_on}"


@append_only
class RequirementDecision(models.Model):
    """The outcome of the requirement check; `reasons` are `{rule, ko, en}` or `{text}`."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    is_met = models.BooleanField()
    reasons = models.JSONField()
    government_krw = models.BigIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.application_id} {'met' if self.is_met else 'not met'}"


@tracked
class Assignment(models.Model):
    """A case given to a person (or taken back), so that a batch can be undone."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    batch = models.UUIDField(db_index=True)
    before = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    after = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.application_id} {self.batch}"


@tracked
class CaseFlag(models.Model):
    """Something a reviewer should look at, computed from data; never a verdict.

    `other` is the application it is shared with; `figure` a count or percentage of its kind.
    """

    class Kind(models.TextChoices):
        REFUSED = "refused", _("자격 어려움")
        PRIOR_SUPPORT = "prior_support", _("이전 지원 이력")
        SAME_ADDRESS = "same_address", _("같은 주소")
        SAME_QUOTE = "same_quote", _("같은 견적 금액")
        SIMILAR_QUOTE = "similar_quote", _("비슷한 견적")
        DOUBTED_DATA = "doubted_data", _("자료에서 확인할 점")
        LEVEL_STATED = "level_stated", _("측정하지 않은 수준")
        LATE = "late", _("보완 기한 지남")

    application = models.ForeignKey(Application, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    other = models.ForeignKey(Application, models.CASCADE, null=True, related_name="+")
    figure = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind", "other"), name="one_flag_per_kind_and_other"
            ),
            models.UniqueConstraint(
                fields=("application", "kind"),
                condition=models.Q(other=None),
                name="one_flag_per_kind_alone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"
