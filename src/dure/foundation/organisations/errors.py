"""Errors of organisations.

InvitationRefusedError   a token that is unknown, used, expired, withdrawn or another person's
RoleRefusedError         a role the organisation cannot give, or the actor may not give
LastOwnerError           the organisation would be left without anyone responsible
AlreadyMemberError       the person holds the role already
"""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class InvitationRefusedError(DureError):
    """The invitation does not let this person in; nothing changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text, Text("초대한 분에게 새 초대를 요청해 주세요."))


class RoleRefusedError(DureError):
    """The role cannot be given here."""

    def __init__(self) -> None:
        super().__init__(
            Text("이 조직에서 줄 수 없는 역할입니다."),
            Text("구성원을 관리할 수 있는 역할로 바꾸거나, 다른 역할을 골라 주세요."),
        )


class LastOwnerError(DureError):
    """Someone must keep the organisation."""

    def __init__(self) -> None:
        super().__init__(
            Text("마지막 남은 책임자의 구성원 자격은 끝낼 수 없습니다."),
            Text("다른 구성원을 먼저 같은 역할로 초대해 주세요."),
        )


class AlreadyMemberError(DureError):
    """Nothing to invite to."""

    def __init__(self) -> None:
        super().__init__(
            Text("이미 같은 역할의 구성원입니다."), Text("구성원 목록에서 확인해 주세요.")
        )
