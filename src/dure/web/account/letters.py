"""The letters that accounts send, by allauth's name for each; plain text, short, one address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, a body with `{named}` fields, and which value of allauth's is its address."""

    subject: str | Promise
    body: str | Promise
    address: str = ""


_CONFIRM = Letter(
    _("전자우편을 확인해 주세요"),
    _("두레에 이 전자우편으로 가입했습니다. 본인이 맞으면 아래 주소를 열고 '확인'을 눌러 주세요."),
    "activate_url",
)

LETTERS: Mapping[str, Letter] = {
    "account/email/email_confirmation": _CONFIRM,
    "account/email/email_confirmation_signup": _CONFIRM,
    "account/email/password_reset_key": Letter(
        _("비밀번호를 다시 정해 주세요"),
        _("아래 주소를 열어 새 비밀번호를 정해 주세요. 한 시간 동안 한 번만 쓸 수 있습니다."),
        "password_reset_url",
    ),
    "account/email/unknown_account": Letter(
        _("가입하지 않은 전자우편입니다"),
        _("이 전자우편으로 비밀번호를 다시 정하려 했지만, 가입한 계정이 없습니다. 가입하려면:"),
        "signup_url",
    ),
    "account/email/account_already_exists": Letter(
        _("이미 가입한 전자우편입니다"),
        _("이 전자우편으로 다시 가입하려 했습니다. 비밀번호를 잊었다면 아래에서 다시 정하세요."),
        "password_reset_url",
    ),
    "account/email/password_changed": Letter(
        _("비밀번호를 바꿨습니다"), _("계정의 비밀번호를 바꿨습니다.")
    ),
    "account/email/password_reset": Letter(
        _("비밀번호를 다시 정했습니다"), _("계정의 비밀번호를 다시 정했습니다.")
    ),
    "account/email/password_set": Letter(
        _("비밀번호를 정했습니다"), _("계정의 비밀번호를 정했습니다.")
    ),
    "account/email/email_changed": Letter(
        _("전자우편을 바꿨습니다"),
        _("계정의 전자우편을 바꿨습니다.\n전: {from_email}\n후: {to_email}"),
    ),
    "account/email/email_confirm": Letter(
        _("전자우편을 확인했습니다"), _("계정의 전자우편을 확인했습니다.")
    ),
    "account/email/email_deleted": Letter(
        _("전자우편을 지웠습니다"), _("계정에서 전자우편을 지웠습니다: {deleted_email}")
    ),
    "mfa/email/totp_activated": Letter(
        _("두 단계 로그인을 켰습니다"), _("계정의 두 단계 로그인을 켰습니다.")
    ),
    "mfa/email/totp_deactivated": Letter(
        _("두 단계 로그인을 껐습니다"), _("계정의 두 단계 로그인을 껐습니다.")
    ),
    "mfa/email/recovery_codes_generated": Letter(
        _("비상 코드를 새로 만들었습니다"),
        _("계정의 비상 코드를 새로 만들었습니다. 전에 받은 코드는 쓸 수 없습니다."),
    ),
}


def write_letter(name: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body in the language now active; raises KeyError for an unknown name."""
    letter = LETTERS[name]
    parts = [str(letter.body).format(**_texts(values))]
    if letter.address:
        parts.append(str(values[letter.address]))
        parts.append(gettext("본인이 한 일이 아니면 이 편지를 그냥 두셔도 됩니다."))
    else:
        parts.append(
            gettext("본인이 한 일이 아니면 바로 비밀번호를 바꾸고 운영 담당자에게 알려 주세요.")
        )
    return f"[{gettext('두레')}] {letter.subject}", "\n\n".join(parts) + "\n"


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
