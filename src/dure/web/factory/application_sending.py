"""Checking all answers, submitting them once, and the receipt."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from dure.foundation.documents.queries import DocumentView, get_document
from dure.foundation.files.queries import get_file
from dure.foundation.organisations.access import MemberRequest
from dure.kernel.errors import DureError
from dure.programme.support import actions
from dure.programme.support.errors import IncompleteError, NotPossibleNowError
from dure.programme.support.queries import ApplicationView
from dure.web.factory.application_forms import DeclarationsForm
from dure.web.factory.application_pages import (
    EDIT,
    may_write,
    own_application,
    steps_of,
    topic_url,
)
from dure.web.factory.own import own, shown

_SUBMIT = "support:application:submit"


@own(EDIT)
@require_GET
def check(request: MemberRequest, application_id: int) -> HttpResponse:
    """Every answer with a way to change it, the declarations, and what happens next."""
    application = own_application(request, application_id)
    if not application.may_edit:
        return redirect("factory:application-status", application_id)
    return _check_page(request, application, DeclarationsForm(application.declarations))


@own(_SUBMIT)
@require_POST
def submit(request: MemberRequest, application_id: int) -> HttpResponseBase:
    """Submit what is there; a second press of the button leads to the same receipt."""
    application = own_application(request, application_id)
    if not application.may_edit:
        return redirect(_after_submitting(application))
    form = DeclarationsForm(application.declarations, request.POST)
    if not form.is_valid():
        return _check_page(request, application, form)
    try:
        actions.submit_application(request.actor, application_id, declared=form.declared)
    except NotPossibleNowError:
        return redirect(_after_submitting(own_application(request, application_id)))
    except IncompleteError:
        # The page lists what is missing, with a link to each place.
        return _check_page(request, own_application(request, application_id), form, refused=True)
    except DureError as error:
        return _check_page(request, application, form, problem=error)
    return redirect("factory:application-receipt", application_id)


@own("support:application:view")
@require_GET
def receipt(request: MemberRequest, application_id: int) -> HttpResponse:
    """The number, what happens next, by when and by whom, and the PDF."""
    application = own_application(request, application_id)
    if application.submitted_at is None:
        return redirect("factory:application", application_id)
    context: dict[str, object] = {
        "application": application,
        "receipt": _receipt_of(request, application),
    }
    return shown(request, "factory/applications/receipt.html", context)


@own("support:application:view")
@require_GET
def receipt_pdf(request: MemberRequest, application_id: int) -> FileResponse:
    """The receipt exactly as issued; made now where the job has not come to it yet."""
    application = own_application(request, application_id)
    if application.submitted_at is None:
        raise Http404(str(application_id))
    found = _receipt_of(request, application) or actions.issue_receipt(
        request.actor, application_id
    )
    stored = get_file(request.actor.own_organisation_id, found.file_id)
    return FileResponse(
        stored.path.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )


def _receipt_of(request: MemberRequest, application: ApplicationView) -> DocumentView | None:
    """The receipt of the latest submission; None while it is being made."""
    if application.receipt_id is None:
        return None
    return get_document(request.actor.own_organisation_id, application.receipt_id)


def _after_submitting(application: ApplicationView) -> str:
    name = "receipt" if application.state == "submitted" else "status"
    return reverse(f"factory:application-{name}", args=(application.id,))


def _check_page(
    request: MemberRequest,
    application: ApplicationView,
    form: DeclarationsForm,
    *,
    problem: DureError | None = None,
    refused: bool = False,
) -> HttpResponse:
    context: dict[str, object] = {
        "application": application,
        "form": form,
        "problem": problem,
        "steps": steps_of(application, "check"),
        "unfinished": _unfinished(application),
        "may_write": may_write(request.actor, application),
        "amount": application.amount,
        "eligibility": application.eligibility,
        "saved_at": application.saved_at,
    }
    wrong = refused or problem is not None or bool(form.errors)
    return shown(request, "factory/applications/check.html", context, refused=wrong)


def _unfinished(application: ApplicationView) -> list[dict[str, object]]:
    """What is missing for submitting, topic by topic, with the address of each place."""
    found: list[dict[str, object]] = []
    for topic in application.topics:
        labels = {question.key: question.label for question in topic.questions}
        for place, text in topic.outstanding.items():
            key = place.partition(".")[0]
            locked = topic.state == "locked"
            found.append(
                {
                    "topic": topic.title,
                    "label": labels.get(key),
                    "text": topic.why if locked else text,
                    "url": "" if locked else f"{topic_url(application.id, topic.key)}#id_{place}",
                }
            )
    return found
