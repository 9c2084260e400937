"""Applications as lines of a list: where each leads, and what happens next by when."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.kernel.names import Name
from dure.programme.support.queries import ApplicationSummary
from dure.web.words import day, days_left, moment

_OPEN = {"draft", "supplement_requested"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """One line; `note` says what is awaited, of whom and by when."""

    id: int
    url: str
    title: Name
    tier: Name | None
    workplace_name: str
    number: str
    state: str
    note: str
    is_example: bool


def application_rows(applications: Iterable[ApplicationSummary]) -> tuple[ApplicationRow, ...]:
    """The lines in the order given."""
    return tuple(
        ApplicationRow(
            id=row.id,
            url=application_url(row.id, row.state),
            title=row.title,
            tier=row.tier,
            workplace_name=row.workplace_name,
            number=row.number,
            state=row.state,
            note=_note(row),
            is_example=row.is_example,
        )
        for row in applications
    )


def application_url(application_id: int, state: str) -> str:
    """Where an application in that state is looked at: its tasks, later its status."""
    name = "factory:application" if state == "draft" else "factory:application-status"
    return reverse(name, args=(application_id,))


def _note(row: ApplicationSummary) -> str:
    match row.state:
        case "draft":
            return _("마감 {at} ({left})").format(
                at=moment(row.closes_at), left=days_left(row.closes_at)
            )
        case "supplement_requested":
            return _("보완 기한 {day} ({left})").format(
                day=day(row.due_on), left=days_left(row.due_on)
            )
        case "submitted" if row.due_on:
            return _("{day}까지 검토 결과를 알려 드립니다").format(day=day(row.due_on))
        case _ if row.submitted_at:
            return _("제출 {day}").format(day=day(row.submitted_at))
        case _:
            return _("제출하지 않음")
