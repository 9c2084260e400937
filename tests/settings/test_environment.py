"""Settings from the environment: read strictly, contradictions refused, secure when asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from dure.settings.database import database_of
from dure.settings.environment import read_environment
from dure.settings.mail import mail_of, reaches_people
from dure.settings.security import security_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("DURE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DURE_DATA_DIR", str(tmp_path / "data"))


def test_defaults_run_on_one_machine(tmp_path: Path) -> None:
    found = read_environment()

    assert found.database_url == f"sqlite:///{tmp_path}/data/dure.sqlite3"
    assert found.email_url == f"file://{tmp_path}/data/mail"
    assert (found.debug, found.secure, found.trusted_proxies) == (False, False, 0)
    assert found.session_seconds == 7200


def test_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first, again = read_environment().secret_key, read_environment().secret_key

    kept = tmp_path / "data" / "secret_key"
    assert first == again == kept.read_text()
    assert len(first) >= 64
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"DURE_SECURE": "1"}, "DURE_SITE_URL"),
        ({"DURE_SECURE": "1", "DURE_DEBUG": "1", "DURE_SITE_URL": "https://a"}, "DURE_DEBUG"),
        ({"DURE_HOSTS": "a.kr"}, "DURE_HOSTS must name"),
        ({"DURE_SECURE": "yes"}, "neither 0 nor 1"),
        ({"DURE_TRUSTED_PROXIES": "-1"}, "not a whole number"),
        ({"DURE_UPLOAD_LIMIT_BYTES": "20GB"}, "not a whole number"),
        ({"DURE_SESSION_SECONDS": "60"}, "at least 600"),
    ],
)
def test_wrong_or_contradicting_values_stop_the_start(
    values: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=said):
        read_environment()


def test_hosts_are_split_and_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DURE_HOSTS", "a.kr, .b.kr,,")
    monkeypatch.setenv("DURE_SITE_URL", "http://www.b.kr:8080")

    assert read_environment().hosts == ("a.kr", ".b.kr")


def test_secure_installation_stays_on_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DURE_SECURE", "1")
    monkeypatch.setenv("DURE_SITE_URL", "https://dure.example/")
    monkeypatch.setenv("DURE_HOSTS", "dure.example")
    monkeypatch.setenv("DURE_TRUSTED_PROXIES", "1")

    found = security_of(read_environment())

    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://dure.example"]
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_secure_installation_passes_djangos_own_deployment_checks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=os.environ
        | {
            "DURE_DATA_DIR": str(tmp_path),
            "DURE_SECURE": "1",
            "DURE_SITE_URL": "https://dure.example",
            "DURE_HOSTS": "dure.example",
            "DURE_TRUSTED_PROXIES": "1",
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_forwarded_protocol_is_not_believed_without_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DURE_SECURE", "1")
    monkeypatch.setenv("DURE_SITE_URL", "https://dure.example")
    monkeypatch.setenv("DURE_HOSTS", "dure.example")

    assert "SECURE_PROXY_SSL_HEADER" not in security_of(read_environment())


def test_plain_installation_needs_no_https() -> None:
    found = security_of(read_environment())

    assert "SECURE_SSL_REDIRECT" not in found
    assert found["CSRF_COOKIE_HTTPONLY"] is True


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1", (25, False, False, "")),
        ("smtp+tls://u%40a.kr:p%2Fw@mail.kr", (587, True, False, "p/w")),
        ("smtps://u:p@mail.kr:2465", (2465, False, True, "p")),
    ],
)
def test_mail_server_by_address(url: str, expected: tuple[int, bool, bool, str]) -> None:
    found = mail_of(url)

    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (
        found["EMAIL_PORT"],
        found["EMAIL_USE_TLS"],
        found["EMAIL_USE_SSL"],
        found["EMAIL_HOST_PASSWORD"],
    ) == expected
    assert found["EMAIL_TIMEOUT"] == 20
    assert reaches_people(url)


def test_mail_as_files_reaches_nobody() -> None:
    found = mail_of("file:///tmp/dure%20mail")

    assert found["EMAIL_FILE_PATH"] == "/tmp/dure mail"  # noqa: S108 - a value, not a file
    assert not reaches_people("file:///tmp/x")


@pytest.mark.parametrize("url", ["imap://a", "smtp://", "smtps:mail"])
def test_mail_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DURE_EMAIL_URL"):
        mail_of(url)


def test_databases_by_address() -> None:
    sqlite = database_of("sqlite:////var/lib/dure.sqlite3")
    server = database_of("postgresql://dure:p%40ss@db.kr:5433/dure?sslmode=verify-full")
    socket = database_of("postgresql:///dure?host=/run/pg&port=5434")

    assert sqlite["NAME"] == "/var/lib/dure.sqlite3"
    assert "synchronous=FULL" in sqlite["OPTIONS"]["init_command"]
    assert (server["HOST"], server["PORT"], server["PASSWORD"]) == ("db.kr", "5433", "p@ss")
    assert server["OPTIONS"] == {"pool": True, "sslmode": "verify-full"}
    assert (socket["HOST"], socket["PORT"], socket["NAME"]) == ("/run/pg", "5434", "dure")
    assert socket["OPTIONS"] == {"pool": True}


def test_another_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="neither sqlite nor postgresql"):
        database_of("mysql://a/b")
