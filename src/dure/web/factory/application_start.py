"""The list of applications, and starting one: a workplace, a call, and how the two fit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import wraps
from typing import ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.organisations.access import SIGNED_IN, MemberRequest, View
from dure.foundation.organisations.roles import is_granted
from dure.kernel.errors import DureError
from dure.programme.registry import queries as registry
from dure.programme.registry.queries import WorkplaceView
from dure.programme.support import actions, queries
from dure.programme.support.errors import AlreadyAppliedError
from dure.programme.support.queries import ApplicationSummary, CallView, FitView
from dure.web.factory.application_pages import EDIT
from dure.web.factory.application_rows import application_rows, application_url
from dure.web.factory.own import own, shown
from dure.web.public.finder_answers import answers_of

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Offer:
    """An open call for the chosen workplace; `existing` where it was applied to already."""

    call: CallView
    fits: tuple[FitView, ...]
    existing: ApplicationSummary | None

    @property
    def existing_url(self) -> str:
        """Where that application is looked at."""
        return application_url(self.existing.id, self.existing.state) if self.existing else ""

    @property
    def other_year(self) -> int | None:
        """The year of the rules where it is not the year of the call."""
        year = self.call.policy_as_of.year
        return year if year != timezone.localtime(self.call.opens_at).year else None


def registered_first(view: View[P]) -> View[P]:
    """Lead someone who has no organisation yet to registering one, instead of refusing."""

    @wraps(view)
    def led(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated and getattr(request, "actor", None) is None:
            messages.info(request, _("신청하려면 먼저 공장을 등록해 주세요. 3분이면 됩니다."))
            return redirect("factory:workplace-new")
        return view(request, *args, **kwargs)

    # The view inside still asks for its own permission of everyone who has an organisation.
    led.permission = SIGNED_IN  # type: ignore[attr-defined]
    return led


@registered_first
@own("support:application:view")
@require_GET
def applications(request: MemberRequest) -> HttpResponse:
    """Drafts and submitted applications of all workplaces, newest first."""
    found = queries.list_applications(request.actor.own_organisation_id)
    context: dict[str, object] = {
        "applications": application_rows(found),
        "may_write": is_granted(request.actor.role, EDIT),
    }
    return shown(request, "factory/applications/list.html", context)


@registered_first
@own(EDIT)
@require_http_methods(["GET", "POST"])
def application_new(request: MemberRequest) -> HttpResponseBase:
    """Open calls with what they mean for one workplace; choosing one makes a draft."""
    workplaces = registry.list_workplaces(request.actor.own_organisation_id)
    chosen = _chosen(workplaces, request.POST.get("workplace") or request.GET.get("workplace"))
    problem: DureError | None = None
    if request.method == "POST" and chosen is not None:
        try:
            return _start(request, chosen)
        except DureError as error:
            problem = error
    calls = queries.list_calls(timezone.now())
    carried = _carried(request)
    context: dict[str, object] = {
        "problem": problem,
        "workplaces": workplaces,
        "workplace": chosen,
        "offers": _offers(request, calls, chosen, carried) if chosen else (),
        "has_answers": bool(carried),
        "upcoming": [call for call in calls if call.state == "upcoming"],
    }
    return shown(request, "factory/applications/new.html", context, refused=problem is not None)


def _start(request: MemberRequest, workplace: WorkplaceView) -> HttpResponseBase:
    call_id = request.POST.get("call", "")
    if not call_id.isdecimal():
        raise Http404(call_id)
    try:
        application_id = actions.start_application(
            request.actor, int(call_id), workplace.id, carried=_carried(request)
        )
    except AlreadyAppliedError as error:
        messages.info(request, _("이미 이 사업에 신청했습니다. 그 신청을 보여 드립니다."))
        return redirect("factory:application-status", error.application_id)
    return redirect("factory:application", application_id)


def _chosen(workplaces: tuple[WorkplaceView, ...], asked: str | None) -> WorkplaceView | None:
    if not asked:
        return workplaces[0] if workplaces else None
    found = next((w for w in workplaces if str(w.id) == asked), None)
    if found is None:
        raise Http404(asked)
    return found


def _carried(request: MemberRequest) -> Mapping[str, object]:
    """What the finder was told, by fact."""
    answers = asdict(answers_of(request))
    return {fact: value for fact, value in answers.items() if value is not None}


def _offers(
    request: MemberRequest,
    calls: tuple[CallView, ...],
    workplace: WorkplaceView,
    carried: Mapping[str, object],
) -> tuple[Offer, ...]:
    organisation_id = request.actor.own_organisation_id
    live = {
        row.call_id: row
        for row in queries.list_applications(organisation_id, workplace_id=workplace.id)
        if row.state != "withdrawn"
    }
    return tuple(
        Offer(
            call=call,
            fits=queries.list_fits(organisation_id, workplace.id, call.id, carried=carried),
            existing=live.get(call.id),
        )
        for call in calls
        if call.state == "open"
    )
