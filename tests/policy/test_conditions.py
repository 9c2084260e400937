"""The condition language: three-valued truth, and what is not in the language."""

import pytest

from dure.policy.conditions import FALSE, TRUE, UNKNOWN, ConditionError, Ground, compile_condition
from dure.policy.facts import FactColumns, Facts


def truths(form: object, *population: Facts, levels: tuple[str, ...] = ()) -> list[int]:
    return compile_condition(form)(Ground(FactColumns.of(population), levels)).tolist()


YES, NO, OPEN = Facts(manufacturer=True), Facts(manufacturer=False), Facts()


def test_is_is_unknown_where_the_fact_is() -> None:
    assert truths({"fact": "manufacturer", "is": True}, YES, NO, OPEN) == [TRUE, FALSE, UNKNOWN]


def test_not_keeps_the_unknown() -> None:
    form = {"not": {"fact": "manufacturer", "is": True}}

    assert truths(form, YES, NO, OPEN) == [FALSE, TRUE, UNKNOWN]


def test_all_is_false_as_soon_as_one_is() -> None:
    form = {"all": [{"fact": "manufacturer", "is": True}, {"fact": "has_supplier", "is": True}]}

    assert truths(form, Facts(manufacturer=False), Facts(manufacturer=True)) == [FALSE, UNKNOWN]


def test_any_is_true_as_soon_as_one_is() -> None:
    form = {"any": [{"fact": "manufacturer", "is": True}, {"fact": "has_supplier", "is": True}]}

    assert truths(form, Facts(manufacturer=True), Facts(manufacturer=False)) == [TRUE, UNKNOWN]


def test_known_is_never_unknown() -> None:
    assert truths({"known": "manufacturer"}, YES, NO, OPEN) == [TRUE, TRUE, FALSE]


def test_undecided_is_always_unknown() -> None:
    assert truths({"undecided": True}, YES, OPEN) == [UNKNOWN, UNKNOWN]


def test_in_takes_values_or_the_levels_of_the_tier() -> None:
    population = [Facts(system_level=level) for level in ("basic", "mid2", None)]

    listed = truths({"fact": "system_level", "in": ["basic", "mid1"]}, *population)
    of_tier = truths(
        {"fact": "system_level", "in": {"tier": "target_levels"}}, *population, levels=("mid2",)
    )

    assert listed == [TRUE, FALSE, UNKNOWN]
    assert of_tier == [FALSE, TRUE, UNKNOWN]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("below", [TRUE, FALSE, FALSE, UNKNOWN]),
        ("above", [FALSE, FALSE, TRUE, UNKNOWN]),
        ("at_least", [FALSE, TRUE, TRUE, UNKNOWN]),
    ],
)
def test_ordered_facts_compare_with_a_value(operation: str, expected: list[int]) -> None:
    population = [Facts(system_level=level) for level in ("none", "basic", "mid1", None)]

    assert truths({"fact": "system_level", operation: "basic"}, *population) == expected


def test_ordered_facts_compare_with_each_other() -> None:
    form = {"fact": "system_level", "below": {"fact": "target_level"}}

    found = truths(
        form,
        Facts(system_level="basic", target_level="mid1"),
        Facts(system_level="mid1", target_level="mid1"),
        Facts(system_level="basic"),
        Facts(target_level="mid1"),
    )

    assert found == [TRUE, FALSE, UNKNOWN, UNKNOWN]


def test_below_the_levels_of_a_tier_means_below_their_highest() -> None:
    form = {"fact": "system_level", "below": {"tier": "target_levels"}}
    population = [Facts(system_level="mid2"), Facts(system_level="advanced")]

    assert truths(form, *population, levels=("mid2", "advanced")) == [TRUE, FALSE]
    assert truths(form, *population) == [UNKNOWN, UNKNOWN]


def test_between_compares_divisions() -> None:
    form = {"fact": "ksic", "between": [10, 34]}

    found = truths(form, *[Facts(ksic=code) for code in ("C10", "34", "46", None)])

    assert found == [TRUE, TRUE, FALSE, UNKNOWN]


@pytest.mark.parametrize(
    "form",
    [
        "manufacturer",
        {},
        {"all": []},
        {"any": "manufacturer"},
        {"either": []},
        {"known": "shoe_size"},
        {"undecided": False},
        {"all": [{"known": "ksic"}], "not": {"known": "ksic"}},
        {"fact": "shoe_size", "is": 42},
        {"fact": "manufacturer"},
        {"fact": "manufacturer", "is": None},
        {"fact": "manufacturer", "is": "yes"},
        {"fact": "manufacturer", "is": True, "in": [True]},
        {"fact": "manufacturer", "like": True},
        {"fact": "firm_size", "in": "small"},
        {"fact": "firm_size", "in": []},
        {"fact": "firm_size", "in": {"tier": "colours"}},
        {"fact": "firm_size", "in": ["giant"]},
        {"fact": "manufacturer", "below": True},
        {"fact": "business_status", "below": "closed"},
        {"fact": "system_level", "below": {"fact": "firm_size"}},
        {"fact": "system_level", "below": "expert"},
        {"fact": "firm_size", "between": [1, 2]},
        {"fact": "ksic", "between": [10]},
    ],
)
def test_what_is_not_in_the_language_is_refused(form: object) -> None:
    with pytest.raises(ConditionError):
        compile_condition(form)
