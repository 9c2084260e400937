"""allauth's views, each marked with who may call it.

They keep allauth's own checks (a signed-in person, a recent password); the mark here is what
the permission test reads.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponseBase

from dure.foundation.organisations.access import SIGNED_IN, public, requires

AnyView = Callable[..., HttpResponseBase]


def _open(view: AnyView) -> AnyView:
    @wraps(view)
    def opened(request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - URL captures
        return _refused_as_422(request, view(request, **kwargs))

    return public(opened)


def _own(view: AnyView) -> AnyView:
    @wraps(view)
    def owned(request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - URL captures
        return _refused_as_422(request, view(request, **kwargs))

    return requires(SIGNED_IN)(owned)


def _refused_as_422(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A form shown again is an error: 422, like every other form of the product."""
    form = (getattr(response, "context_data", None) or {}).get("form")
    if (
        request.method == "POST"
        and response.status_code == 200
        and form is not None
        and form.errors
    ):
        response.status_code = 422
    return response


login = _open(account.login)
logout = _open(account.logout)
inactive = _open(account.account_inactive)
signup = _open(account.signup)
verification_sent = _open(account.email_verification_sent)
confirm_email = _open(account.confirm_email)
password_reset = _open(account.password_reset)
password_reset_done = _open(account.password_reset_done)
password_reset_from_key = _open(account.password_reset_from_key)
password_reset_from_key_done = _open(account.password_reset_from_key_done)
mfa_authenticate = _open(mfa.authenticate)

reauthenticate = _own(account.reauthenticate)
email = _own(account.email)
password_change = _own(account.password_change)
password_set = _own(account.password_set)
mfa_index = _own(mfa.index)
mfa_reauthenticate = _own(mfa.reauthenticate)
totp_activate = _own(totp.activate_totp)
totp_deactivate = _own(totp.deactivate_totp)
recovery_codes = _own(codes.view_recovery_codes)
recovery_generate = _own(codes.generate_recovery_codes)
recovery_download = _own(codes.download_recovery_codes)
