"""Korean business days: Monday to Friday without public and substitute holidays."""

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5


@cache
def _korean_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("KR", years=year))


def is_business_day(day: date) -> bool:
    """Whether offices work on `day`.

    >>> is_business_day(date(2026, 9, 25))  # Chuseok
    False
    """
    return day.weekday() < _SATURDAY and day not in _korean_holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """The business day `count` business days after `day` (before, if negative).

    The day itself is not counted (초일불산입); 0 gives `day` or the next business day.

    >>> add_business_days(date(2026, 11, 20), 1)
    datetime.date(2026, 11, 23)
    """
    step = timedelta(days=-1 if count < 0 else 1)
    left = abs(count)
    while left or not is_business_day(day):
        day += step
        if left and is_business_day(day):
            left -= 1
    return day


def business_days_between(start: date, end: date) -> int:
    """Business days after `start` up to and including `end`; negative when `end` is earlier.

    >>> business_days_between(date(2026, 11, 20), date(2026, 11, 24))
    2
    """
    if end < start:
        return -business_days_between(end, start)
    return sum(is_business_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
