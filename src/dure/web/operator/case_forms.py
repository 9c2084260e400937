"""What a reviewer says about a case: the decision with its reasons, or what is to be added."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.programme.support.actions import DecisionReason
from dure.programme.support.queries import CaseView, ReasonView
from dure.web.status import status_of
from dure.web.words import named

_MET, _NOT_MET = "met", "not_met"
_MOST_CHARACTERS = 2000


class DecisionForm(forms.Form):
    """적합 or 부적합, with the rules it rests on and the reviewer's own words."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=lazy("결정"),
        choices=((_MET, lazy("적합")), (_NOT_MET, lazy("부적합"))),
        widget=forms.RadioSelect,
        error_messages={"required": lazy("적합이나 부적합을 골라 주세요.")},
    )
    rules = forms.MultipleChoiceField(
        label=lazy("근거가 되는 규칙"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("신청인에게 그대로 보입니다."),
    )
    words = forms.CharField(
        label=lazy("직접 적는 이유"),
        required=False,
        max_length=_MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "class": "is-full"}),
        help_text=lazy("신청인이 읽습니다. 무엇을 보고 그렇게 정했는지 적어 주세요."),
    )

    def __init__(self, case: CaseView, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="decide_%s")
        field = self.fields["rules"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(r.rule, _rule_words(r)) for r in case.eligibility.reasons]

    def clean(self) -> dict[str, Any]:
        """A decision needs a reason; which one it is, is the reviewer's."""
        found = super().clean() or {}
        nothing = not found.get("rules") and not found.get("words", "").strip()
        if nothing and "rules" not in self.errors and "words" not in self.errors:
            self.add_error("rules", _("규칙을 하나 이상 고르거나 이유를 직접 적어 주세요."))
        return found

    @property
    def is_met(self) -> bool:
        """Whether the requirements are met."""
        return bool(self.cleaned_data["outcome"] == _MET)

    @property
    def reasons(self) -> tuple[DecisionReason, ...]:
        """The rules ticked, then the own words."""
        own = self.cleaned_data["words"].strip()
        ruled = tuple(DecisionReason(rule=rule) for rule in self.cleaned_data["rules"])
        return (*ruled, DecisionReason(text=own)) if own else ruled


class SupplementForm(forms.Form):
    """What the applicant is to add or correct, and in how many business days."""

    use_required_attribute = False
    text = forms.CharField(
        label=lazy("보완할 내용"),
        max_length=_MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "class": "is-full"}),
        help_text=lazy("어느 항목을 어떻게 고쳐야 하는지 적어 주세요. 신청인이 읽습니다."),
        error_messages={"required": lazy("무엇을 보완해야 하는지 적어 주세요.")},
    )
    days = forms.IntegerField(
        label=lazy("보완 기간(영업일)"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short is-number"}),
        error_messages={
            "required": lazy("보완 기간을 적어 주세요."),
            "invalid": lazy("영업일 수를 정수로 적어 주세요."),
        },
    )

    def __init__(self, case: CaseView, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="supplement_%s")
        self.initial["days"] = case.supplement_days
        self.fields["days"].help_text = _("{most}일까지 줄 수 있습니다.").format(
            most=case.supplement_days_most
        )


def _rule_words(reason: ReasonView) -> str:
    return f"{status_of('verdict', reason.verdict).label} · {named(reason.text)}"
