"""Giving cases to reviewers, many at once, and taking the last batch back."""

from time import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.access import MemberRequest
from dure.foundation.organisations.queries import MembershipView, list_members
from dure.foundation.organisations.roles import Role
from dure.kernel.errors import DureError
from dure.programme.support import actions
from dure.web.factory.own import own, said

ASSIGN = "support:case:assign"
SESSION_KEY = "last_assignment"
OFFERED_SECONDS = 600
_MINE = "me"


@own(ASSIGN)
@require_POST
def assign(request: MemberRequest) -> HttpResponseBase:
    """Give the chosen cases to one reviewer; what was done can be taken back once."""
    chosen = [int(one) for one in request.POST.getlist("application") if one.isdecimal()]
    assignee = request.POST.get("assignee", "")
    _assign(request, chosen, int(assignee) if assignee.isdecimal() else 0)
    return redirect(back_to(request, reverse("operator:queue")))


@own(ASSIGN)
@require_POST
def case_assign(request: MemberRequest, application_id: int) -> HttpResponseBase:
    """Give one case to a reviewer, or to nobody (an empty choice)."""
    assignee = request.POST.get("assignee", "")
    if assignee == _MINE:
        person: int | None = request.actor.user_id
    else:
        person = int(assignee) if assignee.isdecimal() else None
    _assign(request, [application_id], person)
    return redirect(back_to(request, reverse("operator:case", args=(application_id,))))


@own(ASSIGN)
@require_POST
def assign_undo(request: MemberRequest) -> HttpResponseBase:
    """Give the cases of one's last batch back to whoever had them."""
    kept = request.session.pop(SESSION_KEY, None)
    batch = request.POST.get("batch", "")
    if not kept or kept["id"] != batch:
        messages.info(request, _("되돌릴 배정이 없습니다."))
        return redirect(back_to(request, reverse("operator:queue")))
    try:
        count = actions.undo_assignment(request.actor, UUID(batch))
    except DureError as error:
        messages.error(request, said(error))
    else:
        messages.success(
            request,
            ngettext("{n}건의 배정을 되돌렸습니다.", "{n}건의 배정을 되돌렸습니다.", count).format(
                n=count
            ),
        )
    return redirect(back_to(request, reverse("operator:queue")))


def last_batch(request: HttpRequest) -> dict[str, Any] | None:
    """The last assignment, `id` and `text` of what it did, as long as a page offers to undo it."""
    kept: dict[str, Any] | None = request.session.get(SESSION_KEY)
    return kept if kept and time() - kept["at"] < OFFERED_SECONDS else None


def reviewers_of(actor: Actor) -> tuple[MembershipView, ...]:
    """Whom a case can be given to."""
    members = list_members(actor.own_organisation_id)
    return tuple(member for member in members if member.role == Role.OPERATOR)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page the form stood on, if it is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if ours and back.startswith("/") else otherwise


def _assign(request: MemberRequest, chosen: list[int], assignee: int | None) -> None:
    request.session.pop(SESSION_KEY, None)
    try:
        batch = actions.assign_cases(request.actor, chosen, assignee)
    except DureError as error:
        messages.error(request, said(error))
        return
    if not batch.count:
        messages.info(request, _("이미 그 담당자의 신청입니다."))
        return
    request.session[SESSION_KEY] = {
        "id": str(batch.id),
        "text": _done_words(request.actor, batch.count, assignee),
        "at": time(),
    }


def _done_words(actor: Actor, count: int, assignee: int | None) -> str:
    names = {member.user_id: member.user_name or member.email for member in reviewers_of(actor)}
    name = names.get(assignee or 0, "")
    if not name:
        return ngettext("{n}건의 담당을 비웠습니다.", "{n}건의 담당을 비웠습니다.", count).format(
            n=count
        )
    return ngettext(
        "{n}건을 배정했습니다. 담당: {name}", "{n}건을 배정했습니다. 담당: {name}", count
    ).format(n=count, name=name)
