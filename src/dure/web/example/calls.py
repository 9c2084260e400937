"""The example calls: by the rules of 2023, the newest that are known."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.kernel.instants import KST, to_kst
from dure.kernel.names import Name
from dure.programme.support.actions import CallDetails, open_call
from dure.programme.support.queries import list_calls

RULES_OF = date(2023, 6, 1)
OPENED_DAYS_AGO, OPEN_DAYS = 36, 60
OPENS, CLOSES = time(9), time(18)
BUILD = Name("스마트공장 고도화 1차 (예시)", "Smart factory upgrade, first round (example)")
SERVICE = Name("스마트공장 사후관리 AS (예시)", "After-service, first round (example)")
LATER = Name("스마트공장 고도화 2차 (예시)", "Smart factory upgrade, second round (example)")


def open_calls(operator: Actor, now: datetime) -> dict[str, int]:
    """Open the example calls that are not there yet; their ids by Korean title."""
    first_day = to_kst(now).date() - timedelta(days=OPENED_DAYS_AGO)
    began = datetime.combine(first_day, OPENS, KST)
    ends = datetime.combine(first_day + timedelta(days=OPEN_DAYS), CLOSES, KST)
    wanted = (
        ("general", BUILD, began, ends),
        ("after_service", SERVICE, began, ends),
        ("general", LATER, began + timedelta(days=63), ends + timedelta(days=33)),
    )
    known = {call.title.ko: call.id for call in list_calls(timezone.now()) if call.is_example}
    for programme, title, opens_at, closes_at in wanted:
        if title.ko not in known:
            details = CallDetails(
                programme=programme,
                title=title,
                policy_as_of=RULES_OF,
                opens_at=opens_at,
                closes_at=closes_at,
                is_example=True,
            )
            known[title.ko] = open_call(operator, details)
    return known
