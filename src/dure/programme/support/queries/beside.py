"""Evidence beside the answers of a case: what data and rules say, topic by topic.

Only what is frozen in the submission is used, so the page reads the same for ever.
"""

from collections.abc import Iterator, Mapping

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.kernel.won import format_won
from dure.programme.support.freezing import Plain
from dure.programme.support.queries.case_views import EvidenceView
from dure.programme.support.queries.frozen import name_of

_TONES = {"possible": "yes", "difficult": "no", "check": "unknown"}


def beside(content: Plain) -> Mapping[str, tuple[EvidenceView, ...]]:
    """The evidence of each topic that has some."""
    found = {topic["key"]: tuple(_of_topic(topic, content)) for topic in content["topics"]}
    return {key: evidence for key, evidence in found.items() if evidence}


def _of_topic(topic: Plain, content: Plain) -> Iterator[EvidenceView]:
    yield from _registered(topic)
    if any(answer["key"] == "system_level" for answer in topic["answers"]):
        yield from _measured(content)
    if any(answer["key"] in content["costs"] for answer in topic["answers"]):
        yield from _money(content)
    yield from _judged(topic, content)


def _registered(topic: Plain) -> Iterator[EvidenceView]:
    """How many answers are not statements made in this form."""
    known = [answer for answer in topic["answers"] if answer["origin"] is not None]
    if known:
        grades = sorted({answer["grade"] for answer in known})
        yield EvidenceView(
            "yes" if grades[-1] < EvidenceGrade.STATEMENT else "unknown",
            Text(
                "{n}개 답은 이 신청서에 적은 것이 아니라 이미 있는 기록에서 왔습니다.",
                {"n": len(known)},
            ),
            Text("근거 등급: {grades}", {"grades": ", ".join(grades)}),
        )


def _measured(content: Plain) -> Iterator[EvidenceView]:
    measurement = content["measurement"]
    if measurement is None:
        yield EvidenceView(
            "unknown", Text("데이터로 측정한 수준이 없습니다. 신청인의 진술입니다."), None
        )


def _money(content: Plain) -> Iterator[EvidenceView]:
    total = content["amount"]["total_cost_krw"]
    yield EvidenceView(
        "yes",
        Name(
            f"항목의 합계가 총사업비와 같습니다: {format_won(total)}",
            f"The items add up to the total: KRW {total:,}",
        ),
        None,
    )


def _judged(topic: Plain, content: Plain) -> Iterator[EvidenceView]:
    """What each rule says that asks about a fact this topic gave."""
    given = {answer["feeds"] for answer in topic["answers"] if answer["feeds"]}
    for reason in content["eligibility"]["reasons"]:
        if given & set(content["asks"][reason["rule"]]):
            yield EvidenceView(
                _TONES[reason["verdict"]],
                name_of(reason["text"]),
                Text("근거: {source}", {"source": name_of(reason["source"]["title"])}),
            )
