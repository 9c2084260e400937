"""Every setting that may differ between installations, read from the environment once.

Each variable is documented in `docs/operations/environment.md`; a test keeps the two equal.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Environment:
    """Settings by environment; the defaults run the whole product on one machine."""

    data_dir: Path
    database_url: str
    secret_key: str
    debug: bool
    hosts: tuple[str, ...]
    email_url: str
    email_from: str
    secure: bool
    site_url: str
    upload_limit_bytes: int
    trusted_proxies: int
    session_seconds: int
    issuer: str


def read_environment() -> Environment:
    """Read `DURE_*` variables; unset ones take the embedded defaults.

    Raises:
        ImproperlyConfigured: a value that cannot be read, or values that contradict each other.
    """
    data_dir = Path(os.environ.get("DURE_DATA_DIR", str(ROOT / "var"))).resolve()
    found = Environment(
        data_dir=data_dir,
        database_url=os.environ.get("DURE_DATABASE_URL", f"sqlite:///{data_dir}/dure.sqlite3"),
        secret_key=os.environ.get("DURE_SECRET_KEY") or _kept_secret(data_dir),
        debug=_flag("DURE_DEBUG"),
        hosts=_names("DURE_HOSTS", "127.0.0.1,localhost"),
        email_url=os.environ.get("DURE_EMAIL_URL", f"file://{data_dir}/mail"),
        email_from=os.environ.get("DURE_EMAIL_FROM", "dure@localhost"),
        secure=_flag("DURE_SECURE"),
        site_url=os.environ.get("DURE_SITE_URL", "http://127.0.0.1:8000").rstrip("/"),
        upload_limit_bytes=_number("DURE_UPLOAD_LIMIT_BYTES", 20 * 10**9),
        trusted_proxies=_number("DURE_TRUSTED_PROXIES", 0),
        session_seconds=_number("DURE_SESSION_SECONDS", 2 * 60 * 60),
        issuer=os.environ.get("DURE_ISSUER", "두레 시범 서비스"),
    )
    _refuse_contradictions(found)
    return found


def _refuse_contradictions(found: Environment) -> None:
    if found.secure and found.debug:
        raise ImproperlyConfigured("DURE_SECURE=1 and DURE_DEBUG=1: error pages would show secrets")
    if found.secure and not found.site_url.startswith("https://"):
        raise ImproperlyConfigured("DURE_SECURE=1 needs DURE_SITE_URL to start with https://")
    if not validate_host(urlsplit(found.site_url).netloc.split(":")[0], found.hosts):
        raise ImproperlyConfigured("DURE_HOSTS must name the host of DURE_SITE_URL")
    if found.session_seconds < 600:
        raise ImproperlyConfigured("DURE_SESSION_SECONDS: at least 600, people need time to write")


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name}: '{value}' is neither 0 nor 1")
    return value == "1"


def _number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}: '{value}' is not a whole number")
    return int(value)


def _names(name: str, default: str) -> tuple[str, ...]:
    names = (part.strip() for part in os.environ.get(name, default).split(","))
    return tuple(part for part in names if part)


def _kept_secret(data_dir: Path) -> str:
    """The installation's own key, made once and readable by its owner alone."""
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        # Web server and worker may start at once: only one of them makes the key.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()
