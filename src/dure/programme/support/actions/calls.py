"""Opening a call for applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.kernel.instants import to_kst
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.application_reader import load_application_form
from dure.policy.reader import load_policy
from dure.programme.support.errors import CallRefusedError
from dure.programme.support.models import Call
from dure.programme.support.permissions import Permission, require


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDetails:
    """A call as announced; both instants belong to it. Empty `tiers`: all of that day."""

    programme: str
    title: Name
    policy_as_of: date
    opens_at: datetime
    closes_at: datetime
    tiers: Sequence[str] = ()
    is_example: bool = False


def open_call(actor: Actor, details: CallDetails) -> int:
    """Open a call and return its id.

    Raises:
        NotAllowedError: the actor is neither the system nor an operator.
        UnknownRuleError: no rules, or no application, of the programme on that day.
        CallRefusedError: a tier that there is not, no title, or an end before the start.
    """
    require(actor, Permission.OPEN_CALL)
    tiers = _offered(details)
    form = load_application_form(details.programme, details.policy_as_of)
    if not details.title.ko.strip() or not details.title.en.strip():
        raise CallRefusedError(Text("공고 제목을 한국어와 영어로 적어 주세요."))
    if details.closes_at <= details.opens_at:
        raise CallRefusedError(Text("마감은 접수 시작보다 늦어야 합니다."))
    year = to_kst(details.opens_at).year
    with recorded(actor, "support:call:opened") as write:
        call = Call.objects.create(
            programme=details.programme,
            title_ko=details.title.ko.strip(),
            title_en=details.title.en.strip(),
            tiers=tiers,
            policy_as_of=details.policy_as_of,
            opens_at=details.opens_at,
            closes_at=details.closes_at,
            is_example=details.is_example,
            year=year,
            number_code=form.number_code,
            round=_next_round(year, form.number_code),
        )
        write.subject(
            call,
            organisation_id=actor.organisation_id,
            new={
                "programme": call.programme,
                "tiers": tiers,
                "policy_as_of": str(call.policy_as_of),
                "opens_at": call.opens_at.isoformat(),
                "closes_at": call.closes_at.isoformat(),
            },
        )
    return call.pk


def _offered(details: CallDetails) -> list[str]:
    programme = load_policy().programme(details.programme, details.policy_as_of)
    known = [tier.key for tier in programme.tiers]
    wanted = list(details.tiers) or known
    missing = sorted(set(wanted) - set(known))
    if missing:
        raise CallRefusedError(
            Text("그날의 규칙에 없는 지원유형입니다: {tiers}", {"tiers": ", ".join(missing)}),
            Text("규칙 기준일에 있는 지원유형만 골라 주세요."),
        )
    return [key for key in known if key in wanted]


def _next_round(year: int, number_code: str) -> int:
    calls = Call.objects.filter(year=year, number_code=number_code)
    return (calls.aggregate(last=Max("round"))["last"] or 0) + 1
