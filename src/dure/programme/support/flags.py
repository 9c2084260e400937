"""What a reviewer should look at in a case, computed from data when it is submitted.

A flag is a reason to look, never a verdict. Those shared by two cases are raised on both, and
only while neither is withdrawn.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.db.models import Q

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.text import Text
from dure.policy.decision import Verdict
from dure.policy.reader import load_policy
from dure.programme.support.freezing import Plain
from dure.programme.support.models import Application, CaseFlag, Submission
from dure.programme.support.scope import organisation_of
from dure.programme.support.states import State

Kind = CaseFlag.Kind
_SIMILAR = "similar_quote_share"
_NEVER = "never"


def renew_flags(application: Application, submission: Submission) -> None:
    """Raise the flags of a submission anew, and those it shares on the other case too."""
    CaseFlag.objects.filter(Q(application=application) | Q(other=application)).delete()
    share = similar_share(application)
    flags = [*_own(application, submission)]
    for other in _others(application, share):
        for kind, figure in _shared(application, other, share):
            flags.append(_flag(application, kind, figure, other))
            flags.append(_flag(other, kind, figure, application))
    CaseFlag.objects.bulk_create(flags)


def flag_text(kind: str, figure: int) -> Text:
    """A flag in a few words."""
    match Kind(kind):
        case Kind.REFUSED:
            return Text("자격 어려움 {n}건", {"n": figure})
        case Kind.PRIOR_SUPPORT:
            return Text("이전 지원 이력")
        case Kind.SAME_ADDRESS:
            return Text("같은 주소")
        case Kind.SAME_QUOTE:
            return Text("같은 견적 금액")
        case Kind.SIMILAR_QUOTE:
            return Text("견적 유사 {percent}%", {"percent": figure})
        case Kind.DOUBTED_DATA:
            return Text("자료에서 확인할 점 {n}건", {"n": figure})
        case Kind.LEVEL_STATED:
            return Text("측정하지 않은 수준")
        case Kind.LATE:
            return Text("보완 기한 지남")


def likeness(first: Mapping[str, int], second: Mapping[str, int]) -> Fraction:
    """How alike two lists of costs are, by head: 1 where equal, 0 where nothing is shared."""
    heads = {*first, *second}
    apart = sum(abs(first.get(head, 0) - second.get(head, 0)) for head in heads)
    whole = sum(abs(first.get(head, 0)) + abs(second.get(head, 0)) for head in heads)
    return 1 - Fraction(apart, whole) if whole else Fraction(0)


def _own(application: Application, submission: Submission) -> Iterator[CaseFlag]:
    content = submission.content
    refusals = [
        reason
        for reason in content["eligibility"]["reasons"]
        if reason["verdict"] == Verdict.DIFFICULT.value
    ]
    if refusals:
        yield _flag(application, Kind.REFUSED, len(refusals))
    prior = content["facts"].get("prior_support", {}).get("value")
    if prior not in (None, _NEVER):
        yield _flag(application, Kind.PRIOR_SUPPORT)
    level = content["facts"].get("system_level")
    if level is not None and level["grade"] == EvidenceGrade.STATEMENT.value:
        yield _flag(application, Kind.LEVEL_STATED)
    doubts = _doubts(content)
    if doubts:
        yield _flag(application, Kind.DOUBTED_DATA, doubts)
    if submission.is_late:
        yield _flag(application, Kind.LATE)


def _doubts(content: Plain) -> int:
    measurement = content["measurement"]
    return len(measurement["doubts"]) if measurement else 0


def _others(application: Application, share: Fraction) -> list[Application]:
    """Cases of other organisations that share the address or could have a like quote."""
    low, high = _like_totals(application.total_cost_krw or 0, share)
    return list(
        Application.objects.filter(
            Q(address_key=application.address_key, address_key__gt="")
            | Q(call=application.call, total_cost_krw__range=(low, high))
        )
        .exclude(submitted_at=None)
        .exclude(state=State.WITHDRAWN)
        .exclude(workplace__firm__organisation_id=organisation_of(application))
        .exclude(pk=application.pk)
        .only("pk", "call_id", "address_key", "costs")
    )


def _like_totals(total: int, share: Fraction) -> tuple[int, int]:
    """Totals outside cannot be as alike as the rules ask."""
    return int(total * share / (2 - share)), int(total * (2 - share) / share) + 1


def similar_share(application: Application) -> Fraction:
    """From which likeness quotes are pointed out."""
    return Fraction(load_policy().parameter(_SIMILAR, application.call.policy_as_of).value or 1)


def _shared(
    application: Application, other: Application, share: Fraction
) -> Iterator[tuple[Kind, int]]:
    if application.address_key and application.address_key == other.address_key:
        yield Kind.SAME_ADDRESS, 0
    if other.call_id != application.call_id:
        return
    alike = likeness(application.costs, other.costs)
    if alike == 1:
        yield Kind.SAME_QUOTE, 100
    elif alike >= share:
        yield Kind.SIMILAR_QUOTE, int(alike * 100)


def _flag(
    application: Application, kind: Kind, figure: int = 0, other: Application | None = None
) -> CaseFlag:
    return CaseFlag(application=application, kind=kind, figure=figure, other=other)
