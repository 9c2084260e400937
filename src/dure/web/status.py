"""One vocabulary of states: Korean word, tone and icon; no page words a state by itself.

Tones mean the same everywhere: `warning` waits on the reader, `neutral` waits on the other
side or has not begun, `info` is under way, `success` is done well, `danger` is refused or broken.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Status:
    """How a state is shown: never by colour alone."""

    label: str | Promise
    tone: str
    icon: str = ""


STATUSES: dict[str, dict[str, Status]] = {
    "application": {
        "draft": Status(_("작성 중"), "warning"),
        "submitted": Status(_("접수"), "info"),
        "supplement_requested": Status(_("보완 요청"), "warning", "ico-warning-fill"),
        "requirement_met": Status(_("적합"), "success", "ico-success-fill"),
        "requirement_not_met": Status(_("부적합"), "danger", "ico-error-fill"),
        "withdrawn": Status(_("취소"), "neutral"),
    },
    "topic": {
        "locked": Status(_("잠김"), "neutral"),
        "not_started": Status(_("시작 전"), "neutral"),
        "in_progress": Status(_("작성 중"), "warning"),
        "done": Status(_("완료"), "success", "ico-success-fill"),
    },
    "verdict": {
        "possible": Status(_("가능"), "success", "ico-success-fill"),
        "difficult": Status(_("어려움"), "danger", "ico-error-fill"),
        "check": Status(_("확인 필요"), "warning", "ico-warning-fill"),
    },
    "job": {
        "queued": Status(_("차례 기다림"), "neutral"),
        "running": Status(_("처리 중"), "info"),
        "done": Status(_("끝남"), "success", "ico-success-fill"),
        "failed": Status(_("실패"), "danger", "ico-error-fill"),
    },
    "import": {
        "inspected": Status(_("확인 대기"), "warning"),
        "queued": Status(_("차례 기다림"), "neutral"),
        "running": Status(_("가져오는 중"), "info"),
        "done": Status(_("가져옴"), "success", "ico-success-fill"),
        "failed": Status(_("실패"), "danger", "ico-error-fill"),
        "undone": Status(_("되돌림"), "neutral"),
        "discarded": Status(_("버림"), "neutral"),
    },
    "call": {
        "upcoming": Status(_("접수 예정"), "neutral"),
        "open": Status(_("접수 중"), "primary"),
        "closed": Status(_("마감"), "neutral"),
    },
    "level": {
        "none": Status(_("ICT 미적용"), "neutral"),
        "basic": Status(_("기초"), "primary"),
        "mid1": Status(_("중간1"), "primary"),
        "mid2": Status(_("중간2"), "primary"),
        "advanced": Status(_("고도화"), "primary"),
    },
    "criterion": {
        "supported": Status(_("데이터로 확인"), "success", "ico-success-fill"),
        "not_supported": Status(_("데이터에 없음"), "danger", "ico-error-fill"),
        "cannot_tell": Status(_("이 자료로는 알 수 없음"), "warning", "ico-warning-fill"),
        "by_people": Status(_("서류·현장 확인"), "neutral"),
    },
    "finding": {
        "info": Status(_("참고"), "info"),
        "warning": Status(_("주의"), "warning", "ico-warning-fill"),
        "error": Status(_("오류"), "danger", "ico-error-fill"),
    },
    "document": {
        "genuine": Status(_("일치"), "success", "ico-success-fill"),
        "issued": Status(_("발급됨"), "success", "ico-success-fill"),
        "changed": Status(_("불일치"), "danger", "ico-error-fill"),
        "revoked": Status(_("취소됨"), "danger", "ico-error-fill"),
        "unknown": Status(_("없음"), "warning", "ico-warning-fill"),
    },
    "mark": {
        "L": Status(_("법령·부처 원문"), "neutral"),
        "G": Status(_("공공기관 자료"), "neutral"),
        "N": Status(_("발표 보도"), "neutral"),
        "P": Status(_("사업관리시스템 화면"), "neutral"),
        "B": Status(_("확인되지 않음 · 2차 자료"), "warning", "ico-warning-fill"),
        "I": Status(_("확인되지 않음 · 추정"), "warning", "ico-warning-fill"),
        "U": Status(_("확인되지 않음"), "warning", "ico-warning-fill"),
        "D": Status(_("두레가 정한 값"), "neutral"),
    },
    "grade": {
        "A": Status(_("근거 A · 장비 서명"), "success"),
        "B": Status(_("근거 B · 기계 연결"), "success"),
        "C": Status(_("근거 C · 올린 파일"), "neutral"),
        "D": Status(_("근거 D · 진술"), "neutral"),
    },
}


def status_of(kind: str, state: str) -> Status:
    """The status of `state` in vocabulary `kind`; an unknown pair raises KeyError."""
    return STATUSES[kind][str(state)]
