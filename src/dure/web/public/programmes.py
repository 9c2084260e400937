"""The programmes and the page of one: who, how much, by which text, and what changed."""

import csv
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dure.foundation.organisations.access import public
from dure.policy.application_form import ApplicationForm
from dure.policy.application_reader import load_application_form
from dure.policy.coverage import RulesDay, programme_keys, unchanged_periods
from dure.policy.errors import UnknownRuleError
from dure.policy.reader import PolicySet
from dure.policy.versions import ProgrammeVersion, Rule, Tier
from dure.web.public.open_calls import call_lines
from dure.web.public.policy_today import DayForm, the_policy, today
from dure.web.public.years import stretches, year_rows
from dure.web.words import named


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme by its newest known version, with the years that have one."""

    programme: ProgrammeVersion
    rules: RulesDay
    years: tuple[int, ...]

    @property
    def largest(self) -> Tier:
        """The tier with the highest cap."""
        return max(self.programme.tiers, key=lambda tier: tier.cap_krw)


@dataclass(frozen=True, slots=True)
class TierRules:
    """A tier and the rules that only it has, beside those of every tier."""

    tier: Tier
    rules: tuple[Rule, ...]
    cost_for_max_krw: int


@public
@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme by its newest known rules."""
    calls = call_lines(timezone.now())
    context = {
        "listed": all_listed(the_policy()),
        "calls": [line for line in calls if line.call.state != "closed"],
    }
    return render(request, "public/programmes.html", context)


@public
@require_GET
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One programme with the rules of a day (`?as_of=`), or its newest known ones."""
    policy = the_policy()
    newest = _listed_or_404(policy, key)
    form = DayForm(request, policy)
    shown, rules = _on_day(policy, newest, form)
    spans = stretches(policy, shown)
    context = {
        "form": form,
        "programme": shown,
        "rules": rules,
        "common": common_rules(shown),
        "tiers": tuple(tier_rules(shown)),
        "calls": call_lines(timezone.now(), programme=key),
        "asked": _application_form(key, shown.as_of),
        "stretches": spans,
        "rows": year_rows(policy, key, [span.period for span in spans]),
    }
    status = 422 if form.errors else 200
    return render(request, "public/programme.html", context, status=status)


@public
@require_GET
def years_csv(_request: HttpRequest, key: str) -> HttpResponse:
    """The table of changes as CSV with a byte-order mark, so that spreadsheets read the Korean."""
    policy = the_policy()
    listed = _listed_or_404(policy, key)
    spans = stretches(policy, listed.programme)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="dure-{key}-years.csv"'
    rows = csv.writer(response)
    rows.writerow(["", *(span.label for span in spans)])
    for row in year_rows(policy, key, [span.period for span in spans]):
        rows.writerow([row.name, *(", ".join(cell.lines) for cell in row.cells)])
    return response


def all_listed(policy: PolicySet) -> list[Listed]:
    """Every programme, newest rules first, then most money."""
    return sorted(
        (listed_programme(policy, key) for key in programme_keys(policy)),
        key=lambda row: (row.rules.as_of, row.largest.cap_krw),
        reverse=True,
    )


def listed_programme(policy: PolicySet, key: str) -> Listed:
    """A programme by the newest day on which it was in force, today at the latest."""
    periods = unchanged_periods(policy, key)
    now = today()
    past = [period for period in periods if period.start <= now] or list(periods[:1])
    last = past[-1].end
    as_of = now if last is None or last >= now else last
    years = tuple(dict.fromkeys(period.start.year for period in periods))
    return Listed(policy.programme(key, as_of), RulesDay(now, as_of), years)


def common_rules(programme: ProgrammeVersion) -> tuple[Rule, ...]:
    """The rules that every tier has."""
    first, *others = programme.tiers
    shared = set.intersection(*({r.id for r in t.rules} for t in (first, *others)))
    return tuple(rule for rule in first.rules if rule.id in shared)


def tier_rules(programme: ProgrammeVersion) -> list[TierRules]:
    """Each tier with what it asks for beside the common rules."""
    shared = {rule.id for rule in common_rules(programme)}
    return [
        TierRules(
            tier,
            tuple(rule for rule in tier.rules if rule.id not in shared),
            -(-tier.cap_krw * tier.share.denominator // tier.share.numerator),
        )
        for tier in programme.tiers
    ]


def _application_form(key: str, as_of: date) -> ApplicationForm | None:
    try:
        return load_application_form(key, as_of)
    except UnknownRuleError:
        return None


def _on_day(policy: PolicySet, newest: Listed, form: DayForm) -> tuple[ProgrammeVersion, RulesDay]:
    chosen: date | None = form.value("as_of")
    if chosen is None:
        return newest.programme, newest.rules
    try:
        return policy.programme(newest.programme.key, chosen), RulesDay(chosen, chosen)
    except UnknownRuleError:
        form.add_not_in_force(named(newest.programme.name), chosen)
        return newest.programme, newest.rules


def _listed_or_404(policy: PolicySet, key: str) -> Listed:
    if key not in programme_keys(policy):
        raise Http404(key)
    return listed_programme(policy, key)
