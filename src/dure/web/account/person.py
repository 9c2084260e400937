"""One's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import render

from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires


@requires(SIGNED_IN)
def settings(request: MemberRequest) -> HttpResponse:
    """The sign-in settings and the roles one holds."""
    return render(request, "account/settings.html", {"two_step": is_mfa_enabled(request.user)})
