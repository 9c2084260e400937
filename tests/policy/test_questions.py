"""The finder's questions: every fact at most once, in words of both languages."""

from pathlib import Path

import pytest

from dure.kernel.data_files import DataFileError
from dure.policy.facts import FACT_KEYS
from dure.policy.questions import finder_questions


def written(folder: Path, *asks: str) -> Path:
    path = folder / "finder.yaml"
    lines = "\n".join(f"      - {ask}" for ask in asks)
    path.write_text(
        "questions:\n  - question: one\n    title: {ko: 질문, en: Question}\n"
        f"    hint: {{ko: 도움말, en: Hint}}\n    asks:\n{lines}\n",
        encoding="utf-8",
    )
    return path


def test_six_questions_settle_every_fact_but_the_target_level() -> None:
    questions = finder_questions()
    asked = [ask.fact.key for question in questions for ask in question.asks]

    assert len(questions) == 6
    assert set(FACT_KEYS) - set(asked) == {"target_level"}


def test_one_question_settles_what_stands_in_the_way() -> None:
    together = [question for question in finder_questions() if question.together]

    assert [question.key for question in together] == ["standing"]
    assert {ask.fact.key: ask.clear for ask in together[0].asks} == {
        "business_status": "operating",
        "tax_arrears": False,
        "credit_default": False,
        "insolvency": False,
        "excluded": False,
    }


def test_a_fact_is_asked_in_its_own_words_where_the_question_has_none(tmp_path: Path) -> None:
    (question,) = finder_questions(written(tmp_path, "{fact: firm_size}"))

    assert question.asks[0].words.ko == "기업 규모"
    assert not question.together


@pytest.mark.parametrize(
    ("asks", "why"),
    [
        (["{fact: wants}", "{fact: wants}"], "두 번 묻습니다"),
        (["{fact: shoe_size}"], "규칙이 모르는 사실입니다"),
        (["{fact: business_status, clear: asleep}"], "알 수 없는 값입니다"),
        (["{fact: wants, colour: red}"], "colour"),
    ],
)
def test_a_question_that_contradicts_the_facts_is_refused(
    tmp_path: Path, asks: list[str], why: str
) -> None:
    with pytest.raises(DataFileError, match=why):
        finder_questions(written(tmp_path, *asks))
