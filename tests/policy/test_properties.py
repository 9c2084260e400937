"""Properties: amounts are exact, bounded and monotone; one firm and a column never differ."""

import dataclasses
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.kernel.names import Name
from dure.policy.columns import VERDICT_CODES, amount_columns, eligibility_columns
from dure.policy.decision import Verdict, amount, eligibility
from dure.policy.facts import FACT_KEYS, FactColumns, Facts, fact_kinds
from dure.policy.reader import load_policy
from dure.policy.reforms import Change, Reform, reformed

POLICY = load_policy()
# A busy machine says nothing about a rule.
UNHURRIED = settings(deadline=None)
DAY = date(2021, 5, 1)
COSTS = st.integers(0, 10**13)
TIERS = st.sampled_from(
    [
        (version.key, tier.key, day)
        for day in (date(2020, 5, 1), DAY, date(2022, 9, 1), date(2023, 5, 1))
        for version in POLICY.programmes(day)
        for tier in version.tiers
    ]
)


def values_of(key: str) -> st.SearchStrategy[object]:
    kind = fact_kinds()[key]
    if kind.kind == "flag":
        return st.sampled_from([None, True, False])
    if kind.kind == "division":
        return st.sampled_from([None, "C24", "25924", "I56111", "9", "46"])
    return st.sampled_from([None, *(choice.key for choice in kind.choices)])


FACTS = st.builds(Facts, **{key: values_of(key) for key in FACT_KEYS})


@UNHURRIED
@given(TIERS, COSTS)
def test_amount_is_exact_won(asked: tuple[str, str, date], cost: int) -> None:
    found = amount(POLICY, asked[0], asked[1], cost, asked[2])

    uncapped = cost * found.share.numerator // found.share.denominator // 1000 * 1000
    assert found.government_krw == min(found.cap_krw, uncapped)
    assert found.government_krw <= found.share * cost
    assert found.government_krw + found.company_krw == cost


@UNHURRIED
@given(COSTS, st.integers(0, 10**10), st.integers(0, 10**10))
def test_amount_is_monotone_in_the_cap(cost: int, one: int, other: int) -> None:
    lower, higher = sorted((one, other))

    small, large = (
        amount(with_cap(cap), "general", "basic", cost, DAY).government_krw
        for cap in (lower, higher)
    )

    assert small <= large
    assert small <= lower


@UNHURRIED
@given(COSTS, COSTS)
def test_amount_is_monotone_in_the_cost(one: int, other: int) -> None:
    lower, higher = sorted((one, other))

    small, large = (amount(POLICY, "general", "basic", c, DAY) for c in (lower, higher))

    assert small.government_krw <= large.government_krw


@UNHURRIED
@given(st.fractions(Fraction(1, 1000), Fraction(1), max_denominator=1000), COSTS)
def test_amount_never_exceeds_any_share(share: Fraction, cost: int) -> None:
    change = Change("general", "2021", field="share", value=str(share))

    found = amount(
        reformed(POLICY, Reform(Name("비율", "share"), (change,))), "general", "upgrade2", cost, DAY
    )

    assert found.share == share
    assert found.government_krw <= share * cost


@UNHURRIED
@given(TIERS, st.lists(st.tuples(FACTS, COSTS), min_size=1, max_size=20))
def test_column_equals_single_decisions(
    asked: tuple[str, str, date], rows: list[tuple[Facts, int]]
) -> None:
    programme, tier, day = asked
    columns = FactColumns.of([facts for facts, _ in rows])
    costs = np.array([cost for _, cost in rows], dtype=np.int64)

    judged = eligibility_columns(POLICY, programme, tier, columns, day)
    money = amount_columns(POLICY, programme, tier, costs, day, eligibility=judged)

    single = [eligibility(POLICY, programme, tier, facts, day).verdict for facts, _ in rows]
    paid = [amount(POLICY, programme, tier, c, day, facts=f).government_krw for f, c in rows]
    assert judged.verdict.tolist() == [VERDICT_CODES[verdict] for verdict in single]
    assert money.government_krw.tolist() == paid


@UNHURRIED
@given(TIERS, FACTS, st.data())
def test_learning_a_fact_never_lifts_a_refusal(
    asked: tuple[str, str, date], facts: Facts, data: st.DataObject
) -> None:
    programme, tier, day = asked
    unknown = [key for key in FACT_KEYS if getattr(facts, key) is None]
    learned = dataclasses.replace(facts, **{key: data.draw(values_of(key)) for key in unknown})

    before = eligibility(POLICY, programme, tier, facts, day)
    after = eligibility(POLICY, programme, tier, learned, day)

    if before.verdict is Verdict.DIFFICULT:
        assert after.verdict is Verdict.DIFFICULT


@UNHURRIED
@given(st.integers(0, 1460))
def test_one_version_of_a_programme_at_most_on_any_day(offset: int) -> None:
    day = date(2020, 1, 1) + timedelta(days=offset)

    keys = [version.key for version in POLICY.programmes(day)]

    assert len(keys) == len(set(keys))
    assert "general" in keys


def with_cap(cap: int):  # noqa: ANN201 - a PolicySet, inferred
    change = Change("general", "2021", tier="basic", field="cap", value=cap)
    return reformed(POLICY, Reform(Name("한도", "cap"), (change,)))
