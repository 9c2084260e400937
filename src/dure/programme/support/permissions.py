"""What members may do in this room; `foundation.organisations.roles` says who may."""

from enum import StrEnum

from dure.foundation.audit.actor import SYSTEM, Actor
from dure.foundation.organisations.roles import is_granted
from dure.kernel.text import Text
from dure.programme.support.errors import NotAllowedError


class Permission(StrEnum):
    """`room:resource:action`."""

    VIEW_APPLICATION = "support:application:view"
    EDIT_APPLICATION = "support:application:edit"
    SUBMIT_APPLICATION = "support:application:submit"
    VIEW_CASE = "support:case:view"
    ASSIGN_CASE = "support:case:assign"
    DECIDE_CASE = "support:case:decide"
    VIEW_CALL = "support:call:view"
    OPEN_CALL = "support:call:open"


def require(actor: Actor, permission: Permission) -> None:
    """Refuse an actor whose role does not grant the permission; the system may do all.

    Raises:
        NotAllowedError: naming no one and nothing of the data.
    """
    if actor != SYSTEM and not is_granted(actor.role, permission):
        raise NotAllowedError(Text("이 역할로는 할 수 없는 일입니다."))
