"""One case: answers beside evidence, what rules say, and the reviewer's decision."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.organisations.access import MemberRequest
from dure.foundation.organisations.roles import is_granted
from dure.kernel.errors import DureError
from dure.programme.support import actions, queries
from dure.programme.support.errors import NotPossibleNowError
from dure.programme.support.queries import CaseView
from dure.web.factory.own import own, refuse, said
from dure.web.operator.assigning import ASSIGN, last_batch, reviewers_of
from dure.web.operator.case_forms import DecisionForm, SupplementForm
from dure.web.operator.queue import VIEW, wanted_from
from dure.web.timeline import timeline_of

DECIDE = "support:case:decide"


@own(VIEW)
@require_GET
def case(request: MemberRequest, application_id: int) -> HttpResponse:
    """The submitted application as it was frozen, and what can be done about it."""
    return _page(request, queries.get_case(application_id))


@own(DECIDE)
@require_POST
def case_decide(request: MemberRequest, application_id: int) -> HttpResponseBase:
    """Decide the requirement check; the applicant is told the result and the reasons."""
    found = queries.get_case(application_id)
    form = DecisionForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, decision=form)
    try:
        actions.decide_requirement(
            request.actor, application_id, is_met=form.is_met, reasons=form.reasons
        )
    except NotPossibleNowError as error:
        messages.error(request, said(error))
        return redirect(_address(request, application_id))
    except DureError as error:
        refuse(form, error)
        return _page(request, found, decision=form)
    messages.success(request, _("결정을 저장하고 신청인에게 알렸습니다."))
    return redirect(_address(request, application_id))


@own(DECIDE)
@require_POST
def case_supplement(request: MemberRequest, application_id: int) -> HttpResponseBase:
    """Ask the applicant to add or correct something by a day."""
    found = queries.get_case(application_id)
    form = SupplementForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, supplement=form)
    asked = form.cleaned_data
    try:
        actions.request_supplement(
            request.actor, application_id, text=asked["text"], days=asked["days"]
        )
    except NotPossibleNowError as error:
        messages.error(request, said(error))
        return redirect(_address(request, application_id))
    except DureError as error:
        refuse(form, error)
        return _page(request, found, supplement=form)
    messages.success(request, _("보완 요청을 보냈습니다. 신청인에게 알림이 갑니다."))
    return redirect(_address(request, application_id))


def _address(request: MemberRequest, application_id: int) -> str:
    """The case again, in the same filtered queue."""
    query = wanted_from(request).query
    address = reverse("operator:case", args=(application_id,))
    return f"{address}?{query}" if query else address


def _page(
    request: MemberRequest,
    found: CaseView,
    *,
    decision: DecisionForm | None = None,
    supplement: SupplementForm | None = None,
) -> HttpResponse:
    wanted = wanted_from(request)
    refused: Form | None = decision or supplement
    role = request.actor.role
    before, after = queries.find_neighbours(wanted.filter, found.id)
    context = {
        "wide": True,
        "ops_here": "queue",
        "case": found,
        "form": refused,
        "decision_form": decision or DecisionForm(found),
        "supplement_form": supplement or SupplementForm(found),
        "previous_case": before,
        "next_case": after,
        "query": wanted.query,
        "back_url": _address(request, found.id),
        "batch": last_batch(request),
        "assignees": reviewers_of(request.actor),
        "may_assign": is_granted(role, ASSIGN),
        "may_decide": found.may_decide and is_granted(role, DECIDE),
        "may_request": found.may_request and is_granted(role, DECIDE),
        "is_mine": found.assignee_id == request.actor.user_id,
        "history": timeline_of(found.history),
    }
    return render(request, "operator/case.html", context, status=422 if refused else 200)
