"""Reviewers of one agency, and applications that firms handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.organisations.models import Organisation
from dure.foundation.organisations.roles import Role
from dure.programme.support import actions
from tests.factories.foundation import make_member, make_organisation, make_user
from tests.factories.support import DECLARED, make_applicant, make_call, make_draft


@dataclass
class Reviewer:
    """A reviewer in front of the pages."""

    client: Client
    actor: Actor

    def get(self, name: str, /, *args: object, status: int = 200, **query: str) -> str:
        """The page of an operator URL name, which must answer `status`."""
        return _text(self.client.get(reverse(f"operator:{name}", args=args), query), status)

    def post(self, name: str, /, *args: object, status: int = 302, **data: Any) -> str:
        """Send a form to an operator URL name, which must answer `status`."""
        return _text(self.client.post(reverse(f"operator:{name}", args=args), data), status)


def _text(response: HttpResponse, status: int) -> str:
    text = response.content.decode()
    assert response.status_code == status, f"{response.status_code}: {text[:2000]}"
    return text


Submit = Callable[..., int]


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    """Files and lake of one test are its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def agency() -> Organisation:
    """The agency of this test's reviewers."""
    return make_organisation("운영기관", kind=Organisation.Kind.AGENCY)


@pytest.fixture
def reviewer(client: Client, agency: Organisation) -> Reviewer:
    """김도윤, signed in."""
    user, actor = make_member(Role.OPERATOR, organisation=agency, user=make_user(name="김도윤"))
    client.force_login(user)
    return Reviewer(client, actor)


@pytest.fixture
def colleague(agency: Organisation) -> User:
    """이수민, of the same agency."""
    user, _actor = make_member(Role.OPERATOR, organisation=agency, user=make_user(name="이수민"))
    return user


@pytest.fixture
def submit() -> Submit:
    """Hands in an application of a new firm to one open call: `submit("한빛정밀", days_ago=2)`."""
    now = timezone.now()
    call = make_call(opens_at=now - timedelta(days=60), closes_at=now + timedelta(days=9))

    def hand_in(firm: str, *, days_ago: int = 0, address: str = "", **topics: Any) -> int:
        at: datetime = now - timedelta(days=days_ago)
        actor, workplace_id = make_applicant(address=address or f"경기도 화성시 {firm}", name=firm)
        application_id = make_draft(actor, workplace_id, call, **topics)
        actions.submit_application(actor, application_id, declared=DECLARED, now=at)
        return application_id

    return hand_in
