"""The members page, invitations and roles, as people use them."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.factories.foundation import make_member, make_organisation, make_user
from tests.web.account.conftest import PASSWORD

from dure.foundation.accounts.models import User
from dure.foundation.audit.models import AuditEntry
from dure.foundation.organisations.invitations import invite_member
from dure.foundation.organisations.models import Invitation, Membership, Organisation
from dure.foundation.organisations.queries import find_actor
from dure.foundation.organisations.roles import Role

pytestmark = pytest.mark.django_db
INVITE = "/accounts/members/invite/"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/accounts/invitations/[\w-]+/)")


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def firm() -> Organisation:
    return make_organisation("한빛정밀")


@pytest.fixture
def owner(client: Client, firm: Organisation, person: User) -> User:
    """김한빛, owner of 한빛정밀, signed in."""
    make_member(organisation=firm, user=person)
    client.force_login(person)
    return person


def offer(owner: User, email: str = "new@hanbit.kr", role: str = Role.ENGINEER) -> str:
    """The path of a fresh invitation."""
    actor = find_actor(owner.pk)
    assert actor is not None
    found = LINK.search(invite_member(actor, email, role).link)
    assert found
    return found.group(1)


def test_owner_sees_members_and_open_invitations(
    client: Client, owner: User, firm: Organisation
) -> None:
    engineer, _ = make_member(Role.ENGINEER, organisation=firm, user=make_user(name="이현장"))
    offer(owner)
    make_member(user=make_user("stranger@other.kr", name="남의회사"))

    page = text(client.get("/accounts/members/"))

    assert "김한빛" in page
    assert "이현장" in page
    assert engineer.email in page
    assert "new@hanbit.kr" in page
    assert "남의회사" not in page


@pytest.mark.usefixtures("owner")
def test_owner_invites_and_sees_the_link_once(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = text(client.post(INVITE, {"email": "new@hanbit.kr", "role": "engineer"}))

    found = LINK.search(page)
    assert found
    assert found.group(1) in mail.outbox[0].body
    assert found.group(1) not in text(client.get("/accounts/members/"))


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "주소 아님", "role": "engineer"}, 'href="#id_email"'),
        ({"email": "a@b.kr", "role": "operator"}, 'href="#id_role'),
        ({"email": "a@b.kr"}, 'href="#id_role'),
        ({"email": "kim@hanbit.kr", "role": "owner"}, "이미 같은 역할의 구성원입니다."),
    ],
)
def test_what_cannot_be_invited_is_said(client: Client, fields: dict[str, str], said: str) -> None:
    response = client.post(INVITE, fields)

    assert response.status_code == 422
    assert said in text(response)
    assert Invitation.objects.count() == 0


def test_invitation_is_withdrawn(client: Client, owner: User) -> None:
    path = offer(owner)
    invitation = Invitation.objects.get()

    client.post(f"/accounts/members/invitations/{invitation.pk}/revoke/")

    assert Client().get(path).status_code == 410
    assert "new@hanbit.kr" not in text(client.get("/accounts/members/"))


@pytest.mark.usefixtures("owner")
def test_other_firms_invitation_is_not_found(client: Client) -> None:
    stranger, _ = make_member()
    offer(stranger)

    url = f"/accounts/members/invitations/{Invitation.objects.get().pk}/revoke/"

    assert client.post(url).status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_person_signs_up_from_the_invitation_and_accepts(owner: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    path, browser = offer(owner), Client()
    page = text(browser.get(path))
    fields = {"name": "박신입", "email": "new@hanbit.kr", "next": path}

    signed_up = browser.post(
        "/accounts/signup/", fields | {"password1": PASSWORD, "password2": PASSWORD}
    )
    accepted = browser.post(path)

    actor = find_actor(User.objects.get(email="new@hanbit.kr").pk)
    assert "한빛정밀" in page
    assert "가입하고 수락하기" in page
    assert (signed_up.status_code, signed_up["Location"]) == (302, path)
    assert EmailAddress.objects.get(email="new@hanbit.kr").verified
    assert accepted.status_code == 302
    assert actor is not None
    assert (actor.role, actor.label) == ("engineer", "박신입")


def test_address_of_the_invitation_only_is_taken_as_confirmed(
    owner: User, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    path, browser = offer(owner), Client()
    browser.get(path)
    fields = {"name": "박", "email": "other@hanbit.kr", "next": path}

    response = browser.post(
        "/accounts/signup/", fields | {"password1": PASSWORD, "password2": PASSWORD}
    )

    assert response["Location"] == "/accounts/confirm-email/"
    assert not EmailAddress.objects.filter(email="other@hanbit.kr", verified=True).exists()


def test_someone_elses_invitation_is_refused_and_stays_open(client: Client, owner: User) -> None:
    path = offer(owner)

    shown, taken = client.get(path), client.post(path)

    assert "지금은 다른 전자우편으로 로그인해 있습니다" in text(shown)
    assert taken.status_code == 422
    assert "다른 전자우편 주소로 보낸 초대입니다" in text(taken)
    assert Invitation.objects.get().accepted_at is None


def test_posting_an_invitation_without_signing_in_changes_nothing(owner: User) -> None:
    response = Client().post(offer(owner))

    assert response.status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_unknown_invitation_is_gone() -> None:
    response = Client().get("/accounts/invitations/nonsense/")

    assert response.status_code == 410
    assert "쓸 수 없는 초대입니다" in text(response)


def test_guessing_invitations_is_slowed() -> None:
    browser = Client()
    for number in range(60):
        browser.get(f"/accounts/invitations/guess{number}/")

    assert browser.get("/accounts/invitations/guess/").status_code == 429


def test_membership_is_ended_after_a_question(
    client: Client, owner: User, firm: Organisation
) -> None:
    engineer, _ = make_member(Role.ENGINEER, organisation=firm, user=make_user(name="이현장"))
    url = f"/accounts/members/{Membership.objects.get(user=engineer).pk}/end/"

    asked = text(client.get(url))
    before = find_actor(engineer.pk)
    client.post(url, {"reason": "퇴사"})

    assert "이현장" in asked
    assert before is not None
    assert find_actor(engineer.pk) is None
    assert AuditEntry.objects.get(action="organisations:membership:ended").reason == "퇴사"
    assert owner.pk != engineer.pk


def test_last_owner_is_kept_and_told_what_to_do(client: Client, owner: User) -> None:
    response = client.post(f"/accounts/members/{Membership.objects.get().pk}/end/")

    assert response.status_code == 422
    assert "마지막 남은 책임자" in text(response)
    assert "먼저 같은 역할로 초대해 주세요" in text(response)
    assert find_actor(owner.pk) is not None


def test_engineer_leaves_but_cannot_look_at_another(firm: Organisation) -> None:
    make_member(organisation=firm)
    engineer, _ = make_member(Role.ENGINEER, organisation=firm)
    own = Membership.objects.get(user=engineer)
    other = Membership.objects.get(role=Role.OWNER)
    browser = Client()
    browser.force_login(engineer)

    assert browser.get(f"/accounts/members/{other.pk}/end/").status_code == 404
    assert browser.post(f"/accounts/members/{other.pk}/end/").status_code == 404
    assert browser.post(f"/accounts/members/{own.pk}/end/").status_code == 302
    assert find_actor(engineer.pk) is None
    assert Membership.objects.get(pk=other.pk).ended_at is None


def test_role_is_switched_by_post_with_an_audit_row(client: Client, owner: User) -> None:
    make_member(organisation=make_organisation("한빛전자"), user=owner)
    second = Membership.objects.get(organisation__name="한빛전자")

    by_get = client.get("/accounts/role/", {"membership": second.pk})
    response = client.post("/accounts/role/", {"membership": second.pk})

    page = text(client.get("/accounts/"))
    assert by_get.status_code == 405
    assert response.status_code == 302
    assert re.search(r"한빛전자</strong>.*?지금 역할", page, re.S)
    assert AuditEntry.objects.filter(action="organisations:role:switched").count() == 1


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize("chosen", ["", "x", "999999"])
def test_role_that_is_not_ones_own_is_not_found(client: Client, chosen: str) -> None:
    assert client.post("/accounts/role/", {"membership": chosen}).status_code == 404


def test_anothers_membership_is_not_found(client: Client, owner: User) -> None:
    stranger, _ = make_member()
    theirs = Membership.objects.get(user=stranger)

    assert client.post("/accounts/role/", {"membership": theirs.pk}).status_code == 404
    assert owner.pk != stranger.pk


def test_name_is_changed_with_an_audit_row(client: Client, owner: User) -> None:
    client.post("/accounts/", {"name": "김한빛 대표"})
    refused = client.post("/accounts/", {"name": " "})

    owner.refresh_from_db()
    entry = AuditEntry.objects.get(action="accounts:person:renamed")
    assert owner.name == "김한빛 대표"
    assert (entry.old, entry.new) == ({"name": "김한빛"}, {"name": "김한빛 대표"})
    assert refused.status_code == 422


def test_example_firm_is_marked_on_every_page(client: Client, person: User) -> None:
    make_member(organisation=make_organisation(is_example=True), user=person)
    client.force_login(person)

    assert "지금 보는 기업과 공고는 예시입니다" in text(client.get("/accounts/"))
