"""Reads what a person typed or chose as the answer to one question.

What cannot be read is told in words and not kept as an answer; whether something is still
missing is another question (`dure.policy.filled`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from dure.kernel.business_number import BusinessNumber
from dure.kernel.errors import DureError
from dure.kernel.industries import is_manufacturing
from dure.kernel.regions import provinces
from dure.kernel.text import Text
from dure.kernel.won import format_won, parse_won
from dure.policy.application_form import Option, Question, QuestionKind
from dure.policy.indicators import load_indicators

Value = bool | int | str | list[str] | list[dict[str, str]]
INDICATOR_COLUMNS = ("indicator", "before", "target", "weight")
_YES_NO = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "예": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
    "아니요": False,
}
_MOST_DIGITS = 15
_DAY = re.compile(r"(\d{4})[-./년]?(\d{1,2})[-./월]?(\d{1,2})[.일]?")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen on the day of answering.

    Attributes:
        today: Korean day of the answer.
        tiers: what the call offers.
        tier_months: longest build of the chosen tier; None where not known.
    """

    today: date
    tiers: tuple[Option, ...] = ()
    tier_months: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood (None: left empty), and what was not, by place.

    A place is the question's key, or `key.row.column` in a table, rows counted from 0.
    """

    value: Value | None
    problems: Mapping[str, Text] = field(default_factory=dict)


class _UnreadableError(Exception):
    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def read_answer(question: Question, raw: object, choices: Choices) -> Reading:
    """The answer in `raw`: text as typed, or a value of the kind, or rows for a table."""
    if question.kind is QuestionKind.INDICATORS:
        return _read_indicators(question, raw)
    if _is_empty(raw):
        return Reading(None)
    try:
        return Reading(_READERS[question.kind](question, raw, choices))
    except _UnreadableError as error:
        return Reading(None, {question.key: error.text})


def _is_empty(raw: object) -> bool:
    return raw is None or raw == "" or raw == [] or (isinstance(raw, str) and not raw.strip())


def _text(question: Question, raw: object, _: Choices) -> Value:
    text = str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
    if question.most_characters is not None and len(text) > question.most_characters:
        raise _UnreadableError(
            Text(
                "{most}자까지 적을 수 있습니다. 지금 {count}자입니다.",
                {"most": question.most_characters, "count": len(text)},
            )
        )
    if question.least_characters is not None and len(text) < question.least_characters:
        raise _UnreadableError(
            Text(
                "{least}자 이상 적어 주세요. 지금 {count}자입니다.",
                {"least": question.least_characters, "count": len(text)},
            )
        )
    return text


def _won(question: Question, raw: object, _: Choices) -> Value:
    if isinstance(raw, int) and not isinstance(raw, bool):
        amount = raw
    else:
        try:
            amount = parse_won(str(raw))
        except DureError as error:
            raise _UnreadableError(
                Text("금액은 숫자로 적어 주세요. 예: 160,000,000 또는 1억 6,000만원")
            ) from error
    if len(str(abs(amount))) > _MOST_DIGITS:
        raise _UnreadableError(Text("금액이 너무 큽니다. 자릿수를 확인해 주세요."))
    if question.least is not None and amount < question.least:
        raise _UnreadableError(
            Text("{least} 이상으로 적어 주세요.", {"least": format_won(question.least)})
        )
    return amount


def _number(question: Question, raw: object, _: Choices) -> Value:
    number = _decimal(raw)
    if question.whole and number != number.to_integral_value():
        raise _UnreadableError(Text("소수점 없이 정수로 적어 주세요."))
    _within(question, number)
    return _plain(number)


def _months(question: Question, raw: object, choices: Choices) -> Value:
    number = _decimal(raw)
    if number != number.to_integral_value():
        raise _UnreadableError(Text("개월 수를 정수로 적어 주세요."))
    _within(question, number)
    longest = choices.tier_months if question.within_tier_months else None
    if longest is not None and number > longest:
        raise _UnreadableError(
            Text("이 지원유형은 {most}개월까지 할 수 있습니다.", {"most": longest})
        )
    return int(number)


def _within(question: Question, number: Decimal) -> None:
    if question.least is not None and number < question.least:
        raise _UnreadableError(Text("{least} 이상으로 적어 주세요.", {"least": question.least}))
    if question.most is not None and number > question.most:
        raise _UnreadableError(Text("{most} 이하로 적어 주세요.", {"most": question.most}))


def _decimal(raw: object) -> Decimal:
    try:
        number = Decimal(str(raw).replace(",", "").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        raise _UnreadableError(Text("숫자로 적어 주세요. 예: 12.5"))
    return number


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


def _date(question: Question, raw: object, choices: Choices) -> Value:
    day = raw if isinstance(raw, date) else _written_day(str(raw))
    if question.past and day > choices.today:
        raise _UnreadableError(Text("오늘이나 지난 날짜를 적어 주세요."))
    return day.isoformat()


def _written_day(written: str) -> date:
    found = _DAY.fullmatch("".join(written.split()))
    try:
        year, month, day = (int(part) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError as error:
        raise _UnreadableError(Text("날짜를 2026-11-24처럼 적어 주세요.")) from error


def _yes_no(_: Question, raw: object, __: Choices) -> Value:
    answer = raw if isinstance(raw, bool) else _YES_NO.get(str(raw).strip().lower())
    if answer is None:
        raise _UnreadableError(Text("'예'나 '아니요' 가운데 골라 주세요."))
    return answer


def _choice(question: Question, raw: object, choices: Choices) -> Value:
    return _known_option(options_of(question, choices), str(raw))


def _choices(question: Question, raw: object, choices: Choices) -> Value:
    if isinstance(raw, str) or not isinstance(raw, Iterable):
        raw = [raw]
    options = options_of(question, choices)
    picked = {_known_option(options, str(item)) for item in raw}
    if question.most is not None and len(picked) > question.most:
        raise _UnreadableError(
            Text(
                "{most}개까지 고를 수 있습니다. 지금 {count}개입니다.",
                {"most": question.most, "count": len(picked)},
            )
        )
    return [option.key for option in options if option.key in picked]


def options_of(question: Question, choices: Choices) -> tuple[Option, ...]:
    """What a question lets choose from on that day."""
    return choices.tiers if question.of_tiers else question.options


def _known_option(options: Iterable[Option], key: str) -> str:
    if key not in {option.key for option in options}:
        raise _UnreadableError(Text("목록에서 골라 주세요."))
    return key


def _business_number(_: Question, raw: object, __: Choices) -> Value:
    try:
        return BusinessNumber.parse(str(raw)).digits
    except DureError as error:
        raise _UnreadableError(error.text) from error


def _industry(_: Question, raw: object, __: Choices) -> Value:
    if not is_manufacturing(str(raw)):
        raise _UnreadableError(Text("제조업 업종을 골라 주세요."))
    return str(raw).strip().upper()


def _province(_: Question, raw: object, choices: Choices) -> Value:
    if str(raw) not in {code.key for code in provinces(choices.today)}:
        raise _UnreadableError(Text("시도를 골라 주세요."))
    return str(raw)


_READERS: Mapping[QuestionKind, Callable[[Question, object, Choices], Value]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.WON: _won,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONTHS: _months,
    QuestionKind.DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.BUSINESS_NUMBER: _business_number,
    QuestionKind.INDUSTRY: _industry,
    QuestionKind.PROVINCE: _province,
}


def _read_indicators(question: Question, raw: object) -> Reading:
    """Rows with at least one filled cell; a cell that cannot be read is left empty and told."""
    if _is_empty(raw):
        return Reading(None)
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        return Reading(None, {question.key: Text("성과지표를 표에 적어 주세요.")})
    rows: list[dict[str, str]] = []
    problems: dict[str, Text] = {}
    for position, row in enumerate(raw):
        cells, wrong = _read_row(row)
        problems |= {f"{question.key}.{position}.{column}": text for column, text in wrong.items()}
        if any(cells.values()) or wrong:
            rows.append(cells)
    if question.most is not None and len(rows) > question.most:
        text = Text("{most}개까지 적을 수 있습니다.", {"most": question.most})
        return Reading(None, {question.key: text})
    return Reading(rows or None, problems)


def _read_row(row: Mapping[str, object]) -> tuple[dict[str, str], dict[str, Text]]:
    cells: dict[str, str] = {}
    wrong: dict[str, Text] = {}
    for column in INDICATOR_COLUMNS:
        raw = row.get(column)
        cells[column] = ""
        if _is_empty(raw):
            continue
        try:
            cells[column] = _read_cell(column, raw)
        except _UnreadableError as error:
            wrong[column] = error.text
    return cells, wrong


def _read_cell(column: str, raw: object) -> str:
    if column == "indicator":
        if str(raw) not in {indicator.key for indicator in load_indicators()}:
            raise _UnreadableError(Text("목록에서 골라 주세요."))
        return str(raw)
    number = _decimal(raw)
    if column == "weight" and (number != number.to_integral_value() or not 1 <= number <= 100):
        raise _UnreadableError(Text("1부터 100 사이의 정수로 적어 주세요."))
    if number < 0:
        raise _UnreadableError(Text("0 이상의 숫자로 적어 주세요."))
    return _plain(number)
