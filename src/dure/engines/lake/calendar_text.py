"""Reads written dates and times in bulk: every layout of digits that factory systems write.

Each text is seen as runs of digits with other characters between them. Texts with the same other
characters share one plan, made once in Python; the digits of all of them are then read together.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"(?<![a-z])(" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?(?![a-z])", re.IGNORECASE)
_HALF = re.compile(r"오전|오후|(?<![a-z])[ap]\.?m\.?(?![a-z])", re.IGNORECASE)
_OFFSET = re.compile(r"(?:(?<=[\d ])(Z|UTC|KST)|([+-])(\d{2}):?(\d{2})?)$")
_WEEKDAY = re.compile(
    r"\(?[월화수목금토일]요일\)?|\([월화수목금토일]\)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s\-/.:,T년월일시분초]*")
_LONGEST_RUN = 18
_MOST_PATTERNS = 24


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
    shape = _Shape(pc.utf8_trim_whitespace(pc.fill_null(texts.cast(pa.string()), "")))
    for rows in shape.groups():
        _read_group(shape, rows, order, result)
    return result


def _read_group(shape: "_Shape", rows: Integers, order: str, result: Moments) -> None:
    plan = plan_of(shape.text(int(rows[0])), order)
    if plan is None:
        return
    values, lengths = shape.numbers(rows, len(plan.fields))
    micros, valid = _moments(plan, values, lengths)
    result.micros[rows], result.valid[rows] = micros, valid
    result.zoned[rows] = plan.offset_sign != 0 or plan.offset_minutes is not None


class _Shape:
    """Digit runs and the characters between them, of all texts at once."""

    def __init__(self, texts: pa.Array) -> None:
        self._texts = texts
        offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
        base = int(offsets[0])
        data = texts.buffers()[2]
        raw = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
        self._bytes = raw[base : int(offsets[-1])]
        at = self._at = offsets.astype(np.int64) - base
        digit = (self._bytes >= 48) & (self._bytes <= 57)
        first = np.zeros(len(self._bytes) + 1, np.bool_)
        first[at] = True
        starts = digit & (first[:-1] | ~np.concatenate(([False], digit[:-1])))
        ends = digit & (first[1:] | ~np.concatenate((digit[1:], [False])))
        self._run_start = np.flatnonzero(starts)
        self._run_length = np.flatnonzero(ends) + 1 - self._run_start
        self._other = self._bytes[~digit]
        self._runs_before = np.concatenate(([0], np.cumsum(starts)))[at]
        self._others_before = np.concatenate(([0], np.cumsum(~digit)))[at]

    def text(self, row: int) -> str:
        return str(self._texts[row].as_py())

    def groups(self) -> list[Integers]:
        """Rows with equal numbers of runs and equal characters between, biggest kinds first."""
        runs = np.diff(self._runs_before)
        others = np.diff(self._others_before)
        keys = runs * 1024 + np.minimum(others, 1023)
        # A text that is one run has its layout in its length alone.
        keys = np.where((runs == 1) & (others == 0), -np.diff(self._at), keys)
        found: list[Integers] = []
        for key in np.unique(keys):
            if 0 <= key < 1024 or (key % 1024 > 64 and key > 0) or key < -17:
                continue
            width = int(key % 1024) if key > 0 else 0
            found += self._same_pattern(np.flatnonzero(keys == key), width)
        return found

    def _same_pattern(self, rows: Integers, width: int) -> list[Integers]:
        found: list[Integers] = []
        while len(rows) and len(found) < _MOST_PATTERNS:
            pattern = self._other[self._others_before[rows][:, None] + np.arange(width)]
            same = (pattern == pattern[0]).all(axis=1)
            found.append(rows[same])
            rows = rows[~same]
        return found

    def numbers(self, rows: Integers, count: int) -> tuple[Integers, Integers]:
        """Values and digit counts of the first `count` runs, shape (rows, count)."""
        index = self._runs_before[rows][:, None] + np.arange(count)
        starts, lengths = self._run_start[index], self._run_length[index]
        values = np.zeros(starts.shape, np.int64)
        for place in range(min(int(lengths.max()), _LONGEST_RUN)):
            inside = place < lengths
            digit = self._bytes[np.where(inside, starts + place, starts)] - 48
            values = np.where(inside, values * 10 + digit, values)
        return values, lengths


def plan_of(text: str, order: str) -> _Plan | None:
    """How to read texts written like this one; None where it is no date."""
    runs = re.findall(r"\d+", text)
    if len(runs) == 1 and text == runs[0]:
        return _Plan(("packed",)) if len(text) in (8, 10, 12, 14, 17) else None
    rest, offset = _take_offset(text)
    half = _HALF.search(rest)
    rest = _HALF.sub(" ", rest)
    month = _MONTH.search(rest)
    rest = _WEEKDAY.sub(" ", _MONTH.sub(" ", rest))
    if not _SEPARATORS.fullmatch(re.sub(r"\d+", "", rest)):
        return None
    runs = re.findall(r"\d+", rest)
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


def _moments(plan: _Plan, values: Integers, lengths: Integers) -> tuple[Integers, Flags]:
    field = {name: values[:, i] for i, name in enumerate(plan.fields)}
    digits = {name: lengths[:, i] for i, name in enumerate(plan.fields)}
    zero = np.zeros(len(values), np.int64)
    _unpack(field, digits)
    year = field.get("year", zero)
    if "year" in digits:
        year = np.where(digits["year"] <= 2, year + 2000, year)
    month = zero + plan.month if plan.month else field.get("month", zero)
    days, valid = days_of(year, month, field.get("day", zero + 1))
    hour, half_valid = _full_hour(field.get("hour", zero), plan.half)
    minute, second = field.get("minute", zero), field.get("second", zero)
    clock, clock_valid = clock_micros(hour, minute, second)
    fraction = _fraction(field.get("fraction", zero), digits.get("fraction", zero + 6))
    micros = days * 86_400_000_000 + clock + fraction
    if plan.offset_sign or plan.offset_minutes is not None:
        micros -= _offset_minutes(plan, field, zero) * 60_000_000
    return micros, valid & clock_valid & half_valid


def _unpack(field: dict[str, Integers], digits: dict[str, Integers]) -> None:
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


def _fraction(value: Integers, digits: Integers) -> Integers:
    up = 10 ** np.maximum(6 - digits, 0)
    down = 10 ** np.maximum(digits - 6, 0)
    scaled: Integers = value * up // down
    return scaled


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
