"""Tells the people concerned; each notice waits for the transaction it is sent in."""

from django.urls import reverse

from dure.foundation.notices.actions import send_notice
from dure.foundation.organisations.queries import list_agency_ids, list_user_ids
from dure.foundation.organisations.roles import Role
from dure.kernel.text import Text
from dure.programme.support.models import Application
from dure.programme.support.scope import organisation_of


def tell_applicant(application: Application, title: Text, body: Text) -> None:
    """Notify everyone in the applicant's organisation."""
    organisation_id = organisation_of(application)
    send_notice(
        organisation_id=organisation_id,
        user_ids=list_user_ids(organisation_id),
        title=title,
        body=body,
        url=reverse("factory:application-status", args=(application.pk,)),
    )


def tell_reviewers(application: Application, title: Text, body: Text) -> None:
    """Notify the person assigned, else every reviewer."""
    agencies = {key: list_user_ids(key, role=Role.OPERATOR) for key in list_agency_ids()}
    everyone = {user_id for reviewers in agencies.values() for user_id in reviewers}
    assigned = everyone & {application.assignee_id}
    for agency_id, reviewers in agencies.items():
        send_notice(
            organisation_id=agency_id,
            user_ids=[user_id for user_id in reviewers if user_id in (assigned or everyone)],
            title=title,
            body=body,
            url=reverse("operator:case", args=(application.pk,)),
        )
