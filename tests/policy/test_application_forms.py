"""What applications ask by day, and which mistakes in the files are refused."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import DataFileError
from dure.policy.application_checks import STATES
from dure.policy.application_reader import load_application_form
from dure.policy.errors import UnknownRuleError
from dure.policy.reader import load_policy

CASES = yaml.safe_load((POLICY_ROOT / "cases" / "applications.yaml").read_text(encoding="utf-8"))
PROGRAMMES = ("general", "cloud_switch", "after_service")
TOPICS = "applications/topics.yaml"
GENERAL = "applications/general.yaml"
PROCEDURES = "procedures/support.yaml"


@pytest.mark.parametrize("case", CASES["forms"], ids=lambda c: f"{c['programme']}-{c['as_of']}")
def test_form_case(case: dict[str, Any]) -> None:
    if case["topics"] == "none":
        with pytest.raises(UnknownRuleError):
            load_application_form(case["programme"], case["as_of"])
        return

    form = load_application_form(case["programme"], case["as_of"])

    assert [topic.key for topic in form.topics] == case["topics"]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_day_with_rules_has_an_application_and_no_other(programme: str) -> None:
    for start, end in load_policy().versions(programme):
        assert load_application_form(programme, start).as_of == start
        assert end is not None
        assert load_application_form(programme, end).as_of == end


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_value_that_a_form_or_step_asks_for_exists(programme: str) -> None:
    policy, day = load_policy(), load_policy().versions(programme)[-1][0]
    form = load_application_form(programme, day)

    asked = [check.parameter for topic in form.topics for check in topic.checks if check.parameter]
    asked += [step.due for step in form.steps if step.due]

    assert [key for key in asked if policy.parameter(key, day).value is None] == []
    assert sum(question.of_tiers for question in form.questions) == 1
    assert any(question.adds_to_total for question in form.questions)


def test_every_state_of_an_application_has_its_step() -> None:
    for programme in PROGRAMMES:
        form = load_application_form(programme, load_policy().versions(programme)[-1][0])
        assert sorted(state for step in form.steps for state in step.states) == sorted(STATES)


@pytest.mark.parametrize("programme", ["nowhere", "../general", "topics"])
def test_a_programme_without_an_application_is_told(programme: str) -> None:
    with pytest.raises((UnknownRuleError, DataFileError)):
        load_application_form(programme, date(2023, 5, 2))


Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the rule texts with one passage of one file replaced."""

    def edit(name: str, old: str, new: str) -> Path:
        root = tmp_path / "policy"
        shutil.copytree(POLICY_ROOT, root, dirs_exist_ok=True)
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return root

    return edit


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        (GENERAL, "cost, indicators", "cost, tea", "주제에 없습니다: tea"),
        (GENERAL, "facts_true,", "tea_true,", "서약에 없습니다: tea_true"),
        (GENERAL, "procedure: build", "procedure: tea", "절차에 없습니다: tea"),
        (GENERAL, "level, goal", "goal, level", "앞선 주제에 없습니다: level"),
        (GENERAL, "[factory, standing", "[factory, factory", "두 번 나오는 질문"),
        (GENERAL, "number_code: GEN", "number_codes: GEN", "number_code"),
        (TOPICS, "topic: standing", "topic: factory", "두 번 나오는 주제: factory"),
        (TOPICS, "key: facts_true", "key: not_funded_twice", "두 번 나오는 서약"),
        (TOPICS, "feeds: ksic", "feeds: tea", "tea"),
        (TOPICS, "feeds: ksic", "feeds: province", "province 질문이 필요합니다"),
        (TOPICS, "required: true, feeds: business_status, options_from", "options_from", "feeds"),
        (TOPICS, "feeds: business_status, options_from: fact", "feeds: business_status", "options"),
        (TOPICS, "kind: won, ko: S/W 개발비", "kind: text, ko: S/W 개발비", "금액만"),
        (TOPICS, "prefill: registry.firm_name, fixed", "fixed", "prefill"),
        (TOPICS, "kpi: good_rate", "kpis: good_rate", "kpis"),
        (TOPICS, "indicator: product_defect_rate", "indicator: tea", "성과지표에 없습니다: tea"),
        (TOPICS, "{key: weight, ko: 가중치(%)", "{key: target, ko: 가중치(%)", "네 개"),
        (TOPICS, "question: has_supplier, is", "question: tea, is", "앞선 질문에 없습니다: tea"),
        (
            TOPICS,
            "question: staff_labour, parameter: staff_labour_share",
            "question: staff_labour",
            "parameter",
        ),
        (
            TOPICS,
            "check: total_above_zero, question: software_development",
            "check: total_above_zero, question: tea",
            "질문에 없습니다: tea",
        ),
        (PROCEDURES, "while: [requirement_met]", "while: [draft]", "단계가 하나씩"),
    ],
)
def test_a_mistake_is_refused_and_named(
    edited: Edit, name: str, old: str, new: str, why: str
) -> None:
    root = edited(name, old, new)

    with pytest.raises(DataFileError, match=_literally(why)):
        load_application_form("general", date(2023, 5, 2), root)


def _literally(text: str) -> str:
    return text.replace("(", r"\(").replace(")", r"\)")


def test_a_topic_that_opens_later_must_say_why(edited: Edit) -> None:
    text = (POLICY_ROOT / TOPICS).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("    locked:"))
    root = edited(TOPICS, line + "\n", "")

    with pytest.raises(DataFileError, match="왜 잠겨 있는지"):
        load_application_form("general", date(2023, 5, 2), root)


def test_two_versions_on_one_day_are_refused(edited: Edit) -> None:
    text = (POLICY_ROOT / GENERAL).read_text(encoding="utf-8")
    version = text[text.index("  - from:") :]
    root = edited(GENERAL, version, version + version)

    with pytest.raises(DataFileError, match="기간이 겹칩니다"):
        load_application_form("general", date(2023, 5, 2), root)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (TOPICS, "ko: 대표자", "ko: 대표"),
        (TOPICS, "most_characters: 1000", "most_characters: 900"),
        (PROCEDURES, "ko: 현장평가", "ko: 현장 평가"),
    ],
)
def test_the_hash_follows_every_change_of_what_is_asked(
    edited: Edit, name: str, old: str, new: str
) -> None:
    day = date(2023, 5, 2)

    changed = load_application_form("general", day, edited(name, old, new))

    assert changed.hash != load_application_form("general", day).hash


def test_the_hash_ignores_layout_and_other_programmes_topics(edited: Edit) -> None:
    day = date(2023, 5, 2)

    commented = load_application_form("general", day, edited(TOPICS, "topics:\n", "# x\ntopics:\n"))
    other = load_application_form("general", day, edited(TOPICS, "ko: 무엇을 옮기나", "ko: 이전"))

    assert commented.hash == other.hash == load_application_form("general", day).hash
