"""Which states there are, what each may become, and their words."""

from collections.abc import Collection

from dure.kernel.text import Text
from dure.programme.support.errors import NotPossibleNowError
from dure.programme.support.models import Application

State = Application.State

EDITABLE = frozenset({State.DRAFT, State.SUPPLEMENT_REQUESTED})
UNDER_REVIEW = frozenset({State.SUBMITTED, State.SUPPLEMENT_REQUESTED})
WITHDRAWABLE = EDITABLE | UNDER_REVIEW
DECIDED = frozenset({State.REQUIREMENT_MET, State.REQUIREMENT_NOT_MET})

_WORDS = {
    State.DRAFT: Text("작성 중"),
    State.SUBMITTED: Text("접수"),
    State.SUPPLEMENT_REQUESTED: Text("보완 요청"),
    State.REQUIREMENT_MET: Text("적합"),
    State.REQUIREMENT_NOT_MET: Text("부적합"),
    State.WITHDRAWN: Text("취소"),
}


def words_of(state: str) -> Text:
    """The state in words."""
    return _WORDS[State(state)]


def require_state(application: Application, allowed: Collection[str]) -> None:
    """Refuse what the present state does not allow.

    Raises:
        NotPossibleNowError: naming the present state.
    """
    if application.state not in allowed:
        raise NotPossibleNowError(application.state, words_of(application.state))
