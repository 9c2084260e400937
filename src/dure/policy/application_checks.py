"""What the shape of the application files cannot say: names that must exist and fit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dure.policy.application_schema import (
    ApplicationFile,
    ProcedureFile,
    QuestionForm,
    TopicFile,
    TopicForm,
)
from dure.policy.errors import FactError
from dure.policy.facts import kind_of
from dure.policy.indicators import load_indicators

STATES = (
    "draft",
    "submitted",
    "supplement_requested",
    "requirement_met",
    "requirement_not_met",
    "withdrawn",
)
_KIND_OF_FACT = {
    "flag": "yes_no",
    "choice": "choice",
    "ordered": "choice",
    "division": "industry",
    "province": "province",
}


def check_application(
    application: ApplicationFile, topics: TopicFile, procedures: ProcedureFile
) -> Iterator[str]:
    """What is wrong with one programme's application, in words; nothing when it holds."""
    known = {form.topic: form for form in topics.topics}
    declared = [form.key for form in topics.declarations]
    yield from _twice((form.topic for form in topics.topics), "주제")
    yield from _twice(declared, "서약")
    for before, after in pairwise(application.versions):
        if before.end is None or before.end >= after.start:
            yield f"{after.start}: 앞 판과 기간이 겹칩니다"
    for version in application.versions:
        yield from _missing(version.topics, known, "주제")
        yield from _missing(version.declarations, declared, "서약")
        yield from _check_topics([known[key] for key in version.topics if key in known])
    yield from _check_procedure(application, procedures)


def _check_topics(topics: list[TopicForm]) -> Iterator[str]:
    yield from _twice((question.key for topic in topics for question in topic.questions), "질문")
    for position, topic in enumerate(topics):
        earlier = [other.topic for other in topics[:position]]
        yield from _missing(topic.after, earlier, f"주제 {topic.topic}의 앞선 주제")
        if topic.after and topic.locked is None:
            yield f"주제 {topic.topic}: 왜 잠겨 있는지(locked) 적어야 합니다"
        yield from _check_topic(topic)


def _check_topic(topic: TopicForm) -> Iterator[str]:
    keys = [question.key for question in topic.questions]
    for position, question in enumerate(topic.questions):
        if question.asked_if:
            yield from _missing([question.asked_if.question], keys[:position], "앞선 질문")
        yield from _check_question(question)
    for check in topic.checks:
        yield from _missing([check.question], keys, f"주제 {topic.topic}의 질문")
        if (check.check == "within_company_share") != (check.parameter is not None):
            yield f"주제 {topic.topic}: {check.check}의 parameter를 확인해 주세요"


def _check_question(question: QuestionForm) -> Iterator[str]:
    where = f"질문 {question.key}"
    if question.feeds is not None:
        try:
            kind = _KIND_OF_FACT[kind_of(question.feeds).kind]
        except FactError as error:
            yield f"{where}: {error}"
            return
        if kind != question.kind:
            yield f"{where}: {question.feeds}에는 {kind} 질문이 필요합니다"
    if question.options_from == "fact" and question.feeds is None:
        yield f"{where}: 고를 것을 정할 사실(feeds)이 없습니다"
    if (question.kind in {"choice", "choices"}) != (question.options_from is not None):
        yield f"{where}: options_from은 고르는 질문에만, 반드시 있어야 합니다"
    if question.adds_to_total and question.kind != "won":
        yield f"{where}: 총사업비에는 금액만 더합니다"
    if question.fixed and question.prefill is None:
        yield f"{where}: fixed에는 prefill이 필요합니다"
    if question.kind == "indicators":
        yield from _check_indicators(question)


def _check_indicators(question: QuestionForm) -> Iterator[str]:
    catalogue = [indicator.key for indicator in load_indicators()]
    yield from _missing([k.indicator for k in question.known_from], catalogue, "성과지표")
    if sorted(column.key for column in question.columns) != [
        "before",
        "indicator",
        "target",
        "weight",
    ]:
        yield f"질문 {question.key}: 성과지표 표의 열은 네 개입니다"


def _check_procedure(application: ApplicationFile, procedures: ProcedureFile) -> Iterator[str]:
    named = {form.procedure: form for form in procedures.procedures}
    yield from _missing([application.procedure], named, "절차")
    procedure = named.get(application.procedure)
    if procedure is not None:
        states = [state for step in procedure.steps for state in step.states]
        if sorted(states) != sorted(STATES):
            yield f"절차 {procedure.procedure}: 신청 상태마다 단계가 하나씩 있어야 합니다"


def _missing(names: Iterable[str], known: Iterable[str], what: str) -> Iterator[str]:
    missing = sorted(set(names) - set(known))
    if missing:
        yield f"{what}에 없습니다: {', '.join(missing)}"


def _twice(names: Iterable[str], what: str) -> Iterator[str]:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        yield f"두 번 나오는 {what}: {', '.join(twice)}"
