"""Writes of invitations: send, withdraw, accept.

Kept apart from `actions` for size; `actions` of other rooms import from here by name.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import SYSTEM, Actor
from dure.foundation.audit.record import recorded
from dure.foundation.organisations.actions import check_may_give
from dure.foundation.organisations.errors import AlreadyMemberError, InvitationRefusedError
from dure.foundation.organisations.models import Invitation, Membership, Organisation
from dure.foundation.organisations.queries import InvitationView, actor_in, invitation_view
from dure.foundation.organisations.tokens import hash_of, new_token
from dure.kernel.text import Text

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """An invitation just made; `link` is shown once, only its hash is kept.

    `is_mailed` is False when the mail server refused it, or when the caller's own transaction
    has not ended yet.
    """

    view: InvitationView
    link: str
    is_mailed: bool


def invite_member(actor: Actor, email: str, role: str) -> SentInvitation:
    """Offer a role in the actor's organisation by e-mail; earlier open offers are withdrawn.

    Raises:
        RoleRefusedError: the actor may not invite, or the organisation has no such role.
        AlreadyMemberError: the address's owner holds the role.
    """
    organisation = Organisation.objects.get(pk=actor.own_organisation_id, closed_at=None)
    check_may_give(actor, organisation, role)
    return _invite(actor, organisation, email.strip().lower(), role)


def revoke_invitation(actor: Actor, invitation_id: int) -> None:
    """Withdraw an open invitation of the actor's organisation.

    Raises:
        Invitation.DoesNotExist: the organisation has no such open invitation.
        RoleRefusedError: the actor may not invite.
    """
    with recorded(actor, "organisations:invitation:revoked") as write:
        invitation = Invitation.objects.select_related("organisation").get(
            pk=invitation_id,
            organisation_id=actor.own_organisation_id,
            accepted_at=None,
            revoked_at=None,
        )
        check_may_give(actor, invitation.organisation, invitation.role)
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        write.subject(invitation, organisation_id=invitation.organisation_id)


def accept_invitation(token: str, *, user_id: int, now: datetime | None = None) -> Actor:
    """Make the signed-in person a member as the invitation offers, once.

    Returns the actor they now can be.

    Raises:
        InvitationRefusedError: unknown, used, withdrawn or expired, or sent to another address.
    """
    user = User.objects.get(pk=user_id)
    person = Actor(label=str(user), role="person", user_id=user.pk)
    with recorded(person, "organisations:invitation:accepted") as write:
        invitation = _open_invitation(token, user, now or timezone.now())
        membership, _created = Membership.objects.update_or_create(
            user=user,
            organisation=invitation.organisation,
            role=invitation.role,
            defaults={"ended_at": None},
        )
        write.subject(
            invitation,
            organisation_id=invitation.organisation_id,
            new={"user": user.pk, "role": invitation.role, "membership": membership.pk},
        )
    return actor_in(membership)


def _open_invitation(token: str, user: User, now: datetime) -> Invitation:
    """The invitation, marked as used in the same transaction so a second use finds it so."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(token_sha256=hash_of(token))
        .first()
    )
    if invitation is None or not invitation_view(invitation, now=now).is_open:
        raise InvitationRefusedError(Text("이미 쓰였거나 기한이 지난 초대입니다."))
    if invitation.email != user.email:
        raise InvitationRefusedError(
            Text("다른 전자우편 주소로 보낸 초대입니다. 초대받은 주소로 로그인해 주세요.")
        )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return invitation


def _invite(actor: Actor, organisation: Organisation, email: str, role: str) -> SentInvitation:
    if Membership.objects.filter(
        organisation=organisation, user__email=email, role=role, ended_at=None
    ).exists():
        raise AlreadyMemberError
    token, now = new_token(), timezone.now()
    link = settings.SITE_URL + reverse("account:invitation", args=[token])
    mailed: list[bool] = []
    with recorded(actor, "organisations:member:invited") as write:
        Invitation.objects.filter(
            organisation=organisation, email=email, role=role, accepted_at=None, revoked_at=None
        ).update(revoked_at=now)
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=email,
            role=role,
            token_sha256=hash_of(token),
            expires_at=now + settings.INVITATION_LIFETIME,
        )
        write.subject(invitation, organisation_id=organisation.pk, new={"role": role})
        mail = _mail_of(invitation, actor, link)
        # The token exists only in this mail and in the answer, so it cannot wait in a queue.
        transaction.on_commit(lambda: mailed.append(_sent(mail, invitation.pk)))
    return SentInvitation(invitation_view(invitation), link, is_mailed=mailed == [True])


def _sent(mail: EmailMessage, invitation_id: int) -> bool:
    try:
        return mail.send() == 1
    except (smtplib.SMTPException, OSError):
        logger.exception("mail refused", extra={"kind": "invitation", "task": invitation_id})
        return False


def _mail_of(invitation: Invitation, actor: Actor, link: str) -> EmailMessage:
    inviter = _("두레") if actor.role == SYSTEM.role else actor.label
    body = _(
        "{inviter} 님이 초대했습니다.\n\n조직: {organisation}\n역할: {role}\n\n"
        "아래 주소를 열어 수락해 주세요. 한 번만 쓸 수 있고 기한이 있습니다.\n{link}\n"
    ).format(
        inviter=inviter,
        organisation=invitation.organisation.name,
        role=invitation.get_role_display(),
        link=link,
    )
    subject = _("[두레] 구성원 초대: {name}").format(name=invitation.organisation.name)
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[invitation.email])
