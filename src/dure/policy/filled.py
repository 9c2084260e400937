"""An application as far as it is filled in: answers with their origin, what is missing, the money.

Answers come from three places, in this order: what is known elsewhere (`Known`: registry,
measurement), what was typed, what the finder was told. Nothing known elsewhere is typed again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text
from dure.kernel.won import share_of
from dure.policy.answers import Choices, Value, read_answer
from dure.policy.application_form import (
    ApplicationForm,
    Question,
    QuestionKind,
    Topic,
    TopicCheck,
    TopicState,
)
from dure.policy.decision import Amount, Eligibility, amount, eligibility
from dure.policy.facts import Facts
from dure.policy.indicators import load_indicators
from dure.policy.reader import PolicySet

FROM_FINDER = Text("'사업 찾기'에서 답한 내용")
_MISSING = Text("아직 답하지 않았습니다. 입력해 주세요.")
_PICKED = frozenset(
    {
        QuestionKind.YES_NO,
        QuestionKind.CHOICE,
        QuestionKind.CHOICES,
        QuestionKind.INDUSTRY,
        QuestionKind.PROVINCE,
    }
)
_UNCHOSEN = Text("아직 고르지 않았습니다. 골라 주세요.")


@dataclass(frozen=True, slots=True)
class Known:
    """A value known without asking: where from, in words, and what that is worth."""

    value: Value
    origin: Text
    grade: EvidenceGrade


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `origin` None: typed here, which is a statement (grade D)."""

    value: Value
    origin: Text | None
    grade: EvidenceGrade
    fixed: bool


@dataclass(frozen=True)
class FilledForm:
    """A form with its answers; everything else follows from them and the rules of the day.

    Attributes:
        known: by prefill name, such as `registry.address`.
        typed: by question key, as `read_answer` gave them.
        carried: by fact key, from the finder.
        unread: why typed input could not be read, by question and place.
    """

    form: ApplicationForm
    policy: PolicySet
    choices: Choices
    known: Mapping[str, Known]
    typed: Mapping[str, Value]
    carried: Mapping[str, object]
    unread: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers there are, by question key, asked or not."""
        found = ((question, self._answer(question)) for question in self.form.questions)
        return {question.key: answer for question, answer in found if answer is not None}

    def _answer(self, question: Question) -> Answer | None:
        known = self.known.get(question.prefill or "")
        if known is not None and question.fixed:
            return Answer(known.value, known.origin, known.grade, fixed=True)
        if question.key in self.typed:
            return Answer(self.typed[question.key], None, EvidenceGrade.STATEMENT, fixed=False)
        if known is not None:
            return Answer(known.value, known.origin, known.grade, fixed=False)
        if question.kind is QuestionKind.INDICATORS:
            return self._computed(question)
        carried = self.carried.get(question.feeds or "")
        if carried is None:
            return None
        reading = read_answer(question, carried, self.choices)
        if reading.value is None:
            return None
        return Answer(reading.value, FROM_FINDER, EvidenceGrade.STATEMENT, fixed=False)

    def known_indicators(self, question: Question) -> Mapping[str, Known]:
        """Present values computed from data, by indicator, as decimal digits."""
        found: dict[str, Known] = {}
        for source in question.known_from:
            known = self.known.get(f"kpi.{source.kpi}")
            if known is not None:
                value = Decimal(str(known.value))
                if source.complement_of is not None:
                    value = source.complement_of - value
                found[source.indicator] = replace(known, value=f"{value.normalize():f}")
        return found

    def _computed(self, question: Question) -> Answer | None:
        known = self.known_indicators(question)
        if not known:
            return None
        rows: list[dict[str, str]] = [
            {"indicator": key, "before": str(item.value), "target": "", "weight": ""}
            for key, item in known.items()
        ]
        first = next(iter(known.values()))
        return Answer(rows, first.origin, first.grade, fixed=False)

    def value(self, key: str) -> Value | None:
        """The answer to a question, None where there is none."""
        answer = self.answers.get(key)
        return answer.value if answer else None

    def is_asked(self, question: Question) -> bool:
        """Whether the question is asked, given the answers before it."""
        if question.asked_if is None:
            return True
        other, wanted = question.asked_if
        return self.value(other) == wanted

    def asked(self, topic: Topic) -> tuple[Question, ...]:
        """The questions of a topic that are asked now."""
        return tuple(question for question in topic.questions if self.is_asked(question))

    @cached_property
    def facts(self) -> Facts:
        """What the answers say about eligibility."""
        return Facts(**{key: answer.value for key, answer in self.facts_with_origin.items()})  # type: ignore[arg-type]

    @cached_property
    def facts_with_origin(self) -> Mapping[str, Answer]:
        """The answers that settle a fact, by fact."""
        return {
            question.feeds: self.answers[question.key]
            for question in self.form.questions
            if question.feeds and question.key in self.answers and self.is_asked(question)
        }

    @cached_property
    def tier(self) -> str | None:
        """The chosen tier."""
        value = next(
            (self.value(question.key) for question in self.form.questions if question.of_tiers),
            None,
        )
        return value if isinstance(value, str) else None

    @property
    def costs(self) -> Mapping[str, int]:
        """The amounts that make up the total, by question, whole won."""
        values = {q.key: self.value(q.key) for q in self.form.questions if q.adds_to_total}
        return {key: value for key, value in values.items() if isinstance(value, int)}

    @property
    def total_cost_krw(self) -> int | None:
        """The total without VAT; None while no cost is given."""
        return sum(self.costs.values()) if self.costs else None

    @cached_property
    def eligibility(self) -> Eligibility | None:
        """Whether the firm may have the chosen tier; None before it is chosen."""
        if self.tier is None:
            return None
        as_of = self.form.as_of
        return eligibility(self.policy, self.form.programme, self.tier, self.facts, as_of)

    @cached_property
    def amount(self) -> Amount | None:
        """The money the rules give; 0 won where they refuse. None before tier and cost."""
        return self._amount(self.facts)

    @cached_property
    def arithmetic(self) -> Amount | None:
        """The money by share and cap alone, whatever the eligibility."""
        return self._amount(None)

    def _amount(self, facts: Facts | None) -> Amount | None:
        total = self.total_cost_krw
        if self.tier is None or total is None or total < 0:
            return None
        as_of = self.form.as_of
        return amount(self.policy, self.form.programme, self.tier, total, as_of, facts=facts)

    def state(self, topic: Topic) -> TopicState:
        """How far a topic is."""
        if any(self.outstanding(self.form.topic(key)) for key in self._before(topic)):
            return TopicState.LOCKED
        if not self.outstanding(topic):
            return TopicState.DONE
        given = {*self.typed, *self.unread}
        begun = any(question.key in given for question in topic.questions)
        return TopicState.IN_PROGRESS if begun else TopicState.NOT_STARTED

    def _before(self, topic: Topic) -> Iterator[str]:
        for key in topic.after:
            yield key
            yield from self._before(self.form.topic(key))

    def outstanding(self, topic: Topic) -> Mapping[str, Text]:
        """What is still missing or does not fit together, by place, in the order asked."""
        return self._all_outstanding[topic.key]

    @cached_property
    def _all_outstanding(self) -> Mapping[str, Mapping[str, Text]]:
        return {topic.key: self._outstanding(topic) for topic in self.form.topics}

    def _outstanding(self, topic: Topic) -> Mapping[str, Text]:
        found: dict[str, Text] = {}
        for question in self.asked(topic):
            value = self.value(question.key)
            if question.key in self.unread:
                found |= self.unread[question.key]
            elif value is None:
                if question.required:
                    found[question.key] = _UNCHOSEN if _is_chosen(question) else _MISSING
            elif question.kind is QuestionKind.INDICATORS and isinstance(value, list):
                found |= _indicator_gaps(question, value)  # type: ignore[arg-type]
            else:
                found |= self._reread(question, value)
        for check in topic.checks:
            problem = self._failed(check)
            if problem is not None:
                found.setdefault(check.question, problem)
        return found

    def _reread(self, question: Question, value: Value) -> Mapping[str, Text]:
        """An answer may no longer fit: the tier changed, or a code ended."""
        if self.answers[question.key].fixed:
            return {}
        choices = replace(self.choices, tier_months=self._tier_months)
        return read_answer(question, value, choices).problems

    @cached_property
    def _tier_months(self) -> int | None:
        if self.tier is None:
            return None
        programme = self.policy.programme(self.form.programme, self.form.as_of)
        tier = programme.find_tier(self.tier)
        return tier.max_months if tier else None

    def _failed(self, check: TopicCheck) -> Text | None:
        total = self.total_cost_krw
        if check.check == "total_above_zero":
            if total is not None and total > 0:
                return None
            return Text("비용을 하나 이상 적어 주세요. 총사업비가 0원보다 커야 합니다.")
        return self._over_company_share(check)

    def _over_company_share(self, check: TopicCheck) -> Text | None:
        spent = self.value(check.question)
        money = self.arithmetic
        if not isinstance(spent, int) or money is None or check.parameter is None:
            return None
        share = self.policy.parameter(check.parameter, self.form.as_of).value
        most = share_of(money.company_krw, Fraction(share or 0))
        if spent <= most:
            return None
        return Text(
            "기업부담금의 {percent}%인 {most}원까지 적을 수 있습니다.",
            {"percent": f"{float(Fraction(share or 0)) * 100:g}", "most": f"{most:,}"},
        )


def _is_chosen(question: Question) -> bool:
    """Whether the answer is picked, not written."""
    return question.kind in _PICKED


def _indicator_gaps(question: Question, rows: list[dict[str, str]]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    seen: set[str] = set()
    better = {indicator.key: indicator.direction for indicator in load_indicators()}
    for position, row in enumerate(rows):
        place = f"{question.key}.{position}"
        for column in question.columns:
            if not row.get(column):
                found[f"{place}.{column}"] = _MISSING
        if row["indicator"] in seen:
            found[f"{place}.indicator"] = Text("같은 지표를 두 번 골랐습니다. 하나만 남겨 주세요.")
        seen.add(row["indicator"])
        if row["before"] and row["target"] and row["indicator"] in better:
            problem = _no_better(better[row["indicator"]], row["before"], row["target"])
            if problem is not None:
                found[f"{place}.target"] = problem
    weights = sum(int(row["weight"] or 0) for row in rows)
    if question.weights_sum is not None and weights != question.weights_sum and not found:
        found[question.key] = Text(
            "가중치의 합이 {wanted}%여야 합니다. 지금은 {sum}%입니다.",
            {"wanted": question.weights_sum, "sum": weights},
        )
    return found


def _no_better(direction: str, before: str, target: str) -> Text | None:
    rises = Fraction(target) > Fraction(before)
    falls = Fraction(target) < Fraction(before)
    if direction == "up" and not rises:
        return Text("이 지표는 높을수록 좋습니다. 지금보다 큰 값을 적어 주세요.")
    if direction == "down" and not falls:
        return Text("이 지표는 낮을수록 좋습니다. 지금보다 작은 값을 적어 주세요.")
    return None
