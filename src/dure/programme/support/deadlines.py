"""Days by which something must be done: business days of the rules of the call."""

from datetime import date, datetime

from dure.kernel.business_days import add_business_days
from dure.kernel.instants import today_kst
from dure.policy.reader import load_policy
from dure.programme.support.models import Call

REQUIREMENT_CHECK = "requirement_check_days"
SUPPLEMENT = "supplement_days"
SUPPLEMENT_MOST = "supplement_days_most"


def business_days(parameter: str, call: Call) -> int:
    """How many business days the rules of the call's day give."""
    value = load_policy().parameter(parameter, call.policy_as_of).value
    return int(value or 0)


def due_day(now: datetime, days: int) -> date:
    """The last day, Seoul's calendar; the day of `now` is not counted."""
    return add_business_days(today_kst(now), days)


def is_past(due_on: date, now: datetime) -> bool:
    """Whether the whole last day is over in Seoul."""
    return today_kst(now) > due_on
