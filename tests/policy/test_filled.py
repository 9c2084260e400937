"""An application as it is filled in: origins, what opens when, what is missing, the money."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.answers import Choices, read_answer
from dure.policy.application_form import Option, TopicState
from dure.policy.application_reader import load_application_form
from dure.policy.decision import Verdict
from dure.policy.filled import FROM_FINDER, FilledForm, Known
from dure.policy.reader import load_policy

DAY = date(2023, 5, 2)
REGISTRY = Text("등록한 사업장 정보")
CHOICES = Choices(
    today=date(2026, 11, 24),
    tiers=(
        Option("upgrade1", Name("고도화1", "Upgrade 1")),
        Option("same_level", Name("동일수준", "Same level")),
    ),
)
REGISTERED: dict[str, Any] = {
    "firm_name": "한빛정밀",
    "business_number": "1234567891",
    "representative": "김한빛",
    "workplace_name": "제1공장",
    "ksic": "22",
    "manufacturer": True,
    "province": "gyeonggi",
    "address": "경기도 화성시 두레로 1",
    "employees": "34",
    "annual_sales_krw": 900_000_000,
    "firm_size": "small",
}
STANDING = {
    "business_status": "operating",
    "tax_arrears": "no",
    "credit_default": "no",
    "insolvency": "no",
    "excluded": "no",
    "prior_support": "never",
    "workplace_built_before": "no",
}
LEVEL = {"system_level": "none", "situation": "불량 원인을 찾는 데 하루가 걸립니다."}
GOAL = {
    "tier": "upgrade1",
    "target_level": "mid1",
    "solutions": ["1"],
    "plan": "사출기 온도와 압력을 자동으로 모아 불량 원인을 찾습니다.",
    "months": "7",
}
COST = {"software_development": "100,000,000", "hardware": "60,000,000"}
ROW = {"indicator": "hourly_output", "before": "120", "target": "150", "weight": "100"}


def known(values: Mapping[str, Any]) -> dict[str, Known]:
    return {
        f"registry.{key}": Known(value, REGISTRY, EvidenceGrade.STATEMENT)
        for key, value in values.items()
    }


def filled(*parts: Mapping[str, Any], **changes: Any) -> FilledForm:
    form = load_application_form("general", DAY)
    questions = {question.key: question for question in form.questions}
    typed: dict[str, Any] = {}
    for key, raw in {key: raw for part in parts for key, raw in part.items()}.items():
        value = read_answer(questions[key], raw, CHOICES).value
        if value is not None:
            typed[key] = value
    values: dict[str, Any] = {
        "form": form,
        "policy": load_policy(),
        "choices": CHOICES,
        "known": known(REGISTERED),
        "typed": typed,
        "carried": {},
    }
    return FilledForm(**values | changes)


def outstanding(form: FilledForm, topic: str) -> dict[str, str]:
    return {place: str(t) for place, t in form.outstanding(form.form.topic(topic)).items()}


def states(form: FilledForm) -> dict[str, str]:
    return {topic.key: form.state(topic).value for topic in form.form.topics}


def test_an_empty_form_asks_and_opens_topic_by_topic() -> None:
    assert states(filled()) == {
        "factory": "done",
        "standing": "not_started",
        "level": "not_started",
        "goal": "locked",
        "cost": "locked",
        "indicators": "locked",
        "supplier": "not_started",
    }
    assert states(filled(LEVEL)) == {
        "factory": "done",
        "standing": "not_started",
        "level": "done",
        "goal": "not_started",
        "cost": "locked",
        "indicators": "not_started",
        "supplier": "not_started",
    }


def test_a_topic_begun_is_in_progress_and_complete_it_is_done() -> None:
    begun = filled({"business_status": "operating"})
    done = filled(STANDING, LEVEL, GOAL, COST, {"indicators": [ROW], "has_supplier": "no"})

    assert states(begun)["standing"] == "in_progress"
    assert set(states(done).values()) == {"done"}


def test_a_topic_locks_again_when_what_it_rests_on_falls_away() -> None:
    assert states(filled(GOAL, COST))["cost"] == TopicState.LOCKED


def test_what_is_registered_is_not_typed_again() -> None:
    form = filled({"address": "다른 주소", "firm_size": "large"})

    assert form.value("address") == "경기도 화성시 두레로 1"
    assert form.answers["address"].fixed
    assert form.answers["address"].origin == REGISTRY
    assert form.facts.firm_size == "small"


def test_what_the_registry_lacks_is_asked() -> None:
    registered = known({k: v for k, v in REGISTERED.items() if k != "firm_size"})

    missing = filled(known=registered)
    stated = filled({"firm_size": "medium"}, known=registered)

    assert outstanding(missing, "factory") == {"firm_size": "아직 고르지 않았습니다. 골라 주세요."}
    assert outstanding(stated, "factory") == {}
    assert stated.facts.firm_size == "medium"
    assert stated.answers["firm_size"].origin is None
    assert stated.answers["firm_size"].grade is EvidenceGrade.STATEMENT


def test_a_measured_level_stands_whatever_is_typed() -> None:
    measured = Known("basic", Text("측정"), EvidenceGrade.UPLOADED_FILE)
    form = filled(LEVEL, known=known(REGISTERED) | {"level.system_level": measured})

    assert form.facts.system_level == "basic"
    assert form.facts_with_origin["system_level"].grade is EvidenceGrade.UPLOADED_FILE


def test_answers_of_the_finder_are_carried_over_until_typed_over() -> None:
    carried = {"prior_support": "new_build", "tax_arrears": False, "firm_size": "large"}

    form = filled({"tax_arrears": "yes"}, carried=carried)

    assert form.value("prior_support") == "new_build"
    assert form.answers["prior_support"].origin == FROM_FINDER
    assert form.value("tax_arrears") is True
    assert form.answers["tax_arrears"].origin is None
    assert form.facts.firm_size == "small"


def test_a_carried_answer_that_fits_no_choice_is_left_out() -> None:
    assert filled(carried={"prior_support": "long ago"}).value("prior_support") is None


def test_a_question_is_asked_only_where_another_answer_makes_it_matter() -> None:
    assert outstanding(filled({"has_supplier": "no"}), "supplier") == {}
    assert set(outstanding(filled({"has_supplier": "yes"}), "supplier")) == {
        "supplier_name",
        "supplier_business_number",
    }


def test_money_follows_cost_share_and_cap_to_the_won() -> None:
    form = filled(STANDING, LEVEL, GOAL, COST, {"other_cost": "-2,999"})

    assert form.costs == {
        "software_development": 100_000_000,
        "hardware": 60_000_000,
        "other_cost": -2_999,
    }
    assert form.total_cost_krw == 159_997_001
    assert form.amount is not None
    assert form.amount.government_krw == 79_998_000
    assert form.amount.company_krw == 79_999_001


def test_the_rules_refusal_takes_the_money_and_leaves_the_arithmetic() -> None:
    form = filled(STANDING, LEVEL, GOAL, COST, {"tax_arrears": "yes"})

    assert form.eligibility is not None
    assert form.eligibility.verdict is Verdict.DIFFICULT
    assert form.amount is not None
    assert form.amount.government_krw == 0
    assert form.arithmetic is not None
    assert form.arithmetic.government_krw == 80_000_000


def test_before_tier_and_cost_there_is_no_money_and_no_verdict() -> None:
    assert filled().eligibility is None
    assert filled(COST).amount is None
    assert filled(GOAL).amount is None
    assert filled(GOAL, {"other_cost": "-1"}).amount is None
    assert filled().total_cost_krw is None


@pytest.mark.parametrize(
    ("cost", "told"),
    [
        ({}, "비용을 하나 이상 적어 주세요. 총사업비가 0원보다 커야 합니다."),
        ({"hardware": "0"}, "비용을 하나 이상 적어 주세요. 총사업비가 0원보다 커야 합니다."),
        (
            {"hardware": "5", "other_cost": "-5"},
            "비용을 하나 이상 적어 주세요. 총사업비가 0원보다 커야 합니다.",
        ),
    ],
)
def test_a_total_of_nothing_is_not_complete(cost: dict[str, str], told: str) -> None:
    assert outstanding(filled(LEVEL, GOAL, cost), "cost") == {"software_development": told}


def test_own_staff_counts_up_to_its_share_of_the_company_part() -> None:
    most = filled(LEVEL, GOAL, {"hardware": "144,000,000", "staff_labour": "16,000,000"})
    above = filled(LEVEL, GOAL, {"hardware": "143,999,999", "staff_labour": "16,000,001"})

    assert most.total_cost_krw == above.total_cost_krw == 160_000_000
    assert outstanding(most, "cost") == {}
    assert outstanding(above, "cost") == {
        "staff_labour": "기업부담금의 20%인 16,000,000원까지 적을 수 있습니다."
    }


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([ROW], {}),
        (
            [ROW | {"weight": "60"}],
            {"indicators": "가중치의 합이 100%여야 합니다. 지금은 60%입니다."},
        ),
        (
            [ROW | {"weight": "60"}, ROW | {"weight": "40"}],
            {"indicators.1.indicator": "같은 지표를 두 번 골랐습니다. 하나만 남겨 주세요."},
        ),
        (
            [ROW | {"target": "120"}],
            {"indicators.0.target": "이 지표는 높을수록 좋습니다. 지금보다 큰 값을 적어 주세요."},
        ),
        (
            [ROW | {"indicator": "product_defect_rate"}],
            {"indicators.0.target": "이 지표는 낮을수록 좋습니다. 지금보다 작은 값을 적어 주세요."},
        ),
        ([ROW | {"target": ""}], {"indicators.0.target": "아직 답하지 않았습니다. 입력해 주세요."}),
    ],
)
def test_indicators_need_a_better_target_and_weights_of_a_hundred(
    rows: list[dict[str, str]], told: dict[str, str]
) -> None:
    assert outstanding(filled(LEVEL, {"indicators": rows}), "indicators") == told


def test_present_values_come_from_data_where_data_have_them() -> None:
    origin = Text("올린 파일로 계산: 설비.csv")
    computed = {
        "kpi.good_rate": Known("96.8", origin, EvidenceGrade.UPLOADED_FILE),
        "kpi.completeness": Known("99", origin, EvidenceGrade.UPLOADED_FILE),
    }
    form = filled(LEVEL, known=known(REGISTERED) | computed)

    assert form.value("indicators") == [
        {"indicator": "product_defect_rate", "before": "3.2", "target": "", "weight": ""}
    ]
    assert form.answers["indicators"].origin == origin
    assert outstanding(form, "indicators") == {
        "indicators.0.target": "아직 답하지 않았습니다. 입력해 주세요.",
        "indicators.0.weight": "아직 답하지 않았습니다. 입력해 주세요.",
    }


def test_typed_rows_replace_the_computed_ones() -> None:
    computed = {"kpi.good_rate": Known("96.8", REGISTRY, EvidenceGrade.UPLOADED_FILE)}

    form = filled(LEVEL, {"indicators": [ROW]}, known=known(REGISTERED) | computed)

    assert form.value("indicators") == [ROW]


def test_a_build_longer_than_the_tier_allows_is_told_when_the_tier_changes() -> None:
    long = GOAL | {"months": "8"}

    assert outstanding(filled(LEVEL, long), "goal") == {}
    assert outstanding(filled(LEVEL, long | {"tier": "same_level"}), "goal") == {
        "months": "이 지원유형은 6개월까지 할 수 있습니다."
    }


def test_a_choice_that_is_gone_is_told() -> None:
    form = filled(LEVEL, GOAL)
    narrowed = replace(form, choices=replace(CHOICES, tiers=CHOICES.tiers[1:]))

    assert outstanding(narrowed, "goal") == {"tier": "목록에서 골라 주세요."}


def test_what_could_not_be_read_keeps_its_topic_open() -> None:
    problem = Text("0원 이상으로 적어 주세요.")
    form = filled(LEVEL, GOAL, COST, unread={"network": {"network": problem}})

    assert outstanding(form, "cost") == {"network": "0원 이상으로 적어 주세요."}
    assert states(form)["cost"] == "in_progress"
