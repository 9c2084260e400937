"""The relational store: SQLite by default, PostgreSQL by address."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database_of(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:////path` or `postgresql://user:password@host:port/name`.

    What follows `?` goes to libpq: `host` (a socket's folder), `sslmode`, `sslrootcert` …

    Raises:
        ImproperlyConfigured: another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path,
            "OPTIONS": {
                # IMMEDIATE takes the write lock at once, so two writers queue rather than fail.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what a page confirmed is on disk (money and decisions live here).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        more = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or more.pop("host", ""),
            "PORT": str(parts.port or more.pop("port", "")),
            "OPTIONS": {"pool": True, **more},
        }
    raise ImproperlyConfigured(
        f"DURE_DATABASE_URL: '{parts.scheme}' is neither sqlite nor postgresql"
    )
