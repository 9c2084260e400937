"""What the styleguide fills the parts with: made-up values, plainly examples."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.web.status import STATUSES
from dure.web.won_field import WonField

TONES = ("neutral", "primary", "info", "success", "warning", "danger")
NOTICES = ("info", "success", "warning", "danger")
TOKENS = (
    *("page", "surface", "surface-soft", "surface-tint", "surface-cool", "line", "line-strong"),
    *("text", "text-soft", "link", "primary", "primary-strong", "brand", "track"),
    *("danger", "danger-soft", "warning", "warning-soft", "success", "success-soft"),
    *("info", "info-soft", "scale-1", "scale-2", "scale-3", "scale-4", "scale-5", "focus"),
)
ICONS = (
    *("ico-success-fill", "ico-error-fill", "ico-warning-fill", "ico-information-fill"),
    *("ico-question-fill", "ico-sch", "ico-my", "ico-all", "ico-login", "ico-down", "ico-print"),
    *("ico-filter", "ico-upload", "ico-calendar", "ico-email", "ico-setting"),
)
_CHOICES = (("a", gettext_lazy("첫째")), ("b", gettext_lazy("둘째")), ("c", gettext_lazy("셋째")))
_AT = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)


class SampleForm(forms.Form):
    """Every kind of field; bound with bad values it shows every kind of error."""

    name = forms.CharField(label=gettext_lazy("이름"), help_text=gettext_lazy("한 줄 글"))
    cost = WonField(label=gettext_lazy("총사업비"))
    day = forms.DateField(
        label=gettext_lazy("날짜"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    one = forms.ChoiceField(label=gettext_lazy("하나 고르기"), choices=_CHOICES)
    radio = forms.ChoiceField(
        label=gettext_lazy("보기에서 고르기"), choices=_CHOICES, widget=forms.RadioSelect
    )
    many = forms.MultipleChoiceField(
        label=gettext_lazy("여럿 고르기"),
        choices=_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("이유"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=gettext_lazy("파일"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("확인했습니다"))


@dataclass(frozen=True, slots=True)
class StepSample:
    """A step of `parts/steps.html`."""

    title: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSample:
    """An item of `parts/timeline.html`."""

    title: str
    at: datetime | None = None
    detail: str = ""
    kind: str = ""
    state: str = ""
    position: str = ""
    url: str = ""
    url_label: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """A column of `parts/table.html`."""

    label: str
    numeric: bool = False


def samples() -> dict[str, Any]:
    """The context of the styleguide."""
    return {
        "sample_form": SampleForm(initial={"name": _("한빛정밀"), "cost": 160_000_000}, prefix="a"),
        "wrong_form": SampleForm({"b-cost": "?", "b-one": "z", "b-day": "x"}, prefix="b"),
        "tones": TONES,
        "notices": NOTICES,
        "tokens": TOKENS,
        "icons": ICONS,
        "vocabularies": {kind: tuple(states) for kind, states in STATUSES.items()},
        "steps": _steps(),
        "events": _events(),
        "columns": _columns(),
        "rows": _rows(),
        "page": sample_page(),
        "amount": 160_000_000,
    }


def sample_page() -> Page[int]:
    """The second of three pages."""
    return Paginator(range(30), 10).page(2)


def _steps() -> tuple[StepSample, ...]:
    return (
        StepSample(_("자격 확인"), "done"),
        StepSample(_("기업·공장 정보"), "done"),
        StepSample(_("사업비"), "now"),
        StepSample(_("확인과 제출"), "ahead"),
    )


def _events() -> tuple[EventSample, ...]:
    return (
        EventSample(title=_("요건검토"), position="now", detail=_("운영기관이 살피고 있습니다.")),
        EventSample(title=_("접수"), at=_AT, kind="application", state="submitted"),
        EventSample(title=_("기계 파일 올림"), at=_AT, url="#timeline", url_label=_("근거 보기")),
        EventSample(title=_("현장평가"), position="ahead"),
    )


def _columns() -> tuple[ColumnSample, ...]:
    return (
        ColumnSample(_("설비")),
        ColumnSample(_("라인")),
        ColumnSample(_("정부지원금(만원)"), numeric=True),
    )


def _rows() -> tuple[tuple[str, str, str], ...]:
    return (
        (_("사출 3호기"), _("1라인"), "16,000"),
        (_("주조 1호기"), _("2라인"), "7,000"),
    )
