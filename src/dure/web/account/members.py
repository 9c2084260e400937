"""The people of one's organisation: see them, invite one, end a membership."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation.organisations import actions, invitations
from dure.foundation.organisations.access import (
    SIGNED_IN,
    MemberRequest,
    requires,
)
from dure.foundation.organisations.models import Invitation, Organisation
from dure.foundation.organisations.queries import (
    MembershipView,
    get_organisation,
    list_invitations,
    list_members,
)
from dure.foundation.organisations.roles import Role, is_granted
from dure.kernel.errors import DureError

VIEW = "organisations:member:view"
INVITE = "organisations:member:invite"


class InviteForm(forms.Form):
    """Whom to invite, and to which role of this kind of organisation."""

    email = forms.EmailField(
        label=gettext_lazy("초대할 분의 전자우편"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("역할"), widget=forms.RadioSelect)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        given = sorted(actions.ROLES_OF[Organisation.Kind(kind)], key=list(Role).index)
        self.fields["role"].choices = [(r.value, r.label) for r in given]  # type: ignore[attr-defined]
        self.fields["role"].initial = given[-1].value


@requires(VIEW)
@require_GET
def members(request: MemberRequest) -> HttpResponse:
    """Who belongs, who is invited, and the form to invite another."""
    return _page(request, InviteForm(_kind(request)))


@requires(INVITE)
@require_POST
def invite(request: MemberRequest) -> HttpResponse:
    """Send an invitation and show its link once, to pass on by other means."""
    form = InviteForm(_kind(request), request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        sent = invitations.invite_member(
            request.actor, form.cleaned_data["email"], form.cleaned_data["role"]
        )
    except DureError as problem:
        return _page(request, form, problem=problem, status=422)
    return render(request, "account/invited.html", {"sent": sent})


@requires(INVITE)
@require_POST
def revoke_invitation(request: MemberRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an open invitation."""
    try:
        invitations.revoke_invitation(request.actor, invitation_id)
    except Invitation.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("초대를 거두었습니다."))
    return redirect("account:members")


@requires(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, membership_id: int) -> HttpResponse:
    """Ask whether to end a membership, and do it; one's own needs no permission to manage."""
    member = _member(request, membership_id)
    is_own = member.user_id == request.actor.user_id
    if not is_own and not is_granted(request.actor.role, INVITE):
        raise Http404
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "").strip()
            actions.end_membership(request.actor, membership_id, reason=reason)
        except DureError as problem:
            return _ending(request, member, problem=problem, status=422)
        messages.success(request, _("구성원 자격을 끝냈습니다."))
        return redirect("account:settings" if is_own else "account:members")
    return _ending(request, member)


def _ending(
    request: MemberRequest,
    member: MembershipView,
    *,
    problem: DureError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "member": member,
        "is_own": member.user_id == request.actor.user_id,
        "problem": problem,
    }
    return render(request, "account/member_end.html", context, status=status)


def _page(
    request: MemberRequest,
    form: InviteForm,
    *,
    problem: DureError | None = None,
    status: int = 200,
) -> HttpResponse:
    organisation_id = request.actor.own_organisation_id
    context = {
        "form": form,
        "problem": problem,
        "members": list_members(organisation_id),
        "invitations": list_invitations(organisation_id),
        "may_invite": is_granted(request.actor.role, INVITE),
    }
    return render(request, "account/members.html", context, status=status)


def _member(request: MemberRequest, membership_id: int) -> MembershipView:
    if request.actor is None:
        raise Http404
    found = list_members(request.actor.own_organisation_id)
    member = next((m for m in found if m.id == membership_id), None)
    if member is None:
        raise Http404
    return member


def _kind(request: MemberRequest) -> str:
    return get_organisation(request.actor.own_organisation_id).kind
