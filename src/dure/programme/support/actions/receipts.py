"""Making the receipt (접수증) of a submission."""

from dure.foundation.audit.actor import Actor
from dure.foundation.documents.actions import issue_document
from dure.foundation.documents.queries import DocumentView
from dure.kernel.text import Text
from dure.programme.support.errors import NotPossibleNowError
from dure.programme.support.models import Application, Submission
from dure.programme.support.queries.calls import title_of
from dure.programme.support.queries.frozen import amount_view, name_of, section_views
from dure.programme.support.queries.receipts import KIND, receipt_key
from dure.programme.support.scope import organisation_of
from dure.programme.support.states import words_of

_TEMPLATE = "support/receipt.html"


def issue_receipt(actor: Actor, application_id: int) -> DocumentView:
    """The receipt of the latest submission of the actor's application, made when it is not there.

    Takes a second or two the first time; call it outside a transaction.

    Raises:
        Application.DoesNotExist: none of theirs.
        NotPossibleNowError: nothing is submitted yet.
    """
    application = Application.objects.get(
        pk=application_id, workplace__firm__organisation_id=actor.own_organisation_id
    )
    submission = application.submissions.order_by("-version").first()
    if submission is None:
        raise NotPossibleNowError(application.state, words_of(application.state))
    return make_receipt(actor, submission)


def make_receipt(actor: Actor, submission: Submission) -> DocumentView:
    """Issue the receipt of one submission, once."""
    application, content = submission.application, submission.content
    return issue_document(
        actor,
        organisation_id=organisation_of(application),
        kind=KIND,
        key=receipt_key(submission),
        template=_TEMPLATE,
        title=Text("지원사업 신청 접수증"),
        context={
            "number": application.number,
            "call_title": title_of(application.call),
            "firm_name": application.firm_name,
            "workplace_name": application.workplace.name,
            "tier": name_of(content["tier"]),
            "submitted_at": submission.submitted_at,
            "submitted_by": submission.submitted_by,
            "version": submission.version,
            "sections": section_views(content),
            "declarations": [name_of(item) for item in content["declarations"]],
            "amount": amount_view(content["amount"]),
            "rules_day": content["rules"]["as_of"],
            "policy_hash": submission.policy_hash,
            "sha256": submission.sha256,
        },
    )
