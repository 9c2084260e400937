"""Writes down who signs in, fails to, or changes how they sign in; ids only, never addresses."""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import Signal

logger = logging.getLogger("dure.sign_in")

EVENTS: tuple[tuple[Signal, str], ...] = (
    (auth.user_logged_in, "signed in"),
    (auth.user_logged_out, "signed out"),
    (auth.user_login_failed, "sign-in failed"),
    (account.user_signed_up, "signed up"),
    (account.password_changed, "password changed"),
    (account.password_reset, "password reset"),
    (account.email_changed, "address changed"),
    (account.email_confirmed, "address confirmed"),
    (mfa.authenticator_added, "two-step sign-in on"),
    (mfa.authenticator_removed, "two-step sign-in off"),
    (mfa.authenticator_reset, "recovery codes renewed"),
    (mfa.authentication_failed, "code refused"),
)


def listen() -> None:
    """Connect every event once."""
    for signal, said in EVENTS:
        signal.connect(_writer(said), weak=False, dispatch_uid=f"dure {said}")


def _writer(said: str) -> Any:  # noqa: ANN401 - a signal's receiver
    def write(sender: Any, **values: Any) -> None:  # noqa: ANN401, ARG001 - a signal's values
        user = values.get("user") or getattr(values.get("email_address"), "user", None)
        logger.info(said, extra={"user": getattr(user, "pk", None)})

    return write
