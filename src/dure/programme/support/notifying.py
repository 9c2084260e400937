"""Tells the people concerned; each notice waits for the transaction it is sent in."""

from dure.foundation.notices.actions import send_notice
from dure.foundation.organisations.queries import list_agency_ids, list_user_ids
from dure.foundation.organisations.roles import Role
from dure.kernel.text import Text
from dure.programme.support.addresses import case_address, status_address
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
        url=status_address(application),
    )


def tell_reviewers(application: Application, title: Text, body: Text) -> None:
    """Notify the person assigned, else every reviewer."""
    for agency_id in list_agency_ids():
        reviewers = list_user_ids(agency_id, role=Role.OPERATOR)
        if application.assignee_id in reviewers:
            reviewers = (application.assignee_id,)
        elif application.assignee_id is not None:
            continue
        send_notice(
            organisation_id=agency_id,
            user_ids=reviewers,
            title=title,
            body=body,
            url=case_address(application),
        )
