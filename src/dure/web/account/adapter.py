"""allauth in our words: letters, messages and errors in Korean, secrets not in the clear."""

import base64
import hashlib
import hmac
import logging
import smtplib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.web.account.letters import write_letter

logger = logging.getLogger(__name__)

INVITED = "invited_email"

MESSAGES: dict[str, str | Promise] = {
    "account/messages/cannot_delete_primary_email.txt": _("알림 받는 전자우편은 지울 수 없습니다."),
    "account/messages/email_confirmation_failed.txt": _(
        "다른 계정이 이미 쓰는 전자우편이라 확인하지 못했습니다."
    ),
    "account/messages/email_confirmation_sent.txt": _(
        "확인 편지를 보냈습니다. 편지 속 주소를 열어 주세요."
    ),
    "account/messages/email_confirmed.txt": _("전자우편을 확인했습니다."),
    "account/messages/email_deleted.txt": _("전자우편을 지웠습니다."),
    "account/messages/logged_out.txt": _("로그아웃했습니다."),
    "account/messages/password_changed.txt": _("비밀번호를 바꿨습니다."),
    "account/messages/password_set.txt": _("비밀번호를 정했습니다."),
    "account/messages/primary_email_set.txt": _("알림 받는 전자우편을 바꿨습니다."),
    "account/messages/unverified_primary_email.txt": _("먼저 전자우편을 확인해 주세요."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "비상 코드를 새로 만들었습니다. 안전한 곳에 적어 두세요."
    ),
    "mfa/messages/totp_activated.txt": _("두 단계 로그인을 켰습니다."),
    "mfa/messages/totp_deactivated.txt": _("두 단계 로그인을 껐습니다."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks of the product."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("사용이 멈춘 계정입니다."),
        "duplicate_email": _("지금 쓰고 있는 전자우편입니다."),
        "email_password_mismatch": _("전자우편 또는 비밀번호가 맞지 않습니다."),
        "email_taken": _("이미 가입한 전자우편입니다. 로그인하거나 비밀번호를 다시 정해 주세요."),
        "enter_current_password": _("지금 비밀번호가 맞지 않습니다."),
        "incorrect_code": _("코드가 맞지 않습니다. 앱에 지금 보이는 숫자를 넣어 주세요."),
        "incorrect_password": _("비밀번호가 맞지 않습니다."),
        "invalid_or_expired_key": _("이미 썼거나 기간이 지난 주소입니다."),
        "invalid_password_reset": _("이미 썼거나 기간이 지난 주소입니다."),
        "rate_limited": _("너무 여러 번 시도했습니다. 몇 분 뒤에 다시 해 주세요."),
        "too_many_login_attempts": _(
            "로그인에 여러 번 실패해 잠시 막았습니다. 몇 분 뒤에 다시 해 주세요."
        ),
        "unknown_email": _("가입하지 않은 전자우편입니다."),
        "unverified_primary_email": _("먼저 전자우편을 확인해 주세요."),
    }

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether signing up with this address needs no letter: an invitation came there."""
        return bool(request.session.get(INVITED) == email.lower())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one letter; a mail server that refuses is told to the person, not raised."""
        subject, body = write_letter(template_prefix, context)
        try:
            EmailMessage(subject=subject, body=body, to=[email]).send()
        except (smtplib.SMTPException, OSError):
            logger.exception("mail refused", extra={"kind": template_prefix})
            messages.error(
                allauth_context.request,
                gettext("편지를 보내지 못했습니다. 몇 분 뒤에 다시 시도해 주세요."),
            )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth's signature
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say our sentence; what we have none for (signing in) needs none."""
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's
        return reverse("account:settings")


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps one-time-code secrets encrypted: who copies the database cannot sign in with them."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("두 단계 로그인을 끈 뒤 전자우편을 바꿔 주세요."),
        "cannot_delete_authenticator": _("두 단계 로그인을 끌 수 없습니다."),
        "cannot_generate_recovery_codes": _("먼저 두 단계 로그인을 켜 주세요."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("먼저 전자우편을 확인한 뒤 두 단계 로그인을 켜 주세요."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"dure one-time codes", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key))
