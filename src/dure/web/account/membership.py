"""Acting in another of one's roles."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires
from dure.foundation.organisations.middleware import SESSION_KEY
from dure.foundation.organisations.models import Membership


@requires(SIGNED_IN)
def role(request: MemberRequest) -> HttpResponse:
    """Act from now on in the chosen membership, which must be the person's own."""
    chosen = get_object_or_404(
        Membership, pk=request.POST.get("membership"), user=request.user, ended_at=None
    )
    request.session[SESSION_KEY] = chosen.pk
    return redirect("public:home")
