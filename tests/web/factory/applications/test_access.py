"""Every address of applications and cases, for everyone who may try it."""

import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation.accounts.models import User
from dure.programme.support.models import Application
from tests.factories.support import make_operator
from tests.web.factory.people import Person, make_colleague

pytestmark = pytest.mark.django_db

READ, WRITE = "get", "post"
# What each role is answered about an application that is a draft: owner, engineer, other firm's
# owner, operator. A 302 or 422 got past the door; 404 hides that there is something.
DRAFT = {
    ("application-list", READ): (200, 200, 200, 403),
    ("application-new", READ): (200, 403, 200, 403),
    ("application-new", WRITE): (404, 403, 404, 403),
    ("application", READ): (200, 200, 404, 403),
    ("application-topic", READ): (200, 403, 404, 403),
    ("application-topic", WRITE): (422, 403, 404, 403),
    ("application-autosave", WRITE): (200, 403, 404, 403),
    ("application-money", WRITE): (200, 403, 404, 403),
    ("application-check", READ): (200, 403, 404, 403),
    ("application-submit", WRITE): (422, 403, 404, 403),
    ("application-receipt", READ): (302, 302, 404, 403),
    ("application-receipt-pdf", READ): (404, 404, 404, 403),
    ("application-status", READ): (302, 302, 404, 403),
    ("application-withdraw", READ): (200, 403, 404, 403),
    ("application-withdraw", WRITE): (422, 403, 404, 403),
}
# The same for the agency's addresses: a draft is no case. Assigning asks first for a reviewer,
# which nobody with the number in `_ask` is: a page that says so, and nothing changed.
CASES = {
    ("today", READ): (403, 403, 403, 200),
    ("queue", READ): (403, 403, 403, 200),
    ("queue-csv", READ): (403, 403, 403, 200),
    ("assign", WRITE): (403, 403, 403, 302),
    ("assign-undo", WRITE): (403, 403, 403, 302),
    ("case", READ): (403, 403, 403, 404),
    ("case-evidence", READ): (403, 403, 403, 404),
    ("case-assign", WRITE): (403, 403, 403, 302),
    ("case-decide", WRITE): (403, 403, 403, 404),
    ("case-supplement", WRITE): (403, 403, 403, 404),
}


def _arguments(name: str, application_id: int) -> tuple[object, ...]:
    if name in {"application-topic", "application-autosave", "application-money"}:
        return (application_id, "level")
    if name in {"application-list", "application-new", "today", "queue", "queue-csv", "assign"}:
        return ()
    return () if name == "assign-undo" else (application_id,)


def _address(audience: str, name: str, application_id: int) -> str:
    return reverse(f"{audience}:{name}", args=_arguments(name, application_id))


def _ask(client: Client, method: str, address: str, application_id: int) -> int:
    sent = {"application": application_id, "assignee": "999999", "call": "0", "batch": "x"}
    answer = client.get(address) if method == READ else client.post(address, sent)
    return int(answer.status_code)


@pytest.fixture
def everyone(applicant: Person, stranger: Person) -> tuple[Client, ...]:
    """Owner, engineer, another firm's owner, operator; each in a browser of their own."""
    engineer = make_colleague(applicant, "engineer", Client())
    operator = Client()
    operator.force_login(User.objects.get(pk=make_operator().user_id))
    return (applicant.client, engineer.client, stranger.client, operator)


@pytest.mark.parametrize(("name", "method"), DRAFT)
def test_a_draft_is_its_own_firms_only(
    everyone: tuple[Client, ...], begun: int, name: str, method: str
) -> None:
    address = _address("factory", name, begun)

    answers = tuple(_ask(client, method, address, begun) for client in everyone)

    assert answers == DRAFT[name, method]
    assert Application.objects.get(pk=begun).state == "draft"


@pytest.mark.parametrize(("name", "method"), CASES)
def test_a_draft_is_no_case(
    everyone: tuple[Client, ...], begun: int, name: str, method: str
) -> None:
    address = _address("operator", name, begun)

    answers = tuple(_ask(client, method, address, begun) for client in everyone)

    assert answers == CASES[name, method]
    assert Application.objects.get(pk=begun).assignee_id is None


@pytest.mark.parametrize(
    ("audience", "name", "method"),
    [("factory", *key) for key in DRAFT] + [("operator", *key) for key in CASES],
)
def test_without_a_sign_in_every_address_leads_to_it(
    begun: int, audience: str, name: str, method: str
) -> None:
    anonymous = Client()
    address = _address(audience, name, begun)

    answer = anonymous.get(address) if method == READ else anonymous.post(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{reverse('account_login')}?next=")


def test_a_draft_is_neither_in_the_queue_nor_in_its_file(
    everyone: tuple[Client, ...], draft: int
) -> None:
    operator = everyone[3]
    number = Application.objects.get(pk=draft).number

    assert number not in operator.get(reverse("operator:queue")).content.decode()
    assert number not in operator.get(reverse("operator:queue-csv")).content.decode()


def test_a_submitted_case_is_the_operators_and_stays_hidden_from_other_firms(
    everyone: tuple[Client, ...], submitted: int
) -> None:
    case = reverse("operator:case", args=(submitted,))
    status = reverse("factory:application-status", args=(submitted,))

    assert [client.get(case).status_code for client in everyone] == [403, 403, 403, 200]
    assert [client.get(status).status_code for client in everyone] == [200, 200, 404, 403]
