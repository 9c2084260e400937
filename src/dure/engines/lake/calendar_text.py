"""Reads written dates and times in bulk: every layout of digits that factory systems write.

Texts that are alike but for their digits share one plan, made once in Python; the digits of all
of them are then read together.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dure.engines.lake.digits import Alike, Flags, Integers, alike

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"(?<![a-z])(" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?(?![a-z])", re.IGNORECASE)
_HALF = re.compile(r"오전|오후|(?<![a-z])[ap]\.?m\.?(?![a-z])", re.IGNORECASE)
_OFFSET = re.compile(r"(?:(?<=[0-9 ])(Z|UTC|KST)|([+-])([0-9]{2}):?([0-9]{2})?)$")
_WEEKDAY = re.compile(
    r"\(?[월화수목금토일]요일\)?|\([월화수목금토일]\)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s\-/.:,T년월일시분초]*")


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which run of digits is which field; `month` is set where it was written as a word."""

    fields: tuple[str, ...]
    month: int = 0
    half: str = ""
    offset_sign: int = 0
    offset_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """Microseconds since 1970 as written, offset taken off where one was written.

    `zoned` marks texts that carried an offset or Z; the others are local time.
    """

    micros: Integers
    valid: Flags
    zoned: Flags


def read_calendar(texts: pa.Array, order: str) -> Moments:
    """Dates and times of an Arrow string array; `order` is `ymd`, `dmy` or `mdy`.

    Texts of fourteen digits and the like (`20200504132053`) are read whatever the order.
    """
    count = len(texts)
    result = Moments(
        np.zeros(count, np.int64), np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    )
    if count == 0:
        return result
    for group in alike(pc.utf8_trim_whitespace(pc.fill_null(texts.cast(pa.string()), ""))):
        plan = plan_of(group.example, order)
        if plan is None:
            continue
        micros, valid = _moments(plan, group)
        result.micros[group.rows], result.valid[group.rows] = micros, valid
        result.zoned[group.rows] = plan.offset_sign != 0 or plan.offset_minutes is not None
    return result


def plan_of(text: str, order: str) -> _Plan | None:
    """How to read texts written like this one; None where it is no date."""
    runs = re.findall(r"[0-9]+", text)
    if len(runs) == 1 and text == runs[0]:
        return _Plan(("packed",)) if len(text) in (8, 10, 12, 14, 17) else None
    rest, offset = _take_offset(text)
    half = _HALF.search(rest)
    rest = _HALF.sub(" ", rest)
    month = _MONTH.search(rest)
    rest = _WEEKDAY.sub(" ", _MONTH.sub(" ", rest))
    if not _SEPARATORS.fullmatch(re.sub(r"[0-9]+", "", rest)):
        return None
    runs = re.findall(r"[0-9]+", rest)
    fields = _fields(runs, order, named_month=month is not None)
    if fields is None:
        return None
    number = _MONTHS.index(month[1].lower()[:3]) + 1 if month else 0
    return _Plan(
        (*fields, *offset[2]),
        number,
        "" if half is None else ("pm" if half[0][0] in "pP" or half[0] == "오후" else "am"),
        offset[0],
        offset[1],
    )


def _take_offset(text: str) -> tuple[str, tuple[int, int | None, tuple[str, ...]]]:
    found = _OFFSET.search(text)
    if found is None or ":" not in text[: found.start()]:
        return text, (0, None, ())
    rest = text[: found.start()]
    if found[1]:
        return rest, (0, 540 if found[1] == "KST" else 0, ())
    sign = 1 if found[2] == "+" else -1
    if found[4] is None:
        return rest, (sign, None, ("offset_hour",))
    if ":" in found[0]:
        return rest, (sign, None, ("offset_hour", "offset_minute"))
    return rest, (sign, None, ("offset_packed",))


def _fields(runs: list[str], order: str, *, named_month: bool) -> tuple[str, ...] | None:
    clock = ("hour", "minute", "second", "fraction")
    date: tuple[str, ...]
    if named_month:
        date = ("year", "day") if runs and len(runs[0]) == 4 else ("day", "year")
    elif len(runs) >= 3:
        date = tuple({"y": "year", "m": "month", "d": "day"}[letter] for letter in order)
        if len(runs[0]) == 4:
            date = ("year", "month", "day")
    elif len(runs) == 2 and len(runs[0]) == 8 and len(runs[1]) in (4, 6):
        return ("packed_day", "packed_clock")
    elif len(runs) == 2 and len(runs[0]) == 4 and len(runs[1]) <= 2:
        return ("year", "month")
    else:
        return None
    left = len(runs) - len(date)
    return date + clock[:left] if 0 <= left <= 4 else None


def _moments(plan: _Plan, group: Alike) -> tuple[Integers, Flags]:
    field = dict(zip(plan.fields, group.numbers, strict=True))
    digits = dict(zip(plan.fields, group.lengths, strict=True))
    zero = np.zeros(len(group.rows), np.int64)
    _unpack(field, digits)
    year = field.get("year", zero)
    if digits.get("year", 4) <= 2:
        year = year + 2000
    month = zero + plan.month if plan.month else field.get("month", zero)
    days, valid = days_of(year, month, field.get("day", zero + 1))
    hour, half_valid = _full_hour(field.get("hour", zero), plan.half)
    minute, second = field.get("minute", zero), field.get("second", zero)
    clock, clock_valid = clock_micros(hour, minute, second)
    micros = days * 86_400_000_000 + clock
    if "fraction" in field:
        places = digits.get("fraction", 6)
        micros += field["fraction"] * 10 ** max(6 - places, 0) // 10 ** max(places - 6, 0)
    if plan.offset_sign or plan.offset_minutes is not None:
        micros -= _offset_minutes(plan, field, zero) * 60_000_000
    return micros, valid & clock_valid & half_valid


def _unpack(field: dict[str, Integers], digits: dict[str, int]) -> None:
    if "packed" in field:
        padded = field["packed"] * 10 ** (17 - digits["packed"])
        field["packed_day"] = padded // 10**9
        field["packed_clock"] = padded % 10**9 // 1000
        field["fraction"] = padded % 1000 * 1000
    elif "packed_clock" in field:
        field["packed_clock"] = field["packed_clock"] * 10 ** (6 - digits["packed_clock"])
    if "packed_day" in field:
        day, clock = field["packed_day"], field["packed_clock"]
        field["year"], field["month"], field["day"] = day // 10_000, day // 100 % 100, day % 100
        field["hour"], field["minute"] = clock // 10_000, clock // 100 % 100
        field["second"] = clock % 100


def _full_hour(hour: Integers, half: str) -> tuple[Integers, Flags]:
    if not half:
        return hour, np.ones(len(hour), np.bool_)
    noon = hour % 12 + (12 if half == "pm" else 0)
    # Some Korean systems write the half and the 24-hour clock together (오후 15:10).
    return np.where(hour > 12, hour, noon), (hour <= 12) | (half == "pm")


def _offset_minutes(plan: _Plan, field: dict[str, Integers], zero: Integers) -> Integers:
    if plan.offset_minutes is not None:
        return zero + plan.offset_minutes
    packed = field.get("offset_packed", zero)
    hours = field.get("offset_hour", packed // 100)
    return plan.offset_sign * (hours * 60 + field.get("offset_minute", packed % 100))


def days_of(year: Integers, month: Integers, day: Integers) -> tuple[Integers, Flags]:
    """Days since 1970 and whether such a day exists (proleptic Gregorian, years 1–9999)."""
    valid = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(valid, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + np.where(valid, day - 1, 0)
    valid &= dates.astype("datetime64[M]") == months
    return dates.astype(np.int64), valid


def clock_micros(hour: Integers, minute: Integers, second: Integers) -> tuple[Integers, Flags]:
    """Microseconds since midnight; 24:00:00 is the end of the day, as Korean systems write it."""
    end = (hour == 24) & (minute == 0) & (second == 0)
    valid = ((hour < 24) | end) & (minute < 60) & (second < 60)
    return (hour * 3600 + minute * 60 + second) * 1_000_000, valid


def array_of(values: Any) -> pa.Array:  # noqa: ANN401 - pyarrow ships no types
    """One contiguous string array of an Arrow array or chunked array."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    return values.cast(pa.string())
