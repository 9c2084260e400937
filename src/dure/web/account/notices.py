"""One's notices: read them, go where they lead."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.notices.actions import mark_all_read, mark_read
from dure.foundation.notices.queries import NoticeView, find_notice, list_notices
from dure.foundation.organisations import actions
from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires
from dure.foundation.organisations.queries import list_memberships

SHOWN = 50


@requires(SIGNED_IN)
@require_GET
def notices(request: MemberRequest) -> HttpResponse:
    """The newest notices, unread ones marked."""
    found = list_notices(_reader(request), limit=SHOWN)
    context = {"notices": found, "shown": SHOWN, "unread": any(not n.is_read for n in found)}
    return render(request, "account/notices.html", context)


@requires(SIGNED_IN)
@require_POST
def read(request: MemberRequest, notice_id: int) -> HttpResponse:
    """Mark a notice read and go where it leads, in the organisation it is about."""
    notice = find_notice(_reader(request), notice_id)
    if notice is None:
        raise Http404
    mark_read(_reader(request), notice_id)
    _act_where(request, notice)
    own_path = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and own_path else "account:notices")


@requires(SIGNED_IN)
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    """Mark all of one's notices read."""
    count = mark_all_read(_reader(request))
    if count:
        messages.success(request, _("알림 {n}건을 읽음으로 바꿨습니다.").format(n=count))
    return redirect("account:notices")


def _act_where(request: MemberRequest, notice: NoticeView) -> None:
    """Change to a role in the notice's organisation, else its page would say "not found"."""
    if request.actor is not None and request.actor.organisation_id == notice.organisation_id:
        return
    there = [
        m for m in list_memberships(_reader(request)) if m.organisation_id == notice.organisation_id
    ]
    if there:
        actions.switch_role(request, there[0].id)


def _reader(request: MemberRequest) -> int:
    return int(request.user.pk or 0)
