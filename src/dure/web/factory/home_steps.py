"""What an owner should do next, and why: read off what exists, never stored.

The order of `next_step` is the order in which waiting hurts: first what the agency waits for,
then what stops the chain workplace → file → level → support → application.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.web import words
from dure.web.factory.home_facts import HomeFacts

_ON_THE_WAY = ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One suggestion: what, why it is suggested, where to do it, by when.

    `permission` is what doing it takes; a reader without it is told who can.
    """

    key: str
    title: str
    detail: str
    why: tuple[str, ...]
    action: str
    url: str
    permission: str
    due: date | datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStep:
    """One of the five stations; `state` is done, now or ahead."""

    key: str
    title: str
    state: str


def next_step(facts: HomeFacts) -> NextStep | None:
    """The one thing to do now, or None when everything waits on others."""
    return next((step for step in (suggest(facts) for suggest in _SUGGESTIONS) if step), None)


def journey(facts: HomeFacts | None) -> tuple[JourneyStep, ...]:
    """사업장 등록 → 파일 올리기 → 수준 확인 → 지원 찾기 → 신청; None before registration."""
    applications = facts.applications if facts else ()
    stations = (
        ("workplace", _("사업장 등록"), facts is not None),
        ("file", _("파일 올리기"), bool(facts and facts.loaded)),
        ("level", _("수준 확인"), bool(facts and facts.measurement)),
        ("support", _("지원 찾기"), bool(applications)),
        ("application", _("신청"), any(row.state != "draft" for row in applications)),
    )
    current = next((key for key, _title, done in stations if not done), None)
    return tuple(
        JourneyStep(
            key=key, title=title, state="done" if done else "now" if key == current else "ahead"
        )
        for key, title, done in stations
    )


def _supplement(facts: HomeFacts) -> NextStep | None:
    row = next((a for a in facts.applications if a.state == "supplement_requested"), None)
    if row is None:
        return None
    return NextStep(
        key="supplement",
        title=_("보완 요청에 답해 주세요"),
        detail=_("신청 번호: {number}").format(number=row.number),
        why=(
            _("담당자가 신청서에서 고칠 점을 알려 왔습니다."),
            _("기한 안에 다시 제출하지 않으면 심사가 이어지지 않습니다."),
        ),
        action=_("보완 내용 보기"),
        url=reverse("factory:application-status", args=(row.id,)),
        permission="support:application:edit",
        due=row.due_on,
    )


def _confirm_file(facts: HomeFacts) -> NextStep | None:
    row = next((i for i in facts.imports if i.state == "inspected"), None)
    if row is None:
        return None
    return NextStep(
        key="confirm",
        title=_("올린 파일을 확인해 주세요"),
        detail=_("파일: {name}").format(name=row.name),
        why=(_("열의 뜻(온도, 불량 수, 작업번호 등)을 확인해야 데이터로 쓸 수 있습니다."),),
        action=_("파일 확인하기"),
        url=reverse("factory:import", args=(row.id,)),
        permission="streams:import:create",
    )


def _upload(facts: HomeFacts) -> NextStep | None:
    if facts.loaded or any(row.state in _ON_THE_WAY for row in facts.imports):
        return None
    return NextStep(
        key="file",
        title=_("설비가 남긴 파일을 하나 올려 보세요"),
        detail=_("MES나 설비에서 받은 엑셀·CSV 파일을 고치지 말고 그대로 올려 주세요."),
        why=(
            _("아직 올린 데이터가 없습니다."),
            _("데이터가 있으면 설문 없이 공장의 수준을 잴 수 있습니다."),
        ),
        action=_("파일 올리기"),
        url=reverse("factory:import-new", args=(facts.workplace.id,)),
        permission="streams:import:create",
    )


def _measure(facts: HomeFacts) -> NextStep | None:
    if facts.is_measuring or not facts.loaded or (facts.measurement and not facts.is_level_behind):
        return None
    reason = (
        _("지난 측정 뒤에 데이터가 바뀌었습니다.")
        if facts.measurement
        else _("데이터가 준비되었고, 아직 수준을 재지 않았습니다.")
    )
    return NextStep(
        key="level",
        title=_("우리 공장의 수준을 재 보세요"),
        detail=_("올린 데이터만으로 잽니다. 새로 적을 것은 없습니다."),
        why=(reason, _("지금 수준에 따라 신청할 수 있는 지원이 달라집니다.")),
        action=_("수준 재러 가기"),
        url=reverse("factory:level", args=(facts.workplace.id,)),
        permission="levels:measurement:create",
    )


def _continue(facts: HomeFacts) -> NextStep | None:
    row = next((a for a in facts.applications if a.state == "draft"), None)
    if row is None:
        return None
    return NextStep(
        key="draft",
        title=_("작성 중인 신청서를 이어서 써 주세요"),
        detail=words.named(row.title),
        why=(_("적은 내용은 저장되어 있습니다. 제출해야 접수됩니다."),),
        action=_("이어서 신청하기"),
        url=reverse("factory:application", args=(row.id,)),
        permission="support:application:edit",
        due=row.closes_at,
    )


def _find(facts: HomeFacts) -> NextStep | None:
    if facts.measurement is None or any(row.state != "withdrawn" for row in facts.applications):
        return None
    return NextStep(
        key="support",
        title=_("받을 수 있는 지원을 찾아보세요"),
        detail=_("등록한 정보와 잰 수준으로 자격과 금액을 미리 볼 수 있습니다."),
        why=(_("수준을 쟀고, 아직 신청한 사업이 없습니다."),),
        action=_("신청할 수 있는 사업 보기"),
        url=reverse("factory:application-new"),
        permission="support:application:edit",
    )


_SUGGESTIONS: tuple[Callable[[HomeFacts], NextStep | None], ...] = (
    _supplement,
    _confirm_file,
    _upload,
    _measure,
    _continue,
    _find,
)
