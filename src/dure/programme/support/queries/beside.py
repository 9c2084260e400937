"""Evidence beside the answers of a case: what data and rules say, topic by topic.

Only what is frozen in the submission is used, so the page reads the same for ever.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from dure.engines.lake.findings import Severity
from dure.foundation.sentences import sentence_of
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.instants import today_kst
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.kernel.won import format_won
from dure.policy.answer_words import say_day
from dure.policy.facts import kind_of
from dure.policy.indicators import load_indicators
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
    for answer in topic["answers"]:
        if isinstance(answer["value"], list) and answer["value"]:
            yield from _computed(answer["value"], content)
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
        return
    yield EvidenceView(
        "no" if measurement["looks_fabricated"] else "yes",
        Text(
            "데이터로 측정한 수준: {level} (확신 {percent}%)",
            {
                "level": _level_name(measurement["system_level"]),
                "percent": round(measurement["confidence"] * 100),
            },
        ),
        Text(
            "근거 {grade} · {day} 측정 · 파일 {n}개",
            {
                "grade": measurement["grade"],
                "day": say_day(today_kst(datetime.fromisoformat(measurement["measured_at"]))),
                "n": len(measurement["files"]),
            },
        ),
    )
    for doubt in measurement["doubts"]:
        tone = "no" if doubt["severity"] == Severity.ERROR.value else "unknown"
        yield EvidenceView(tone, sentence_of(doubt["text"]) or Text(""), None)


def _level_name(key: str) -> Name:
    choices = {choice.key: choice.name for choice in kind_of("system_level").choices}
    return choices.get(key, Name(key, key))


def _computed(rows: list[Plain], content: Plain) -> Iterator[EvidenceView]:
    """Present values of indicators beside what data give for them."""
    names = {indicator.key: indicator.name for indicator in load_indicators()}
    for row in rows:
        if not isinstance(row, dict) or row["indicator"] not in names:
            continue
        known = content["computed"].get(row["indicator"])
        name = names[row["indicator"]]
        if known is None:
            text = Text("데이터로 계산한 값이 없는 지표: {name}", {"name": name})
            yield EvidenceView("unknown", text, None)
            continue
        text = Text(
            "{name}: 신청서 {stated}, 데이터 {computed}",
            {"name": name, "stated": row["before"], "computed": known["value"]},
        )
        agrees = row["before"] == known["value"]
        yield EvidenceView("yes" if agrees else "no", text, sentence_of(known["origin"]))


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
