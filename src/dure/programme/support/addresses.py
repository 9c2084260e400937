"""Where a notice leads: paths of this site."""

from dure.programme.support.models import Application


def status_address(application: Application) -> str:
    """The applicant's page of an application's state."""
    return f"/my/applications/{application.pk}/status/"


def case_address(application: Application) -> str:
    """The reviewer's page of a case."""
    return f"/ops/queue/{application.pk}/"
