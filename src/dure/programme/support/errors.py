"""What the support room refuses, said so that a person can act.

SupportError
├── CallRefusedError         a call whose dates, tiers or rules do not fit
├── CallClosedError          the call takes no applications at that instant
├── AlreadyAppliedError      the workplace has a live application to the call
├── NotPossibleNowError      the application's state does not allow it (any more)
├── TopicLockedError         a topic that opens only after others
├── IncompleteError          something is missing for submitting
├── ReviewRefusedError       a decision, supplement or assignment that lacks something
└── NotAllowedError          the actor may not do this
"""

from collections.abc import Mapping
from datetime import datetime

from dure.kernel.errors import DureError
from dure.kernel.instants import to_kst
from dure.kernel.names import Name
from dure.kernel.text import Text


class SupportError(DureError):
    """Root of the support room's refusals."""


class CallRefusedError(SupportError):
    """The call cannot be opened like this."""


class CallClosedError(SupportError):
    """Not open yet, or closed."""

    def __init__(self, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
        if now < opens_at:
            text = Text("아직 접수 기간이 아닙니다. 접수 시작: {at}", {"at": _instant(opens_at)})
        else:
            text = Text("접수가 끝난 공고입니다. 마감: {at}", {"at": _instant(closes_at)})
        super().__init__(text, Text("'사업 찾기'에서 지금 접수 중인 공고를 확인해 주세요."))


class AlreadyAppliedError(SupportError):
    """One workplace, one application per call; `application_id` is the one there is."""

    def __init__(self, application_id: int, number: str) -> None:
        super().__init__(
            Text(
                "이 사업장은 이미 이 공고에 신청했습니다. 신청 번호: {number}", {"number": number}
            ),
            Text("'신청 현황'에서 그 신청을 열어 주세요."),
        )
        self.application_id = application_id


class NotPossibleNowError(SupportError):
    """Someone else was faster, or the step is over. `state` is the present one."""

    def __init__(self, state: str, words: Text) -> None:
        super().__init__(
            Text("지금 상태에서는 할 수 없습니다. 현재 상태: {state}", {"state": words}),
            Text("화면을 새로 고쳐 지금 상태를 확인해 주세요."),
        )
        self.state = state


class TopicLockedError(SupportError):
    """The topic opens after others."""

    def __init__(self, topic: Name, why: Name | None) -> None:
        super().__init__(
            Text("아직 열리지 않은 항목입니다: {topic}", {"topic": topic}),
            Text("{why}", {"why": why}) if why else None,
        )


class IncompleteError(SupportError):
    """Not everything is there. `places` tells what is missing, by `topic/place`."""

    def __init__(self, places: Mapping[str, Text]) -> None:
        super().__init__(
            Text("제출하려면 {n}가지가 더 필요합니다.", {"n": len(places)}),
            Text("표시된 항목을 채운 다음 다시 제출해 주세요."),
        )
        self.places = dict(places)


class ReviewRefusedError(SupportError):
    """What was asked of a review step lacks something; `field` names it as the form does."""

    def __init__(self, field: str, text: Text, remedy: Text | None = None) -> None:
        super().__init__(text, remedy)
        self.field = field


class NotAllowedError(SupportError):
    """The role does not grant it, or it would be a decision on one's own application."""

    def __init__(self, text: Text) -> None:
        super().__init__(text, Text("권한이 있는 역할로 바꾸거나 담당자에게 요청해 주세요."))


def _instant(at: datetime) -> str:
    return f"{to_kst(at):%Y-%m-%d %H:%M}"
