"""Every case in `policy/cases` against the decision, and no effective date without its cases."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
import yaml

from dure.kernel.codes import POLICY_ROOT
from dure.policy.decision import Verdict, amount, eligibility
from dure.policy.errors import UnknownRuleError
from dure.policy.facts import Facts
from dure.policy.reader import load_policy
from dure.policy.schema import ProgrammeForm, TierForm

CASES = POLICY_ROOT / "cases"


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def amount_cases() -> list[dict[str, Any]]:
    return [
        case for path in sorted(CASES.glob("amounts_*.yaml")) for case in read(path.name)["cases"]
    ]


def case_id(case: dict[str, Any]) -> str:
    named = str(case.get("case", ""))
    return named or "-".join(str(value) for value in case.values())


@pytest.mark.parametrize("case", amount_cases(), ids=case_id)
def test_amount_case(case: dict[str, Any]) -> None:
    asked = (load_policy(), case["programme"], case["tier"], case["cost"], case["as_of"])

    if case["government"] == "none":
        with pytest.raises(UnknownRuleError):
            amount(*asked)
        return

    found = amount(*asked)
    assert found.government_krw == case["government"]
    assert found.company_krw == case["cost"] - case["government"]


@pytest.mark.parametrize("case", read("eligibility.yaml")["cases"], ids=case_id)
def test_eligibility_case(case: dict[str, Any]) -> None:
    facts = Facts(**{**read("eligibility.yaml")["base"], **case.get("facts", {})})

    found = eligibility(load_policy(), case["programme"], case["tier"], facts, case["as_of"])

    against = {r.rule for r in found.reasons if r.verdict is not Verdict.POSSIBLE}
    assert found.verdict == case["verdict"]
    assert against == set(case.get("because", []))


@pytest.mark.parametrize("case", read("parameters.yaml")["cases"], ids=case_id)
def test_parameter_case(case: dict[str, Any]) -> None:
    value = load_policy().parameter(case["parameter"], case["as_of"]).value

    assert value == (Fraction(case["value"]) if isinstance(case["value"], str) else case["value"])


def test_each_effective_date_has_the_day_before_the_day_and_the_day_after() -> None:
    covered = {(case["programme"], case["tier"], case["as_of"]) for case in amount_cases()}

    wanted = {
        (form.programme, tier.tier, day + timedelta(days=offset))
        for form in load_policy().forms
        for tier in form.tiers
        for day in effective_days(form, tier)
        for offset in (-1, 0, 1)
    }

    assert wanted - covered == set()


def effective_days(form: ProgrammeForm, tier: TierForm) -> Iterator[date]:
    """The days on which an amount of the tier begins, changes, or is gone."""
    yield tier.start or form.start
    if form.end:
        yield form.end + timedelta(days=1)
    for dated in (tier.cap, tier.share or form.share):
        yield from (entry.start for entry in dated.values)


def test_the_unknown_base_case_names_who_decides() -> None:
    found = eligibility(load_policy(), "general", "basic", Facts(), date(2021, 5, 1))

    open_reasons = found.reasons_of(Verdict.CHECK)
    assert found.verdict is Verdict.CHECK
    assert len(open_reasons) == 11
    assert all(reason.decided_by.ko and reason.decided_by.en for reason in open_reasons)
