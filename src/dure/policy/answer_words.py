"""How an answer reads, in both languages."""

from datetime import date

from dure.kernel.business_number import BusinessNumber
from dure.kernel.codes import POLICY_ROOT, load_code_list
from dure.kernel.errors import DureError
from dure.kernel.industries import division_of
from dure.kernel.names import Name
from dure.kernel.won import format_won
from dure.policy.answers import Choices, Value, options_of
from dure.policy.application_form import Option, Question, QuestionKind
from dure.policy.indicators import load_indicators

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YES, _NO = Name("예", "Yes"), Name("아니요", "No")


def say_answer(question: Question, value: Value, choices: Choices) -> Name:
    """The answer as a person reads it; a value no longer on its list is shown as it is."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if question.kind is QuestionKind.INDICATORS and isinstance(value, list):
        return _joined([_row(row) for row in value if isinstance(row, dict)], "; ")
    if isinstance(value, list):
        options = options_of(question, choices)
        return _joined([_option(options, str(key)) for key in value], ", ")
    if isinstance(value, int):
        return _amount(question, value)
    return _words(question, value, choices)


def _amount(question: Question, value: int) -> Name:
    if question.kind is QuestionKind.WON:
        return Name(format_won(value), f"KRW {value:,}")
    return _with_unit(question, str(value))


def _with_unit(question: Question, digits: str) -> Name:
    if question.unit is None:
        return Name(digits, digits)
    return Name(f"{digits}{question.unit.ko}", f"{digits} {question.unit.en}")


def _words(question: Question, value: str, choices: Choices) -> Name:
    match question.kind:
        case QuestionKind.CHOICE:
            return _option(options_of(question, choices), value)
        case QuestionKind.DATE:
            return say_day(date.fromisoformat(value))
        case QuestionKind.NUMBER:
            return _with_unit(question, f"{int(value):,}" if value.isdigit() else value)
        case QuestionKind.BUSINESS_NUMBER:
            written = BusinessNumber.parse(value).formatted
            return Name(written, written)
        case QuestionKind.PROVINCE:
            code = load_code_list(POLICY_ROOT / "codes" / "provinces.yaml").find(value)
            return code.name if code else Name(value, value)
        case QuestionKind.INDUSTRY:
            return _industry(value)
    return Name(value, value)


def _industry(code: str) -> Name:
    try:
        division = division_of(code)
    except DureError:
        return Name(code, code)
    return Name(f"{code} {division.ko}", f"{code} {division.en}")


def say_day(day: date) -> Name:
    """2026.11.24. · 24 Nov 2026."""
    return Name(f"{day:%Y.%m.%d.}", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def _option(options: tuple[Option, ...], key: str) -> Name:
    return next((option.name for option in options if option.key == key), Name(key, key))


def _row(row: dict[str, str]) -> Name:
    found = {indicator.key: indicator for indicator in load_indicators()}.get(row["indicator"])
    name = found.name if found else Name("지표 미정", "Indicator not chosen")
    unit = f" {found.unit}" if found and found.unit else ""
    change = f"{row['before'] or '?'} → {row['target'] or '?'}{unit} ({row['weight'] or '?'}%)"
    return Name(f"{name.ko} {change}", f"{name.en} {change}")


def _joined(names: list[Name], between: str) -> Name:
    return Name(between.join(n.ko for n in names), between.join(n.en for n in names))
