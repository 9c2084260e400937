"""Signing up, confirming the address, signing in and out, and forgotten passwords."""

import smtplib
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings
from tests.web.account.conftest import PASSWORD, path_in

from dure.foundation.accounts.models import User
from dure.web.account.letters import LETTERS

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "김한빛",
    "email": "Kim@Hanbit.kr",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def text(response: Any) -> str:
    return str(response.content.decode())


def test_signing_up_makes_an_account_and_mails_a_confirmation(client: Client) -> None:
    response = client.post("/accounts/signup/", FIELDS)

    user = User.objects.get()
    (letter,) = mail.outbox
    assert (response.status_code, response["Location"]) == (302, "/accounts/start/")
    assert (user.email, user.name) == ("kim@hanbit.kr", "김한빛")
    assert is_signed_in(client)
    assert letter.subject == "[두레] 전자우편을 확인해 주세요"
    assert letter.to == ["kim@hanbit.kr"]
    page = path_in(str(letter.body))
    assert "확인" in text(client.get(page))
    assert not EmailAddress.objects.get().verified
    client.post(page)
    assert EmailAddress.objects.get().verified


def test_where_mail_arrives_the_address_is_confirmed_before_the_first_sign_in(
    client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    response = client.post("/accounts/signup/", FIELDS)
    before = is_signed_in(client)
    client.post(path_in(str(mail.outbox[0].body)))
    client.post("/accounts/login/", {"login": "kim@hanbit.kr", "password": PASSWORD})

    assert response["Location"] == "/accounts/confirm-email/"
    assert not before
    assert is_signed_in(client)


def test_signing_up_twice_tells_the_owner_by_mail_not_the_visitor(
    client: Client, settings: Settings, person: User
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    response = client.post("/accounts/signup/", FIELDS)

    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.get() == person
    assert mail.outbox[0].subject == "[두레] 이미 가입한 전자우편입니다"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"password1": "짧아요1", "password2": "짧아요1"}, "password1", "10"),
        ({"password1": "2026112320", "password2": "2026112320"}, "password1", "숫자"),
        ({"password1": "password1234", "password2": "password1234"}, "password1", "흔히"),
        ({"password1": "kim@hanbit.kr", "password2": "kim@hanbit.kr"}, "password1", "유사"),
        ({"password2": "다른 비밀번호 2026"}, "password2", ""),
        ({"email": "주소 아님"}, "email", "이메일"),
        ({"name": ""}, "name", "필수"),
        ({"name": "가" * 61}, "name", "60"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    client: Client, changes: dict[str, str], field: str, said: str
) -> None:
    response = client.post("/accounts/signup/", FIELDS | changes)

    assert response.status_code == 422
    assert said in str(response.context["form"].errors[field])
    assert f'href="#id_{field}"' in text(response)
    assert "오류: 가입" in text(response)
    assert User.objects.count() == 0


def test_fields_help_password_managers_and_readers(client: Client) -> None:
    signup, login = text(client.get("/accounts/signup/")), text(client.get("/accounts/login/"))

    assert signup.count('autocomplete="new-password"') == 2
    assert 'autocomplete="name"' in signup
    assert 'autocomplete="email"' in signup
    assert 'autocomplete="current-password"' in login
    assert "10자 이상" in signup
    for page in (signup, login):
        assert "placeholder" not in page
        assert "onpaste" not in page


def test_name_is_kept_without_invisible_characters(client: Client) -> None:
    client.post("/accounts/signup/", FIELDS | {"name": " 김\u202e한\u200b빛  부장 "})

    assert User.objects.get().name == "김한빛 부장"


def test_signing_in_leads_to_the_roles_first_page_and_changes_the_session_key(
    client: Client, person: User
) -> None:
    client.get("/accounts/login/")
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key

    response = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    assert response["Location"] == "/accounts/start/"
    assert client.session.session_key != before


def test_address_is_compared_without_case(client: Client, person: User) -> None:
    client.post("/accounts/login/", {"login": "KIM@HANBIT.KR ", "password": PASSWORD})

    assert is_signed_in(client)
    assert person.is_active


@pytest.mark.parametrize("login", ["kim@hanbit.kr", "nobody@hanbit.kr"])
@pytest.mark.usefixtures("person")
def test_wrong_password_and_unknown_address_look_the_same(client: Client, login: str) -> None:
    response = client.post("/accounts/login/", {"login": login, "password": "wrong"})

    assert response.status_code == 422
    assert "전자우편 또는 비밀번호가 맞지 않습니다." in text(response)
    assert not is_signed_in(client)


def test_guessing_one_persons_password_is_stopped_even_from_many_addresses(
    client: Client, person: User
) -> None:
    for number in range(5):
        client.post(
            "/accounts/login/",
            {"login": person.email, "password": f"guess {number}"},
            REMOTE_ADDR=f"203.0.113.{number}",
        )

    right = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    assert right.status_code == 422
    assert "잠시 막았습니다" in text(right)
    assert not is_signed_in(client)


def test_account_that_was_stopped_cannot_sign_in(client: Client, person: User) -> None:
    person.is_active = False
    person.save()

    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    assert not is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_elsewhere_after_signing_in(
    client: Client, person: User, elsewhere: str
) -> None:
    fields = {"login": person.email, "password": PASSWORD, "next": elsewhere}

    assert client.post("/accounts/login/", fields)["Location"] == "/accounts/start/"


def test_signing_out_needs_a_post(client: Client, person: User) -> None:
    client.force_login(person)

    client.get("/accounts/logout/")
    after_get = is_signed_in(client)
    client.post("/accounts/logout/")

    assert (after_get, is_signed_in(client)) == (True, False)


def test_forgotten_password_is_set_anew_once_and_told_by_mail(client: Client, person: User) -> None:
    client.post("/accounts/password/reset/", {"email": person.email})
    link = path_in(str(mail.outbox[0].body))
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]

    new = {"password1": "새로운-공장-비밀번호", "password2": "새로운-공장-비밀번호"}
    done = client.post(form, new)
    again = text(Client().get(link, follow=True))

    person.refresh_from_db()
    assert done.status_code == 302
    assert person.check_password(new["password1"])
    assert "이미 썼거나 기간이 지난 주소입니다" in again
    assert mail.outbox[1].subject == "[두레] 비밀번호를 다시 정했습니다"
    assert "secret" not in form


def test_reset_for_an_unknown_address_says_the_same_and_mails_an_explanation(
    client: Client,
) -> None:
    response = client.post("/accounts/password/reset/", {"email": "no@hanbit.kr"})

    assert response["Location"] == "/accounts/password/reset/done/"
    assert mail.outbox[0].subject == "[두레] 가입하지 않은 전자우편입니다"


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(
    client: Client, person: User
) -> None:
    other = Client()
    for browser in (client, other):
        browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    new = {"password1": "새로운-공장-비밀번호", "password2": "새로운-공장-비밀번호"}

    wrong = client.post("/accounts/password/change/", new | {"oldpassword": "x"})
    right = client.post("/accounts/password/change/", new | {"oldpassword": PASSWORD})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "지금 비밀번호가 맞지 않습니다." in text(wrong)
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    assert mail.outbox[-1].subject == "[두레] 비밀번호를 바꿨습니다"


def test_new_address_is_used_only_once_confirmed(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "new@hanbit.kr", "action_add": ""})
    person.refresh_from_db()
    before = person.email
    client.post(path_in(str(mail.outbox[0].body)))
    person.refresh_from_db()

    assert (before, person.email) == ("kim@hanbit.kr", "new@hanbit.kr")
    assert {letter.to[0] for letter in mail.outbox} == {"kim@hanbit.kr", "new@hanbit.kr"}


def test_mail_server_that_refuses_is_told_not_raised(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_mail: EmailMessage, *_: Any, **__: Any) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", refuse)

    response = client.post("/accounts/signup/", FIELDS, follow=True)

    assert User.objects.count() == 1
    assert "편지를 보내지 못했습니다" in text(response)


def test_sign_ins_and_failures_are_written_down_by_id_only(
    client: Client, person: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="dure.sign_in"):
        client.post("/accounts/login/", {"login": person.email, "password": "wrong"})
        client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        client.post("/accounts/logout/")

    written = [
        (r.getMessage(), r.__dict__["user"]) for r in caplog.records if r.name == "dure.sign_in"
    ]
    assert written == [
        ("sign-in failed", None),
        ("signed in", person.pk),
        ("signed out", person.pk),
    ]
    assert person.email not in caplog.text
    assert PASSWORD not in caplog.text


def test_every_letter_allauth_can_send_has_our_words() -> None:

    folder = Path(allauth.__file__).parent / "templates"
    sent = {
        path.relative_to(folder).as_posix().removesuffix("_subject.txt")
        for area in ("account", "mfa")
        for path in (folder / area / "email").glob("*_subject.txt")
        if not any(word in path.name for word in ("code_subject", "webauthn"))
    }

    assert sent == set(LETTERS)
