"""allauth's forms with our labels, hints and nothing written inside the boxes."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PASSWORD_HINT = _(
    "10자 이상으로 정해 주세요. 숫자뿐이거나, 흔하거나, 전자우편과 비슷한 것은 쓸 수 없습니다."
)
_LABELS: dict[str, str | Promise] = {
    "login": _("전자우편"),
    "email": _("전자우편"),
    "password": _("비밀번호"),
    "oldpassword": _("지금 비밀번호"),
    "password1": _("새 비밀번호"),
    "password2": _("새 비밀번호 한 번 더"),
    "code": _("인증 코드"),
}


class OwnWords(forms.Form):
    """Mixed in before a form of allauth: labels and hints of `_LABELS`, no placeholders."""

    words: dict[str, str | Promise] = {}  # noqa: RUF012 - read only

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to allauth
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = str(self.words.get(name) or _LABELS.get(name) or field.label)
            if name in _LABELS:
                field.help_text = str(_PASSWORD_HINT) if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"inputmode": "text", "autocapitalize": "off"}


class LoginForm(OwnWords, account.LoginForm):  # type: ignore[misc]
    pass


class SignupForm(OwnWords, account.SignupForm):  # type: ignore[misc]
    words = {"password1": _("비밀번호"), "password2": _("비밀번호 한 번 더")}  # noqa: RUF012 - read only


class ReauthenticateForm(OwnWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(OwnWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(OwnWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(OwnWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangeEmailForm(OwnWords, account.AddEmailForm):  # type: ignore[misc]
    words = {"email": _("새 전자우편")}  # noqa: RUF012 - read only


class AuthenticateForm(OwnWords, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class MfaReauthenticateForm(OwnWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTotpForm(OwnWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass
