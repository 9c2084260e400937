"""Every setting that may differ between installations, read from the environment once.

Each variable is documented in `docs/operations/environment.md`; a test keeps the two equal.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

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
    issuer: str


def read_environment() -> Environment:
    """Read `DURE_*` variables; unset ones take the embedded defaults."""
    data_dir = Path(os.environ.get("DURE_DATA_DIR", str(ROOT / "var"))).resolve()
    return Environment(
        data_dir=data_dir,
        database_url=os.environ.get("DURE_DATABASE_URL", f"sqlite:///{data_dir}/dure.sqlite3"),
        secret_key=os.environ.get("DURE_SECRET_KEY") or _kept_secret(data_dir),
        debug=os.environ.get("DURE_DEBUG", "0") == "1",
        hosts=tuple(os.environ.get("DURE_HOSTS", "127.0.0.1,localhost").split(",")),
        email_url=os.environ.get("DURE_EMAIL_URL", f"file://{data_dir}/mail"),
        email_from=os.environ.get("DURE_EMAIL_FROM", "dure@localhost"),
        secure=os.environ.get("DURE_SECURE", "0") == "1",
        site_url=os.environ.get("DURE_SITE_URL", "http://127.0.0.1:8000").rstrip("/"),
        upload_limit_bytes=int(os.environ.get("DURE_UPLOAD_LIMIT_BYTES", str(20 * 10**9))),
        trusted_proxies=int(os.environ.get("DURE_TRUSTED_PROXIES", "0")),
        issuer=os.environ.get("DURE_ISSUER", "두레 시범 서비스"),
    )


def _kept_secret(data_dir: Path) -> str:
    """The installation's own key, made once and readable by its owner alone."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()
