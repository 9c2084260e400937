"""How answers are read and how they read: the cases of the rule texts, and tables of indicators."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.names import Name
from dure.policy.answer_words import say_answer
from dure.policy.answers import Choices, read_answer
from dure.policy.application_form import Option, Question
from dure.policy.application_reader import load_application_form

DAY = date(2023, 5, 2)
CHOICES = Choices(
    today=date(2026, 11, 24),
    tiers=(
        Option("upgrade1", Name("고도화1", "Upgrade 1")),
        Option("same_level", Name("동일수준", "Same level")),
    ),
    tier_months=9,
)
CASES = yaml.safe_load((POLICY_ROOT / "cases" / "applications.yaml").read_text(encoding="utf-8"))


def question_of(key: str, programme: str = "general") -> Question:
    form = load_application_form(programme, DAY)
    return {question.key: question for question in form.questions}[key]


def case_id(case: dict[str, Any]) -> str:
    return f"{case['question']}-{case['typed']}"


@pytest.mark.parametrize("case", CASES["answers"], ids=case_id)
def test_answer_case(case: dict[str, Any]) -> None:
    question = question_of(case["question"], case["programme"])

    reading = read_answer(question, case["typed"], CHOICES)

    assert reading.value == case.get("value")
    told = {place: str(text) for place, text in reading.problems.items()}
    assert told == ({case["question"]: case["problem"]} if "problem" in case else {})


@given(st.text(max_size=40))
def test_anything_typed_is_kept_or_told_never_an_error(typed: str) -> None:
    form = load_application_form("general", DAY)
    for question in form.questions:
        reading = read_answer(question, typed, CHOICES)
        assert reading.value is None or not reading.problems


def test_a_value_once_read_reads_the_same_again() -> None:
    for key, typed in (
        ("hardware", "1억"),
        ("months", "6"),
        ("employees", "12"),
        ("solutions", ["1", "13"]),
        ("tax_arrears", "예"),
    ):
        first = read_answer(question_of(key), typed, CHOICES).value
        assert read_answer(question_of(key), first, CHOICES).value == first


def test_rows_keep_what_can_be_read_and_each_cell_that_cannot_is_told_where_it_was_typed() -> None:
    rows = [
        {"indicator": "hourly_output", "before": "1,200.50", "target": "많이", "weight": "60"},
        {"indicator": "", "before": " ", "target": "", "weight": ""},
        {"indicator": "tea", "before": "-3", "target": "2", "weight": "60.5"},
    ]

    reading = read_answer(question_of("indicators"), rows, CHOICES)

    assert reading.value == [
        {"indicator": "hourly_output", "before": "1200.5", "target": "", "weight": "60"},
        {"indicator": "", "before": "", "target": "2", "weight": ""},
    ]
    assert {place: str(text) for place, text in reading.problems.items()} == {
        "indicators.0.target": "숫자로 적어 주세요. 예: 12.5",
        "indicators.2.indicator": "목록에서 골라 주세요.",
        "indicators.2.before": "0 이상의 숫자로 적어 주세요.",
        "indicators.2.weight": "1부터 100 사이의 정수로 적어 주세요.",
    }


@pytest.mark.parametrize("raw", [None, [], ""])
def test_an_empty_table_is_no_answer(raw: object) -> None:
    reading = read_answer(question_of("indicators"), raw, CHOICES)

    assert reading.value is None
    assert reading.problems == {}


def test_a_table_that_is_none_and_one_too_long_are_told() -> None:
    row = {"indicator": "hourly_output", "before": "1", "target": "2", "weight": "10"}

    broken = read_answer(question_of("indicators"), "시간당 생산량", CHOICES)
    long = read_answer(question_of("indicators"), [row] * 6, CHOICES)

    assert str(broken.problems["indicators"]) == "성과지표를 표에 적어 주세요."
    assert str(long.problems["indicators"]) == "5개까지 적을 수 있습니다."


@pytest.mark.parametrize(
    ("key", "value", "ko", "en"),
    [
        ("hardware", 160_000_000, "160,000,000원", "KRW 160,000,000"),
        ("other_cost", -3_000_000, "-3,000,000원", "KRW -3,000,000"),
        ("months", 7, "7개월", "7 months"),
        ("employees", "1234", "1,234명", "1,234 persons"),
        ("tax_arrears", False, "아니요", "No"),
        ("manufacturer", True, "예", "Yes"),
        ("tier", "upgrade1", "고도화1", "Upgrade 1"),
        ("tier", "gone", "gone", "gone"),
        ("solutions", ["1", "13"], "MES(POP), 센서", "MES (POP), Sensor"),
        ("province", "gyeonggi", "경기도", "Gyeonggi"),
        ("ksic", "22", "22 고무 및 플라스틱제품 제조업", "22 Rubber and plastics"),
        ("ksic", "zz", "zz", "zz"),
        ("business_number", "1234567891", "123-45-67891", "123-45-67891"),
        ("plan", "바꿉니다.", "바꿉니다.", "바꿉니다."),
    ],
)
def test_answers_read_in_both_languages(key: str, value: Any, ko: str, en: str) -> None:
    assert say_answer(question_of(key), value, CHOICES) == Name(ko, en)


def test_days_and_rows_read_in_both_languages() -> None:
    built = question_of("built_on", "after_service")
    rows: Any = [
        {"indicator": "manufacturing_lead_time", "before": "72", "target": "48", "weight": "70"},
        {"indicator": "", "before": "", "target": "", "weight": "30"},
    ]

    assert say_answer(built, "2022-03-01", CHOICES) == Name("2022.03.01.", "1 Mar 2022")
    assert say_answer(question_of("indicators"), rows, CHOICES) == Name(
        "제조리드타임 72 → 48 h (70%); 지표 미정 ? → ? (30%)",
        "Manufacturing lead time 72 → 48 h (70%); Indicator not chosen ? → ? (30%)",
    )
