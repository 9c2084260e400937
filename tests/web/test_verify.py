"""The public check of documents: number, file, both; what a stranger learns and what not."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dure.foundation.documents.actions import issue_document, revoke_document
from dure.foundation.documents.queries import DocumentView
from dure.foundation.files.models import StoredFile
from dure.foundation.files.queries import get_file
from tests.factories.foundation import make_member, make_organisation

pytestmark = pytest.mark.django_db
PAGE = "/verify/"


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def document() -> DocumentView:
    _, actor = make_member(organisation=make_organisation("한빛정밀"))
    return issue_document(
        actor,
        organisation_id=actor.own_organisation_id,
        kind="application-receipt",
        template="documents/base.html",
        context={},
        title="한빛정밀 접수증",
    )


def pdf_of(document: DocumentView) -> bytes:
    return get_file(document.organisation_id, document.file_id).path.read_bytes()


def upload(client: Client, content: bytes, number: str = "") -> str:
    file = SimpleUploadedFile("접수증.pdf", content, "application/pdf")
    response = client.post(PAGE, {"number": number, "file": file})
    assert response.status_code == 200
    return response.content.decode()


def test_number_of_an_issued_document_shows_kind_day_and_issuer(
    client: Client, document: DocumentView
) -> None:
    typed = document.number.lower().replace("-", " ")

    by_code = client.get(reverse("public:verify", args=[document.number])).content.decode()
    by_hand = client.post(PAGE, {"number": typed}).content.decode()
    by_query = client.get(PAGE, {"number": typed}).content.decode()

    for page in (by_code, by_hand, by_query):
        assert "두레가 발급한 번호입니다" in page
        assert "지원사업 신청 접수증" in page
        assert "두레 시범 서비스" in page
        assert "한빛정밀" not in page


def test_number_never_issued_is_said_so(client: Client) -> None:
    from dure.foundation.documents.numbers import new_number

    page = client.get(reverse("public:verify", args=[new_number(2026)]))

    assert page.status_code == 200
    assert "이 번호로 발급한 문서가 없습니다" in page.content.decode()


@pytest.mark.parametrize("number", ["2026-2222-2222", "x", "2026-IOIO-1111"])
def test_mistyped_number_is_an_error_at_its_field(client: Client, number: str) -> None:
    page = client.post(PAGE, {"number": number})

    assert page.status_code == 422
    assert "번호를 잘못 입력했습니다" in page.content.decode()
    assert 'href="#id_number"' in page.content.decode()


def test_nothing_given_is_an_error(client: Client) -> None:
    page = client.post(PAGE, {"number": ""})

    assert page.status_code == 422
    assert "문서확인번호를 입력하거나 PDF 파일을 골라 주세요" in page.content.decode()


def test_unchanged_file_matches_with_and_without_its_number(
    client: Client, document: DocumentView
) -> None:
    content = pdf_of(document)

    alone, both = upload(client, content), upload(client, content, document.number)

    assert "발급한 그대로의 문서입니다" in alone
    assert "발급한 그대로의 문서입니다" in both
    assert document.number in alone


def test_one_changed_byte_does_not_match(client: Client, document: DocumentView) -> None:
    content = bytearray(pdf_of(document))
    content[len(content) // 2] ^= 1

    alone, both = upload(client, bytes(content)), upload(client, bytes(content), document.number)

    assert "이 파일과 같은 문서를 발급한 적이 없습니다" in alone
    assert "번호는 맞지만 파일이 다릅니다" in both


def test_revoked_document_is_void_even_when_the_file_is_unchanged(
    client: Client, document: DocumentView
) -> None:
    _, actor = make_member()
    content = pdf_of(document)
    revoke_document(
        actor,
        organisation_id=document.organisation_id,
        document_id=document.id,
        reason="김철수 대표 요청",
    )

    page = upload(client, content, document.number)

    assert "취소된 문서입니다" in page
    assert "김철수" not in page


@pytest.mark.usefixtures("document")
def test_checked_file_is_not_kept(client: Client, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}

    upload(client, b"%PDF-1.7 something else")

    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
    assert StoredFile.objects.count() == 1


def test_far_too_large_file_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.web.public.verify.LARGEST_FILE", 10)

    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 long")
    page = client.post(PAGE, {"file": file})

    assert page.status_code == 422
    assert "훨씬 큰 파일입니다" in page.content.decode()


def test_guessing_numbers_is_slowed_for_one_address_only(client: Client) -> None:
    for _ in range(30):
        assert client.get(PAGE, REMOTE_ADDR="203.0.113.9").status_code == 200

    refused = client.get(PAGE, REMOTE_ADDR="203.0.113.9")

    assert refused.status_code == 429
    assert "같은 요청이 너무 많습니다" in refused.content.decode()
    assert client.get(PAGE, REMOTE_ADDR="203.0.113.10").status_code == 200


def test_other_methods_are_refused(client: Client) -> None:
    assert client.delete(PAGE).status_code == 405
