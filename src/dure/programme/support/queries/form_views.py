"""A filled form as the pages of an application show it."""

from collections.abc import Mapping

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text
from dure.policy.answer_words import say_answer
from dure.policy.answers import options_of
from dure.policy.application_form import Question, Topic, TopicState
from dure.policy.decision import Eligibility, Verdict
from dure.policy.filled import FilledForm
from dure.programme.support.freezing import amount_plain, eligibility_plain
from dure.programme.support.queries.frozen import amount_view, eligibility_view
from dure.programme.support.queries.views import (
    NOT_ANSWERED,
    AmountView,
    EligibilityView,
    QuestionView,
    TopicView,
)

Unread = Mapping[str, Mapping[str, object]]


def topic_views(filled: FilledForm, unread: Unread) -> tuple[TopicView, ...]:
    """Every topic with its state and present answers.

    `unread` is what was typed and could not be read: by question, `raw` and `problems`.
    """
    return tuple(_topic_view(filled, topic, unread) for topic in filled.form.topics)


def _topic_view(filled: FilledForm, topic: Topic, unread: Unread) -> TopicView:
    state = filled.state(topic)
    return TopicView(
        key=topic.key,
        title=topic.name,
        intro=topic.intro,
        state=state.value,
        why=topic.locked if state is TopicState.LOCKED else None,
        outstanding=filled.outstanding(topic),
        questions=tuple(
            question_view(filled, question, unread.get(question.key, {}))
            for question in topic.questions
        ),
    )


def question_view(
    filled: FilledForm, question: Question, unread: Mapping[str, object]
) -> QuestionView:
    """One question with its answer, and what could not be read of it."""
    answer = filled.answers.get(question.key)
    shown = say_answer(question, answer.value, filled.choices) if answer else NOT_ANSWERED
    return QuestionView(
        key=question.key,
        kind=question.kind,
        label=question.name,
        hint=question.hint,
        unit=question.unit,
        required=question.required,
        fixed=answer.fixed if answer else False,
        options=options_of(question, filled.choices),
        asked_if=question.asked_if,
        is_asked=filled.is_asked(question),
        adds_to_total=question.adds_to_total,
        least=question.least,
        most=question.most,
        most_characters=question.most_characters,
        columns=question.columns,
        known_rows=filled.known_indicators(question),
        value=answer.value if answer else None,
        raw=unread.get("raw", answer.value if answer else None),
        problem=_problems(unread),
        shown=shown,
        origin=answer.origin if answer else None,
        grade=answer.grade if answer else EvidenceGrade.STATEMENT,
    )


def _problems(unread: Mapping[str, object]) -> Mapping[str, Text]:
    problems = unread.get("problems", {})
    return problems if isinstance(problems, Mapping) else {}


def filled_eligibility(filled: FilledForm) -> EligibilityView | None:
    """The eligibility of a draft, None before a tier is chosen."""
    found = filled.eligibility
    return eligibility_view(eligibility_plain(found)) if found else None


def filled_amount(filled: FilledForm) -> AmountView | None:
    """The money of a draft, None before tier and cost."""
    found, arithmetic = filled.amount, filled.arithmetic
    if found is None or arithmetic is None:
        return None
    return amount_view(amount_plain(found, arithmetic))


def warning_of(eligibility: Eligibility | None) -> Text | None:
    """What to tell before submitting where the rules speak against it."""
    if eligibility is None or eligibility.verdict is not Verdict.DIFFICULT:
        return None
    return Text(
        "지금 규칙으로는 지원이 어렵습니다. 그래도 제출할 수 있고, 담당자가 이유를 보고 판단합니다."
    )
