"""People and a call in a running server's own database; run by its `manage.py shell`.

Prints nothing; the names and the password are those below.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.roles import Role
from dure.kernel.business_number import business_check_digit
from dure.kernel.names import Name
from dure.programme.support import actions
from tests.factories.foundation import make_member, make_user
from tests.factories.support import GENERAL, make_applicant, make_call

PASSWORD = "두레-여행-2026"
OWNER = "owner@apply.example.kr"
PHONE_OWNER = "phone@apply.example.kr"
PLAIN_OWNER = "plain@apply.example.kr"
OPERATOR = "operator@apply.example.kr"
TITLE = "여정 고도화 공고 (예시)"


def make_all() -> None:
    """An owner who begins, two whose drafts lack only the cost, and a reviewer."""
    now = timezone.now()
    call = make_call(
        title=Name(TITLE, "Upgrade call of the journey (example)"),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        is_example=True,
    )
    owner, _workplace = make_applicant(name="한빛정밀", business_number=_number("124810099"))
    _may_sign_in(owner, OWNER)
    _with_draft(call, PHONE_OWNER, "동해금속", _number("606810000"))
    _with_draft(call, PLAIN_OWNER, "세진섬유", _number("502810000"))
    _user, reviewer = make_member(Role.OPERATOR, user=make_user(name="김도윤"))
    _may_sign_in(reviewer, OPERATOR)


def _with_draft(call: int, email: str, firm: str, business_number: str) -> None:
    owner, workplace = make_applicant(name=firm, business_number=business_number)
    _may_sign_in(owner, email)
    draft = actions.start_application(owner, call, workplace)
    for topic, answers in GENERAL.items():
        if topic != "cost":
            actions.save_answers(owner, draft, topic, answers)


def _number(nine: str) -> str:
    """A valid number that no other test of the same server makes."""
    return f"{nine}{business_check_digit(nine)}"


def _may_sign_in(actor: Actor, email: str) -> None:
    user = User.objects.get(pk=actor.user_id)
    user.email = email
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
