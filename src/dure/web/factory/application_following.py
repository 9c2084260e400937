"""After submitting: where the application stands, every answer, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation.documents.queries import get_document
from dure.foundation.organisations.access import MemberRequest
from dure.foundation.organisations.roles import is_granted
from dure.kernel.errors import DureError
from dure.programme.support import actions
from dure.programme.support.queries import ApplicationView
from dure.web.factory.application_forms import WithdrawForm
from dure.web.factory.application_pages import EDIT, may_write, own_application
from dure.web.factory.own import own, shown
from dure.web.timeline import timeline_of


@own("support:application:view")
@require_GET
def status(request: MemberRequest, application_id: int) -> HttpResponse:
    """The whole process with the present stage, every answer, history, request and decision."""
    application = own_application(request, application_id)
    if application.state == "draft":
        return redirect("factory:application", application_id)
    receipt = (
        get_document(request.actor.own_organisation_id, application.receipt_id)
        if application.receipt_id
        else None
    )
    context: dict[str, object] = {
        "application": application,
        "receipt": receipt,
        "may_write": may_write(request.actor, application),
        "may_withdraw": application.may_withdraw and is_granted(request.actor.role, EDIT),
        "amount": application.amount,
        "eligibility": application.eligibility,
        "history": timeline_of(application.history),
    }
    return shown(request, "factory/applications/status.html", context)


@own(EDIT)
@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, application_id: int) -> HttpResponseBase:
    """Take the application back, with a reason and after asking once more."""
    application = own_application(request, application_id)
    if not application.may_withdraw:
        messages.info(request, _("지금 상태에서는 취소할 수 없습니다."))
        return redirect(_page_of(application))
    form = WithdrawForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw_application(request.actor, application_id, reason=reason)
        except DureError as error:
            problem = error
        else:
            messages.success(request, _("신청을 취소했습니다. 적은 내용은 기록으로 남아 있습니다."))
            return redirect("factory:application-list")
    context: dict[str, object] = {
        "application": application,
        "form": form,
        "problem": problem,
        "back_url": _page_of(application),
    }
    wrong = bool(form.errors or problem)
    return shown(request, "factory/applications/withdraw.html", context, refused=wrong)


def _page_of(application: ApplicationView) -> str:
    name = "application" if application.state == "draft" else "application-status"
    return reverse(f"factory:{name}", args=(application.id,))
