"""Invitations: mailed, good once and for a while, for one address only."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.factories.foundation import make_member, make_user

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.models import AuditEntry
from dure.foundation.organisations.actions import close_organisation
from dure.foundation.organisations.errors import (
    AlreadyMemberError,
    InvitationRefusedError,
    RoleRefusedError,
)
from dure.foundation.organisations.invitations import (
    accept_invitation,
    invite_member,
    revoke_invitation,
)
from dure.foundation.organisations.models import Invitation, Membership
from dure.foundation.organisations.queries import find_actor, find_invitation, list_invitations
from dure.foundation.organisations.roles import Role

pytestmark = pytest.mark.django_db


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def owner() -> Actor:
    return make_member(user=make_user("owner@hanbit.kr", name="김한빛"))[1]


def test_invitation_is_mailed_and_accepted_once(
    owner: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent = invite_member(owner, " New@Hanbit.kr ", Role.ENGINEER)
    user = make_user("new@hanbit.kr")
    token = token_of(sent.link)

    actor = accept_invitation(token, user_id=user.pk)

    (letter,) = mail.outbox
    assert letter.to == ["new@hanbit.kr"]
    assert sent.link in letter.body
    assert "김한빛 님이 초대했습니다." in letter.body
    assert actor == find_actor(user.pk)
    assert (actor.role, actor.organisation_id) == ("engineer", owner.organisation_id)
    with pytest.raises(InvitationRefusedError, match="이미 쓰였거나"):
        accept_invitation(token, user_id=user.pk)
    assert Membership.objects.filter(user=user).count() == 1


def test_token_is_kept_only_as_a_hash(owner: Actor) -> None:
    token = token_of(invite_member(owner, "a@hanbit.kr", Role.ENGINEER).link)

    rows = list(Invitation.objects.values()) + list(AuditEntry.objects.values())
    assert token not in repr(rows)
    assert len(token) >= 43


def test_invitation_rolled_back_is_not_mailed(owner: Actor) -> None:
    sent = invite_member(owner, "a@hanbit.kr", Role.ENGINEER)

    assert mail.outbox == []
    assert not sent.is_mailed


@pytest.mark.django_db(transaction=True)
def test_sender_learns_whether_the_mail_went_out(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = make_member()[1]

    def refuse(_mail: EmailMessage, *_: Any, **__: Any) -> int:
        raise smtplib.SMTPServerDisconnected

    went = invite_member(owner, "a@hanbit.kr", Role.ENGINEER)
    monkeypatch.setattr(EmailMessage, "send", refuse)
    refused = invite_member(owner, "b@hanbit.kr", Role.ENGINEER)

    assert (went.is_mailed, refused.is_mailed) == (True, False)
    assert len(list_invitations(owner.own_organisation_id)) == 2


def test_invitation_of_another_address_is_refused(owner: Actor) -> None:
    token = token_of(invite_member(owner, "a@hanbit.kr", Role.ENGINEER).link)
    stranger = make_user("b@hanbit.kr")

    with pytest.raises(InvitationRefusedError, match="다른 전자우편"):
        accept_invitation(token, user_id=stranger.pk)

    assert find_actor(stranger.pk) is None
    assert Invitation.objects.get().accepted_at is None


def test_expired_revoked_and_unknown_invitations_are_refused(owner: Actor) -> None:
    user = make_user("a@hanbit.kr")
    token = token_of(invite_member(owner, user.email, Role.ENGINEER).link)
    later = timezone.now() + timedelta(days=7, seconds=1)

    with pytest.raises(InvitationRefusedError):
        accept_invitation(token, user_id=user.pk, now=later)
    revoke_invitation(owner, Invitation.objects.get().pk)
    with pytest.raises(InvitationRefusedError):
        accept_invitation(token, user_id=user.pk)
    with pytest.raises(InvitationRefusedError):
        accept_invitation("nonsense", user_id=user.pk)

    assert find_actor(user.pk) is None
    assert find_invitation("nonsense") is None


def test_second_invitation_withdraws_the_first(owner: Actor) -> None:
    first = invite_member(owner, "a@hanbit.kr", Role.ENGINEER)
    second = invite_member(owner, "a@hanbit.kr", Role.ENGINEER)

    offered = [find_invitation(token_of(sent.link)) for sent in (first, second)]
    assert [offer is not None and offer.is_open for offer in offered] == [False, True]
    assert len(list_invitations(owner.own_organisation_id)) == 1


def test_member_of_that_role_is_not_invited_again(owner: Actor) -> None:
    with pytest.raises(AlreadyMemberError):
        invite_member(owner, "OWNER@hanbit.kr", Role.OWNER)

    assert Invitation.objects.count() == 0


def test_engineer_neither_invites_nor_revokes(owner: Actor) -> None:
    invite_member(owner, "a@hanbit.kr", Role.ENGINEER)
    _, engineer = make_member(Role.ENGINEER, organisation=Membership.objects.get().organisation)

    with pytest.raises(RoleRefusedError):
        invite_member(engineer, "b@hanbit.kr", Role.ENGINEER)
    with pytest.raises(RoleRefusedError):
        revoke_invitation(engineer, Invitation.objects.get().pk)

    assert Invitation.objects.get().revoked_at is None


def test_other_organisations_invitation_does_not_exist(owner: Actor) -> None:
    invite_member(owner, "a@hanbit.kr", Role.ENGINEER)
    _, stranger = make_member()

    with pytest.raises(Invitation.DoesNotExist):
        revoke_invitation(stranger, Invitation.objects.get().pk)


def test_closed_organisation_lets_nobody_in(owner: Actor) -> None:
    user = make_user("a@hanbit.kr")
    token = token_of(invite_member(owner, user.email, Role.ENGINEER).link)
    close_organisation(owner, reason="폐업")

    with pytest.raises(InvitationRefusedError):
        accept_invitation(token, user_id=user.pk)


def test_line_break_in_a_name_stays_out_of_the_mail_header(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    from tests.factories.foundation import make_organisation

    _, owner = make_member(organisation=make_organisation("한빛\nBcc: x@x.kr"))

    with django_capture_on_commit_callbacks(execute=True):
        invite_member(owner, "a@hanbit.kr", Role.ENGINEER)

    assert mail.outbox[0].subject == "[두레] 구성원 초대: 한빛 Bcc: x@x.kr"
    assert mail.outbox[0].recipients() == ["a@hanbit.kr"]
