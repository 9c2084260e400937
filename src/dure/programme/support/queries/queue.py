"""The review queue: submitted applications in the order of their deadlines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.foundation.organisations.queries import list_members
from dure.foundation.organisations.roles import Role
from dure.kernel.instants import today_kst
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.programme.support.flags import flag_text
from dure.programme.support.models import Application, CaseFlag
from dure.programme.support.queries.case_views import QueuePage, QueueRow
from dure.programme.support.queries.naming import RuleNames, province_name
from dure.programme.support.states import State

PAGE_SIZE = 50
STAGES = (
    State.SUBMITTED,
    State.SUPPLEMENT_REQUESTED,
    State.REQUIREMENT_MET,
    State.REQUIREMENT_NOT_MET,
    State.WITHDRAWN,
)
ASSIGNEE_NONE = "none"
DUE_DAYS = {"overdue": -1, "today": 0, "2": 2, "7": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What the queue is narrowed to; empty asks nothing.

    Attributes:
        stage: an `Application.State`.
        q: part of firm, workplace or number.
        assignee: a user id, or `none` for cases nobody has.
        flag: a `CaseFlag.Kind`.
        due: overdue, today, or within 2 or 7 days (both days counted).
    """

    stage: str = ""
    q: str = ""
    programme: str = ""
    province: str = ""
    assignee: str = ""
    flag: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class QueueOptions:
    """What each filter can be set to: (value, words)."""

    programmes: tuple[tuple[str, Name], ...]
    provinces: tuple[tuple[str, Name], ...]
    assignees: tuple[tuple[str, str | Text], ...]
    flags: tuple[tuple[str, Text], ...]
    dues: tuple[tuple[str, Text], ...]


def list_queue(wanted: QueueFilter, *, page: int = 1, now: datetime | None = None) -> QueuePage:
    """A page of the queue: nearest deadline first, cases without one last, oldest before newest.

    `counts` are per stage ("" for all) with the other filters kept. A page beyond the last
    gives the last.
    """
    now = now or timezone.now()
    anywhere = _filtered(wanted, today_kst(now))
    counts = {row["state"]: row["n"] for row in anywhere.values("state").annotate(n=Count("pk"))}
    found = anywhere.filter(state=wanted.stage) if wanted.stage else anywhere
    totals = found.aggregate(n=Count("pk"), won=Sum("government_krw"))
    pages = max(1, -(-totals["n"] // PAGE_SIZE))
    number = min(max(page, 1), pages)
    start = (number - 1) * PAGE_SIZE
    rows = queue_rows(_ordered(found)[start : start + PAGE_SIZE], today_kst(now))
    return QueuePage(
        rows=rows,
        number=number,
        pages=pages,
        total=totals["n"],
        first=start + 1 if rows else 0,
        last=start + len(rows),
        government_krw=totals["won"] or 0,
        counts={
            "": sum(counts.values()),
            **{stage.value: counts.get(stage, 0) for stage in STAGES},
        },
    )


def list_queue_rows(wanted: QueueFilter, *, now: datetime | None = None) -> tuple[QueueRow, ...]:
    """Every row of the filtered queue in its order, for a file."""
    today = today_kst(now or timezone.now())
    found = _filtered(wanted, today)
    found = found.filter(state=wanted.stage) if wanted.stage else found
    return queue_rows(_ordered(found), today)


def count_cases(wanted: QueueFilter, *, now: datetime | None = None) -> int:
    """How many cases the filtered queue holds."""
    found = _filtered(wanted, today_kst(now or timezone.now()))
    return (found.filter(state=wanted.stage) if wanted.stage else found).count()


def find_neighbours(
    wanted: QueueFilter, application_id: int, *, now: datetime | None = None
) -> tuple[int | None, int | None]:
    """The cases before and after this one in the filtered queue, None at its ends.

    Where this one left it (it was just decided), the one after is the first.
    """
    found = _filtered(wanted, today_kst(now or timezone.now()))
    found = found.filter(state=wanted.stage) if wanted.stage else found
    ids = list(_ordered(found).values_list("pk", flat=True))
    if application_id not in ids:
        return None, ids[0] if ids else None
    place = ids.index(application_id)
    before = ids[place - 1] if place else None
    return before, ids[place + 1] if place + 1 < len(ids) else None


def queue_options(organisation_id: int) -> QueueOptions:
    """What can be filtered by, for a reviewer's organisation."""
    submitted = Application.objects.exclude(submitted_at=None)
    programmes = submitted.order_by().values_list("call__programme", flat=True).distinct()
    provinces = submitted.order_by().values_list("province", flat=True).distinct()
    rules = RuleNames()
    members = [m for m in list_members(organisation_id) if m.role == Role.OPERATOR]
    return QueueOptions(
        programmes=tuple((key, rules.programme(key)) for key in sorted(programmes)),
        provinces=tuple((key, province_name(key)) for key in sorted(provinces) if key),
        assignees=(
            (ASSIGNEE_NONE, Text("배정 전")),
            *((str(m.user_id), m.user_name or m.email) for m in members),
        ),
        flags=tuple((kind.value, _FLAG_WORDS[kind]) for kind in CaseFlag.Kind),
        dues=(
            ("overdue", Text("기한 지남")),
            ("today", Text("오늘까지")),
            ("2", Text("이틀 안")),
            ("7", Text("7일 안")),
        ),
    )


_FLAG_WORDS = {
    CaseFlag.Kind.REFUSED: Text("자격 어려움"),
    CaseFlag.Kind.PRIOR_SUPPORT: Text("이전 지원 이력"),
    CaseFlag.Kind.SAME_ADDRESS: Text("같은 주소"),
    CaseFlag.Kind.SAME_QUOTE: Text("같은 견적 금액"),
    CaseFlag.Kind.SIMILAR_QUOTE: Text("비슷한 견적"),
    CaseFlag.Kind.DOUBTED_DATA: Text("자료에서 확인할 점"),
    CaseFlag.Kind.LEVEL_STATED: Text("측정하지 않은 수준"),
    CaseFlag.Kind.LATE: Text("보완 기한 지남"),
}


def queue_rows(found: "QuerySet[Application]", today: date) -> tuple[QueueRow, ...]:
    """The plain data of rows at hand."""
    applications = list(found.select_related("call", "workplace__firm__organisation", "assignee"))
    flags, rules = _flags_of([application.pk for application in applications]), RuleNames()
    return tuple(_row(item, flags.get(item.pk, ()), today, rules) for item in applications)


def _row(
    application: Application, flags: Iterable[Text], today: date, rules: RuleNames
) -> QueueRow:
    call = application.call
    due_on = application.due_on
    return QueueRow(
        id=application.pk,
        number=application.number,
        firm_name=application.firm_name,
        workplace_name=application.workplace.name,
        province=province_name(application.province),
        programme=rules.version(call).name,
        tier=rules.find_tier(call, application.tier) or Name(application.tier, application.tier),
        government_krw=application.government_krw or 0,
        state=application.state,
        verdict=application.verdict,
        submitted_at=application.submitted_at or application.started_at,
        due_on=due_on,
        days_left=(due_on - today).days if due_on else None,
        flags=tuple(flags),
        assignee=_person(application.assignee),
        assignee_id=application.assignee_id,
        is_example=call.is_example or application.workplace.firm.organisation.is_example,
    )


def _person(user: User | None) -> str:
    return (user.name or user.email) if user else ""


def _flags_of(ids: list[int]) -> Mapping[int, list[Text]]:
    """Flags in words, by case; one shared with several cases counts them."""
    found: dict[int, dict[str, list[int]]] = {}
    for flag in standing_flags(ids):
        found.setdefault(flag.application_id, {}).setdefault(flag.kind, []).append(flag.figure)
    return {
        case: [_counted(kind, figures) for kind, figures in kinds.items()]
        for case, kinds in found.items()
    }


def _counted(kind: str, figures: list[int]) -> Text:
    if kind == CaseFlag.Kind.SAME_ADDRESS:
        return Text("같은 주소 {n}건", {"n": len(figures)})
    if kind == CaseFlag.Kind.SAME_QUOTE:
        return Text("같은 견적 금액 {n}건", {"n": len(figures)})
    return flag_text(kind, max(figures))


def standing_flags(ids: Iterable[int]) -> "QuerySet[CaseFlag]":
    """The flags of cases, without those shared with a withdrawn one."""
    return (
        CaseFlag.objects.filter(application_id__in=list(ids))
        .exclude(other__state=State.WITHDRAWN)
        .select_related("other")
        .order_by("id")
    )


def _filtered(wanted: QueueFilter, today: date) -> "QuerySet[Application]":
    found = Application.objects.exclude(submitted_at=None)
    if wanted.q.strip():
        part = wanted.q.strip()
        found = found.filter(
            Q(firm_name__icontains=part)
            | Q(workplace__name__icontains=part)
            | Q(number__icontains=part)
        )
    if wanted.programme:
        found = found.filter(call__programme=wanted.programme)
    if wanted.province:
        found = found.filter(province=wanted.province)
    found = _by_assignee(found, wanted.assignee)
    if wanted.flag:
        flagged = CaseFlag.objects.filter(kind=wanted.flag).exclude(other__state=State.WITHDRAWN)
        found = found.filter(pk__in=flagged.values("application_id"))
    return _by_due(found, wanted.due, today)


def _by_assignee(found: "QuerySet[Application]", assignee: str) -> "QuerySet[Application]":
    if assignee == ASSIGNEE_NONE:
        return found.filter(assignee=None)
    if assignee.isdecimal():
        return found.filter(assignee_id=int(assignee))
    return found


def _by_due(found: "QuerySet[Application]", due: str, today: date) -> "QuerySet[Application]":
    if due not in DUE_DAYS:
        return found
    last = today + timedelta(days=DUE_DAYS[due])
    found = found.filter(due_on__lte=last)
    return found if due == "overdue" else found.filter(due_on__gte=today)


def _ordered(found: "QuerySet[Application]") -> "QuerySet[Application]":
    return found.order_by(F("due_on").asc(nulls_last=True), "submitted_at", "pk")
