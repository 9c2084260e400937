"""A submission's content as views; `dure.programme.support.freezing` says what is in it."""

from datetime import date
from fractions import Fraction

from dure.foundation.sentences import sentence_of
from dure.kernel.evidence import EvidenceGrade
from dure.kernel.names import Name
from dure.programme.support.freezing import Plain
from dure.programme.support.queries.views import (
    AmountView,
    AnswerView,
    EligibilityView,
    ReasonView,
    SectionView,
    TraceView,
)


def section_views(content: Plain) -> tuple[SectionView, ...]:
    """The answers by topic, as they read when they were submitted."""
    return tuple(
        SectionView(
            topic["key"], name_of(topic), tuple(_answer_view(item) for item in topic["answers"])
        )
        for topic in content["topics"]
    )


def _answer_view(plain: Plain) -> AnswerView:
    return AnswerView(
        key=plain["key"],
        label=name_of(plain),
        value=name_of(plain["shown"]),
        origin=sentence_of(plain["origin"]),
        grade=EvidenceGrade(plain["grade"]),
    )


def eligibility_view(plain: Plain) -> EligibilityView:
    """An eligibility from its JSON."""
    return EligibilityView(
        verdict=plain["verdict"],
        reasons=tuple(_reason_view(reason) for reason in plain["reasons"]),
        policy_hash=plain["hash"],
        as_of=date.fromisoformat(plain["as_of"]),
    )


def _reason_view(plain: Plain) -> ReasonView:
    source = plain["source"]
    return ReasonView(
        rule=plain["rule"],
        verdict=plain["verdict"],
        text=name_of(plain["text"]),
        decided_by=name_of(plain["decided_by"]),
        source=name_of(source["title"]),
        url=source["url"],
        confirmed=source["confirmed"],
    )


def amount_view(plain: Plain) -> AmountView:
    """An amount from its JSON."""
    return AmountView(
        government_krw=plain["government_krw"],
        company_krw=plain["company_krw"],
        total_cost_krw=plain["total_cost_krw"],
        cap_krw=plain["cap_krw"],
        share=Fraction(plain["share"]),
        confirmed=plain["confirmed"],
        by_arithmetic_krw=plain["by_arithmetic_krw"],
        trace=tuple(_trace_view(step) for step in plain["trace"]),
    )


def _trace_view(plain: Plain) -> TraceView:
    value = plain["value"]
    return TraceView(
        rule=plain["rule"],
        text=name_of(plain["text"]),
        value=value if isinstance(value, int) else Fraction(value),
        unit=plain["unit"],
        source=name_of(plain["source"]["title"]) if plain["source"] else None,
    )


def name_of(plain: Plain) -> Name:
    """The `ko` and `en` of a stored thing."""
    return Name(plain["ko"], plain["en"])
