"""For load balancers, and what holds on every answer."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tests.factories.foundation import make_user

pytestmark = pytest.mark.django_db


def test_process_is_up_without_touching_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"up": True})


def test_ready_when_database_and_folder_work(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True})
    assert "no-store" in response["Cache-Control"]


def test_not_ready_without_a_folder_to_write_in(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "gone"

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"ready": False})


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("password=secret host=db")

    monkeypatch.setattr(connection, "cursor", away)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/healthz", "/nowhere/", "/verify/x/"])
def test_every_answer_carries_the_protecting_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_page_of_someone_signed_in_is_kept_by_no_cache(client: Client) -> None:
    visitor = client.get("/help/")
    client.force_login(make_user())

    assert "Cache-Control" not in visitor
    assert client.get("/help/")["Cache-Control"] == "private, no-store"


def test_visitor_may_not_send_a_large_file(client: Client, settings: Settings) -> None:
    settings.ANONYMOUS_UPLOAD_LIMIT_BYTES = 1_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", bytes(2_000))})

    assert response.status_code == 413
    assert "파일이 너무 큽니다" in response.content.decode()
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


def test_someone_signed_in_may_send_up_to_the_limit(client: Client, settings: Settings) -> None:
    settings.ANONYMOUS_UPLOAD_LIMIT_BYTES = 1_000
    settings.UPLOAD_LIMIT_BYTES = 3_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client.force_login(make_user())

    under = client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", bytes(2_000))})
    over = client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", bytes(4_000))})

    assert (under.status_code, over.status_code) == (200, 413)
