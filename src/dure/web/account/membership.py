"""Acting in another of one's roles, and starting where the role's work is."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.organisations import actions
from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, requires
from dure.foundation.organisations.models import Membership
from dure.web.landing import landing_of


@requires(SIGNED_IN)
@require_GET
def start(request: MemberRequest) -> HttpResponse:
    """On to the first page of the role one acts in."""
    return redirect(landing_of(request.actor))


@requires(SIGNED_IN)
@require_POST
def role(request: MemberRequest) -> HttpResponse:
    """Act from now on in the chosen membership, which must be the person's own."""
    chosen = request.POST.get("membership", "")
    try:
        actor = actions.switch_role(request, int(chosen))
    except (ValueError, Membership.DoesNotExist) as error:
        raise Http404(chosen) from error
    return redirect(landing_of(actor))
