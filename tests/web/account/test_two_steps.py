"""Two-step sign-in: an authenticator app and recovery codes."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.web.account.conftest import PASSWORD, one_time_code

from dure.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"<code>([A-Z2-7]{16,})</code>")


def text(response: Any) -> str:
    return str(response.content.decode())


def sign_in(client: Client, person: User) -> Any:
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})


@pytest.fixture
def secret(
    client: Client,
    person: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> str:
    """The authenticator's secret after the person turned two-step sign-in on."""
    sign_in(client, person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    found = SECRET.search(text(client.get("/accounts/2fa/totp/activate/")))
    assert found
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": one_time_code(found.group(1))})
    return found.group(1)


@pytest.fixture
def codes(client: Client, secret: str) -> list[str]:
    """The person's recovery codes."""
    assert secret
    return re.findall(r"<code>(\w+)</code>", text(client.get("/accounts/2fa/recovery-codes/")))


def test_turning_on_shows_a_picture_and_mails_a_notice(client: Client, secret: str) -> None:
    assert Authenticator.objects.filter(type="totp").count() == 1
    assert "켜짐" in text(client.get("/accounts/2fa/"))
    assert mail.outbox[0].subject == "[두레] 두 단계 로그인을 켰습니다"
    assert secret


def test_secret_is_not_kept_in_the_clear(secret: str) -> None:
    kept = repr(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept


def test_wrong_code_does_not_turn_it_on(client: Client, person: User) -> None:
    sign_in(client, person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")

    response = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})

    assert response.status_code == 422
    assert "코드가 맞지 않습니다" in text(response)
    assert Authenticator.objects.count() == 0


def test_password_alone_is_not_enough(person: User, secret: str) -> None:
    browser = Client()

    response = sign_in(browser, person)
    before = browser.get("/accounts/").status_code
    wrong = browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    browser.post("/accounts/2fa/authenticate/", {"code": one_time_code(secret)})

    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert (before, wrong.status_code) == (302, 422)
    assert browser.get("/accounts/").status_code == 200


def test_recovery_code_lets_in_once(person: User, codes: list[str]) -> None:
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, person)
        browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})

    assert len(codes) == 10
    assert first.get("/accounts/").status_code == 200
    assert second.get("/accounts/").status_code == 302


def test_guessing_codes_is_stopped(person: User, secret: str) -> None:
    browser = Client()
    sign_in(browser, person)
    for _ in range(5):
        browser.post("/accounts/2fa/authenticate/", {"code": "000000"})

    right = browser.post("/accounts/2fa/authenticate/", {"code": one_time_code(secret)})

    assert right.status_code == 422
    assert browser.get("/accounts/").status_code == 302


def test_turning_off_asks_who_is_there_when_signing_in_was_long_ago(
    client: Client, secret: str
) -> None:
    session = client.session
    session["account_authentication_methods"] = [
        method | {"at": method["at"] - 700} for method in session["account_authentication_methods"]
    ]
    session.save()

    asked = client.post("/accounts/2fa/totp/deactivate/")
    still_on = Authenticator.objects.filter(type="totp").exists()
    client.post("/accounts/2fa/reauthenticate/", {"code": one_time_code(secret)})
    client.post("/accounts/2fa/totp/deactivate/")

    assert "reauthenticate" in asked["Location"]
    assert still_on
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_downloaded_as_text(client: Client, codes: list[str]) -> None:
    response = client.get("/accounts/2fa/recovery-codes/download/")

    assert response["Content-Type"].startswith("text/plain")
    assert "attachment" in response["Content-Disposition"]
    assert set(codes) <= set(text(response).split())
