"""What a submission keeps: plain JSON that says everything the decision rests on.

form         programme, day and hash of the questions asked
rules        day and hash of the programme's rules, and its version
tier         the chosen tier
topics       answers as given and as they read, each with origin and evidence grade
facts        what rules were asked, each with origin and grade
costs        amounts by cost head, whole won
eligibility  verdict and every rule's word
asks         the facts that each of these rules asks about
amount       money with its trace
computed     present values of indicators computed from data, with origin and grade
measurement  the level measurement used, if any: level, confidence, grade, doubts, files
declarations what was declared
"""

import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from dure.foundation.sentences import sentence_to_json
from dure.kernel.names import Name
from dure.policy.answer_words import say_answer
from dure.policy.application_form import Question, Topic
from dure.policy.decision import Amount, Eligibility, Reason, TraceStep
from dure.policy.filled import Answer, FilledForm
from dure.policy.versions import Source, Tier

Plain = dict[str, Any]


def freeze(
    filled: FilledForm,
    eligibility: Eligibility,
    amount: Amount,
    *,
    declared: Iterable[str],
    measurement: Plain | None,
) -> Plain:
    """The content of a submission of a complete form."""
    form = filled.form
    return {
        "form": {"programme": form.programme, "as_of": str(form.as_of), "hash": form.hash},
        "rules": {
            "as_of": str(eligibility.as_of),
            "hash": eligibility.policy_hash,
            "version": eligibility.programme.version,
            "programme": _name(eligibility.programme.name),
        },
        "tier": tier_plain(eligibility.tier),
        "topics": [_topic(filled, topic) for topic in form.topics],
        "facts": {
            fact: {"value": answer.value, **_origin(answer)}
            for fact, answer in filled.facts_with_origin.items()
        },
        "costs": dict(filled.costs),
        "eligibility": eligibility_plain(eligibility),
        "asks": {r.rule: sorted(filled.policy.facts_of(r.rule)) for r in eligibility.reasons},
        "amount": amount_plain(amount, filled.arithmetic or amount),
        "computed": _computed(filled),
        "measurement": measurement,
        "declarations": [
            {"key": item.key, **_name(item.name)}
            for item in form.declarations
            if item.key in set(declared)
        ],
    }


def content_sha256(content: Plain) -> str:
    """The hash of a content, independent of the order of keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def eligibility_plain(found: Eligibility) -> Plain:
    """An eligibility as JSON."""
    return {
        "verdict": found.verdict.value,
        "hash": found.policy_hash,
        "as_of": str(found.as_of),
        "reasons": [_reason(reason) for reason in found.reasons],
    }


def amount_plain(found: Amount, arithmetic: Amount) -> Plain:
    """An amount as JSON; `arithmetic` is the same without the rules of eligibility."""
    return {
        "government_krw": found.government_krw,
        "company_krw": found.company_krw,
        "total_cost_krw": found.total_cost_krw,
        "cap_krw": found.cap_krw,
        "share": str(found.share),
        "confirmed": found.confirmed,
        "by_arithmetic_krw": arithmetic.government_krw,
        "trace": [_step(step) for step in found.trace],
    }


def tier_plain(tier: Tier) -> Plain:
    """A tier's key and name."""
    return {"key": tier.key, **_name(tier.name)}


def _computed(filled: FilledForm) -> Plain:
    return {
        indicator: {
            "value": known.value,
            "origin": sentence_to_json(known.origin),
            "grade": known.grade.value,
        }
        for question in filled.form.questions
        for indicator, known in filled.known_indicators(question).items()
    }


def _topic(filled: FilledForm, topic: Topic) -> Plain:
    answered = [q for q in filled.asked(topic) if q.key in filled.answers]
    return {
        "key": topic.key,
        **_name(topic.name),
        "answers": [_answer(filled, question) for question in answered],
    }


def _answer(filled: FilledForm, question: Question) -> Plain:
    answer = filled.answers[question.key]
    return {
        "key": question.key,
        "feeds": question.feeds,
        **_name(question.name),
        "value": answer.value,
        "shown": _name(say_answer(question, answer.value, filled.choices)),
        **_origin(answer),
    }


def _origin(answer: Answer) -> Plain:
    origin = sentence_to_json(answer.origin) if answer.origin else None
    return {"origin": origin, "grade": answer.grade.value}


def _reason(reason: Reason) -> Plain:
    return {
        "rule": reason.rule,
        "verdict": reason.verdict.value,
        "text": _name(reason.text),
        "decided_by": _name(reason.decided_by),
        "source": _source(reason.source),
    }


def _step(step: TraceStep) -> Plain:
    value = step.value if isinstance(step.value, int) else str(Fraction(step.value))
    return {
        "rule": step.rule,
        "text": _name(step.text),
        "value": value,
        "unit": step.unit,
        "source": _source(step.source) if step.source else None,
    }


def _source(source: Source) -> Plain:
    return {
        "id": source.id,
        "title": _name(source.title),
        "url": source.url,
        "mark": source.mark,
        "confirmed": source.confirmed,
    }


def _name(name: Name) -> Plain:
    return {"ko": name.ko, "en": name.en}
