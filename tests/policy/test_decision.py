"""What a decision carries: verdict, reasons in order, hashes, trace; and the finder."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from dure.kernel.names import Name
from dure.policy.columns import (
    VERDICT_CODES,
    amount_columns,
    eligibility_columns,
    get_tier,
    outcome_of,
)
from dure.policy.decision import (
    VERDICT_NAMES,
    Verdict,
    amount,
    eligibility,
    find_support,
)
from dure.policy.errors import FactError, PolicyError, UnknownRuleError
from dure.policy.facts import FactColumns, Facts, fact_kinds, kind_of
from dure.policy.reader import load_policy

POLICY = load_policy()
DAY = date(2021, 5, 1)
UPGRADER = Facts(
    manufacturer=True,
    ksic="C24",
    firm_size="small",
    business_status="operating",
    tax_arrears=False,
    credit_default=False,
    insolvency=False,
    excluded=False,
    system_level="basic",
    prior_support="new_build",
    workplace_built_before=True,
    has_supplier=True,
    wants="upgrade",
)


def test_reasons_stand_gravest_first_in_the_order_of_the_rules() -> None:
    facts = Facts(business_status="closed", tax_arrears=True)

    found = eligibility(POLICY, "general", "basic", facts, DAY)

    assert found.verdict is Verdict.DIFFICULT
    assert [reason.rule for reason in found.reasons[:3]] == [
        "operating",
        "tax_paid",
        "manufacturer",
    ]
    assert found.reasons[0].text == Name(
        "휴업이나 폐업 중인 사업자는 지원하지 않습니다.",
        "A suspended or closed business is not supported.",
    )
    assert found.reasons[0].source.id == "S87"


def test_decision_names_the_rules_it_used() -> None:
    found = eligibility(POLICY, "general", "upgrade1", UPGRADER, DAY)

    assert found.policy_hash == POLICY.programme("general", DAY).hash
    assert POLICY.find_by_hash(found.policy_hash, DAY) == found.programme
    assert POLICY.find_by_hash(found.policy_hash, date(2022, 5, 1)) is None
    assert POLICY.find_by_hash("0" * 64, DAY) is None


def test_amount_trace_shows_each_step_with_its_source() -> None:
    found = amount(POLICY, "general", "upgrade1", 333_333_333, DAY, facts=UPGRADER)

    steps = [(step.rule, step.value, step.source and step.source.id) for step in found.trace]
    assert steps == [
        ("general/2021/upgrade1/cost", 333_333_333, None),
        ("general/2021/share", Fraction(1, 2), "S0"),
        ("general/2021/upgrade1/shared", 166_666_666, None),
        ("subsidy_cut_below", 166_666_000, "S12"),
        ("general/2021/upgrade1/cap", 200_000_000, "S0"),
        ("general/2021/upgrade1/government", 166_666_000, None),
        ("general/2021/upgrade1/company", 166_667_333, None),
    ]
    assert found.trace[3].text == Name("1,000원 미만 절사", "Cut below KRW 1,000")
    assert found.confirmed


def test_amount_of_a_refused_firm_is_nothing_and_says_why() -> None:
    closed = Facts(business_status="closed")

    found = amount(POLICY, "general", "basic", 100_000_000, DAY, facts=closed)

    assert (found.government_krw, found.company_krw) == (0, 100_000_000)
    assert "operating" in [step.rule for step in found.trace]


def test_amount_of_an_open_case_is_the_full_amount() -> None:
    found = amount(POLICY, "general", "basic", 100_000_000, DAY, facts=Facts())

    assert found.government_krw == 50_000_000


def test_amount_by_an_inferred_value_is_not_confirmed() -> None:
    found = amount(POLICY, "cloud_switch", "switch", 100_000_000, DAY)

    assert found.government_krw == 50_000_000
    assert not found.confirmed


@pytest.mark.parametrize("cost", [-1, 2**63])
def test_amount_refuses_a_cost_it_cannot_compute(cost: int) -> None:
    with pytest.raises(PolicyError):
        amount(POLICY, "general", "basic", cost, DAY)


def test_amount_columns_refuse_a_negative_cost() -> None:
    with pytest.raises(PolicyError):
        amount_columns(POLICY, "general", "basic", np.array([-1], dtype=np.int64), DAY)


def test_finder_puts_possible_before_open_before_refused() -> None:
    found = find_support(POLICY, UPGRADER, DAY)

    assert [(m.programme.key, m.tier.key, m.eligibility.verdict) for m in found] == [
        ("general", "upgrade2", "possible"),
        ("general", "upgrade1", "possible"),
        ("cloud_switch", "switch", "possible"),
        ("after_service", "emergency", "possible"),
        ("after_service", "growth", "check"),
        ("general", "basic", "difficult"),
    ]
    assert [m.wanted for m in found] == [True, True, False, False, False, False]
    assert (found[0].max_government_krw, found[0].cost_for_max_krw) == (400_000_000, 800_000_000)


def test_finder_counts_everything_as_wanted_when_nothing_was_said() -> None:
    assert all(match.wanted for match in find_support(POLICY, Facts(), DAY))


def test_finder_finds_nothing_after_the_last_known_programme() -> None:
    assert find_support(POLICY, UPGRADER, date(2026, 11, 24)) == ()


def test_version_tells_what_it_is() -> None:
    version = POLICY.programme("general", date(2022, 7, 1))

    assert (version.version, version.version_from, version.version_to) == (
        "2022",
        date(2022, 1, 1),
        date(2022, 12, 31),
    )
    assert [tier.key for tier in version.tiers] == ["basic", "upgrade1", "upgrade2", "same_level"]
    assert [tier.max_months for tier in version.tiers] == [6, 9, None, 6]
    assert version.terms["cloud_fee_years"].value.value == 5
    assert {source.id for source in version.sources} >= {"S12", "S30", "S87"}
    assert version.find_tier("switch") is None


def test_versions_lists_the_periods_of_a_programme() -> None:
    assert POLICY.versions("cloud_switch") == ((date(2021, 1, 1), date(2021, 12, 31)),)


def test_unknown_programme_tier_and_parameter_are_refused() -> None:
    with pytest.raises(UnknownRuleError):
        POLICY.programme("general", date(2019, 12, 31))
    with pytest.raises(UnknownRuleError):
        get_tier(POLICY, "general", "same_level", date(2022, 6, 28))
    with pytest.raises(UnknownRuleError):
        POLICY.parameter("cloud_fee_years", date(2019, 12, 31))
    with pytest.raises(UnknownRuleError):
        POLICY.parameter("no_such_value", DAY)


def test_every_verdict_has_a_name() -> None:
    assert {verdict: VERDICT_NAMES[verdict].ko for verdict in Verdict} == {
        "possible": "가능",
        "difficult": "어려움",
        "check": "확인 필요",
    }


def test_facts_outside_their_vocabulary_are_refused() -> None:
    with pytest.raises(FactError, match="기업 규모"):
        eligibility(POLICY, "general", "basic", Facts(firm_size="giant"), DAY)
    with pytest.raises(FactError):
        FactColumns.from_values({"manufacturer": [1]})
    with pytest.raises(FactError):
        FactColumns.from_values({"manufacturer": [True], "ksic": []})
    with pytest.raises(FactError):
        kind_of("shoe_size")


def test_trade_codes_that_cannot_be_read_are_unknown() -> None:
    columns = FactColumns.from_values({"ksic": ["C2222", "식료품", None]})

    assert columns.column("ksic").tolist() == [22, -1, -1]


def test_vocabulary_names_its_choices_in_both_languages() -> None:
    assert [c.key for c in fact_kinds()["system_level"].choices] == [
        "none",
        "basic",
        "mid1",
        "mid2",
        "advanced",
    ]
    assert fact_kinds()["wants"].choices[0].name == Name("처음 구축", "Build for the first time")
    assert len(fact_kinds()["province"].choices) == 17


def test_population_counts_its_verdicts() -> None:
    columns = FactColumns.of([UPGRADER, Facts(), Facts(business_status="closed")])

    found = eligibility_columns(POLICY, "general", "upgrade1", columns, DAY)

    assert found.verdict.tolist() == [
        VERDICT_CODES[v] for v in (Verdict.POSSIBLE, Verdict.CHECK, Verdict.DIFFICULT)
    ]
    assert [found.count(verdict) for verdict in Verdict] == [1, 1, 1]


def test_rules_that_do_not_apply_say_nothing() -> None:
    found = eligibility_columns(POLICY, "general", "upgrade1", FactColumns.of([Facts()]), DAY)

    rule = next(rule for rule in found.tier.rules if rule.id == "excluded_trade")
    assert outcome_of(rule, int(found.outcomes["excluded_trade"][0])) is None
