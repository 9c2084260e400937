"""An applicant with a complete workplace, an open call, and drafts of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.programme.support import actions
from tests.factories.support import DECLARED, make_applicant, make_call, make_draft
from tests.web.factory.people import Person


@pytest.fixture
def call() -> int:
    """A call that is open today, under the rules of 2023."""
    now = timezone.now()
    return make_call(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=9))


@pytest.fixture
def applicant(client: Client) -> Person:
    """An owner whose registered facts are complete, signed in."""
    actor, workplace_id = make_applicant()
    client.force_login(User.objects.get(pk=actor.user_id))
    return Person(client, actor, workplace_id)


@pytest.fixture
def begun(applicant: Person, call: int) -> int:
    """An application nobody has written into yet."""
    return actions.start_application(applicant.actor, call, applicant.workplace_id)


@pytest.fixture
def draft(applicant: Person, call: int) -> int:
    """A complete application, not submitted."""
    return make_draft(applicant.actor, applicant.workplace_id, call)


@pytest.fixture
def submitted(applicant: Person, draft: int) -> int:
    """An application handed in."""
    actions.submit_application(applicant.actor, draft, declared=DECLARED)
    return draft
