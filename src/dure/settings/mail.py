"""Outgoing mail by address: files on this machine by default, SMTP once there is a server."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TIMEOUT_SECONDS = 20
_SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_of(url: str) -> dict[str, Any]:
    """Django's EMAIL settings for `file:///folder` or `smtp(+tls|s)://user:password@host:port`.

    `smtp` is for a relay on the same machine, `smtp+tls` upgrades (STARTTLS), `smtps` is TLS
    from the start.

    Raises:
        ImproperlyConfigured: another scheme, or no host.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in _SMTP_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            f"DURE_EMAIL_URL: '{parts.scheme}' is not file, smtp, smtp+tls or smtps with a host"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }


def reaches_people(url: str) -> bool:
    """Whether mail leaves this machine, so that a new account can be asked to confirm by mail."""
    return urlsplit(url).scheme != "file"
