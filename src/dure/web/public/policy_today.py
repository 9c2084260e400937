"""The rule texts, and which day of them a page shows."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.kernel.instants import today_kst
from dure.kernel.text import Text
from dure.policy.coverage import RulesDay, known_days, rules_day, strict_rules_day
from dure.policy.errors import UnknownRuleError
from dure.policy.reader import PolicySet, load_policy
from dure.web.words import day, said


def today() -> date:
    """The day it is in Seoul."""
    return today_kst(timezone.now())


class DayField(forms.DateField):
    """A day on which some programme was in force."""

    def __init__(self, policy: PolicySet) -> None:
        known = known_days(policy)
        limits = {"type": "date", "min": str(known.start)}
        if known.end:
            limits["max"] = str(known.end)
        super().__init__(
            label=_("규칙을 볼 날"),
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs=limits | {"class": "is-short"}),
            input_formats=["%Y-%m-%d"],
        )
        self._policy = policy

    def clean(self, value: object) -> date | None:
        """The day, or None; a day without rules is refused with the days that have some."""
        chosen: date | None = super().clean(value)
        if chosen is not None:
            try:
                strict_rules_day(self._policy, chosen)
            except UnknownRuleError as error:
                raise forms.ValidationError(_sentence(error), code="not-covered") from error
        return chosen


class DayForm(forms.Form):
    """`?as_of=`: another day's rules."""

    def __init__(self, request: HttpRequest, policy: PolicySet) -> None:
        asked = any(name in request.GET for name in (*self.base_fields, "as_of"))
        super().__init__(request.GET if asked else None)
        self.fields["as_of"] = DayField(policy)
        self._policy = policy

    def value(self, name: str) -> Any:  # noqa: ANN401 - what the field gives
        """What was asked for, or None where nothing or nothing valid was."""
        return self.cleaned_data.get(name) if self.is_bound and self.errors is not None else None

    def add_not_in_force(self, programme: str, chosen: date) -> None:
        """Say that one programme has no rules on the chosen day, though others have."""
        message = _("{programme}: {day}에는 없던 사업입니다. 아래에서 해를 골라 주세요.")
        self.add_error("as_of", message.format(programme=programme, day=day(chosen)))

    @property
    def rules(self) -> RulesDay:
        """The day chosen, or the newest that has rules."""
        return day_or_newest(self._policy, self.value("as_of"))


def day_or_newest(policy: PolicySet, chosen: date | None) -> RulesDay:
    """The rules of a chosen day; without one, of today or the newest day known."""
    return RulesDay(chosen, chosen) if chosen else rules_day(policy, today())


def years_known(policy: PolicySet) -> tuple[RulesDay, ...]:
    """The last day of each year that has rules, newest first: quick ways to another year."""
    known = known_days(policy)
    last = known.end or today()
    ends = (min(date(year, 12, 31), last) for year in range(last.year, known.start.year - 1, -1))
    return tuple(RulesDay(end, end) for end in ends if policy.programmes(end))


def the_policy() -> PolicySet:
    """The rule texts as they are on disk now."""
    return load_policy()


def _sentence(error: UnknownRuleError) -> str:
    known = error.remedy.params if error.remedy else {}
    shown = {key: day(value) for key, value in known.items() if isinstance(value, date)}
    remedy = Text(error.remedy.source, shown) if error.remedy else ""
    asked = {key: day(value) for key, value in error.text.params.items() if isinstance(value, date)}
    return f"{said(Text(error.text.source, asked))} {said(remedy)}"
