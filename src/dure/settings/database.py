"""The relational store: SQLite by default, PostgreSQL by address."""

from typing import Any
from urllib.parse import unquote, urlsplit


def database_of(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:////path` or `postgresql://user:password@host:port/name`."""
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
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": True},
        }
    message = f"DURE_DATABASE_URL: '{parts.scheme}' is neither sqlite nor postgresql"
    raise ValueError(message)
