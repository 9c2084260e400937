"""What `DURE_SECURE=1` turns on: HTTPS only, cookies that stay on it, the proxy's word for it."""

from typing import Any

from dure.settings.environment import Environment

HSTS_SECONDS = 365 * 24 * 60 * 60


def security_of(environment: Environment) -> dict[str, Any]:
    """Django's security settings; without `secure` only what plain HTTP allows."""
    always = {
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "ALLAUTH_TRUSTED_PROXY_COUNT": environment.trusted_proxies,
    }
    if not environment.secure:
        return always
    return (
        always
        | _proxied(environment)
        | {
            # The prefix makes browsers refuse these cookies from plain HTTP and from subdomains.
            "SESSION_COOKIE_NAME": "__Host-session",
            "SESSION_COOKIE_SECURE": True,
            "CSRF_COOKIE_NAME": "__Host-csrf",
            "CSRF_COOKIE_SECURE": True,
            "LANGUAGE_COOKIE_SECURE": True,
            "CSRF_TRUSTED_ORIGINS": [environment.site_url],
            "SECURE_SSL_REDIRECT": True,
            # The load balancer asks for these by plain HTTP, from inside.
            "SECURE_REDIRECT_EXEMPT": [r"^healthz$", r"^readyz$"],
            "SECURE_HSTS_SECONDS": HSTS_SECONDS,
            # Subdomains and browsers' preload lists are the choice of whoever owns the domain.
            "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],
        }
    )


def _proxied(environment: Environment) -> dict[str, Any]:
    # Believed only where a proxy is known to set it: otherwise any client could claim HTTPS.
    if not environment.trusted_proxies:
        return {}
    return {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}
