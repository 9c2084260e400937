"""Documents: rendered once, kept with number and hash, tagged, and void when revoked."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError
from django.utils import timezone, translation
from pypdf import PdfReader
from tests.factories.foundation import make_member, make_organisation

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.models import AuditEntry
from dure.foundation.documents import actions
from dure.foundation.documents.actions import issue_document, revoke_document
from dure.foundation.documents.errors import RenderingError, RevocationError
from dure.foundation.documents.models import Document
from dure.foundation.documents.numbers import read_number
from dure.foundation.documents.queries import (
    DocumentView,
    find_by_hash,
    find_document,
    get_document,
    list_documents,
)
from dure.foundation.documents.templatetags.documents import long_date, long_moment
from dure.foundation.files.models import StoredFile
from dure.foundation.files.queries import get_file
from dure.kernel.text import Text

pytestmark = pytest.mark.django_db

KIND = "application-receipt"


def issue(actor: Actor, template: str, **changes: Any) -> DocumentView:
    values: dict[str, Any] = {
        "organisation_id": actor.own_organisation_id,
        "kind": KIND,
        "template": template,
        "context": {"firm": "한빛정밀", "amount": 160_000_000},
        "title": Text("지원사업 신청 접수증"),
    }
    return issue_document(actor, **(values | changes))


def read(document: DocumentView) -> PdfReader:
    return PdfReader(get_file(document.organisation_id, document.file_id).path)


def text_of(document: DocumentView) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def test_issued_document_says_what_it_is_in_text_anyone_can_extract(receipt: str) -> None:
    _, actor = make_member()

    with translation.override("en"):
        document = issue(actor, receipt)

    text = text_of(document)
    assert "지원사업 신청 접수증" in text
    assert "한빛정밀" in text
    assert "금 160,000,000원(금일억육천만원)" in text
    assert f"문서확인번호 {document.number}" in text
    assert long_date(timezone.now()) in text
    assert "1 / 1" in text
    assert f"http://127.0.0.1:8000/verify/{document.number}/" in text.replace(" ", "")
    assert "정부가 발급한 문서가 아닙니다" in text


def test_issued_document_is_a_tagged_archive_pdf(receipt: str) -> None:
    _, actor = make_member()

    pdf = read(issue(actor, receipt))

    catalog: Any = pdf.trailer["/Root"]
    claims = catalog["/Metadata"].get_object().get_data().decode()
    assert catalog["/Lang"] == "ko"
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert catalog["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert 'pdfaid:part="3"' in claims
    assert 'pdfaid:conformance="U"' in claims
    assert 'pdfuaid:part="1"' in claims
    assert claims.count("<rdf:RDF") == 1
    assert pdf.metadata is not None
    assert pdf.metadata.author == "두레 시범 서비스"


def test_every_font_is_embedded_and_the_page_is_a4(receipt: str) -> None:
    _, actor = make_member()

    (page,) = read(issue(actor, receipt)).pages

    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
    faces = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]
    assert faces
    assert all(
        "/FontFile3" in f["/FontDescriptor"] or "/FontFile2" in f["/FontDescriptor"] for f in faces
    )
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]


def test_long_document_counts_its_pages_and_repeats_its_number(receipt: str) -> None:
    _, actor = make_member()

    document = issue(actor, receipt, context={"firm": "가", "amount": 1, "extra": "<p>줄</p>" * 90})

    pages = [page.extract_text() for page in read(document).pages]
    assert len(pages) > 1
    assert all(f"{n} / {len(pages)}" in text for n, text in enumerate(pages, start=1))
    assert all(document.number in text for text in pages)


def test_number_hash_file_and_audit_row_belong_together(receipt: str) -> None:
    user, actor = make_member()

    document = issue(actor, receipt)

    stored = get_file(document.organisation_id, document.file_id)
    entry = AuditEntry.objects.get(action="documents:document:issued")
    assert read_number(document.number) == document.number
    assert document.number.startswith(f"{timezone.localdate().year}-")
    assert hashlib.sha256(stored.path.read_bytes()).hexdigest() == document.sha256 == stored.sha256
    assert (stored.name, stored.media_type) == (f"{document.number}.pdf", "application/pdf")
    assert (entry.actor_user_id, entry.subject_id) == (user.pk, str(document.id))
    assert entry.new == {"number": document.number, "kind": KIND, "sha256": document.sha256}


def test_example_organisation_is_marked_on_paper_and_to_the_public(receipt: str) -> None:
    _, actor = make_member(organisation=make_organisation(is_example=True))

    document = issue(actor, receipt)
    found = find_document(document.number)

    assert "예시 문서입니다" in text_of(document)
    assert found is not None
    assert found.is_example


def test_same_key_is_issued_once_until_revoked(receipt: str) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id

    first, again = issue(actor, receipt, key="7"), issue(actor, receipt, key="7")
    other = issue(actor, receipt, key="8")
    revoke_document(actor, organisation_id=org, document_id=first.id, reason="금액 정정")
    anew = issue(actor, receipt, key="7")

    assert again == first
    assert len({first.number, other.number, anew.number}) == 3
    assert Document.objects.count() == 3


def test_two_requests_for_one_key_at_once_leave_one_document(receipt: str) -> None:
    _, actor = make_member()
    first = issue(actor, receipt, key="7")
    looked = iter([None, first])

    with patch.object(actions, "find_issued", lambda *_: next(looked)):
        second = issue(actor, receipt, key="7")

    assert second == first
    assert Document.objects.count() == StoredFile.objects.count() == 1
    assert len(_contents(first)) == 1


def test_failure_leaves_neither_row_nor_file(receipt: str) -> None:
    _, actor = make_member()
    first = issue(actor, receipt)

    with (
        patch.object(actions, "_unused_number", lambda _year: first.number),
        pytest.raises(IntegrityError),
    ):
        issue(actor, receipt, context={"firm": "다른 회사", "amount": 1})

    assert Document.objects.count() == StoredFile.objects.count() == 1
    assert len(_contents(first)) == 1


def _contents(document: DocumentView) -> list[Path]:
    folder = get_file(document.organisation_id, document.file_id).path.parents[1]
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "extra",
    [
        "<img src='http://127.0.0.1:9/x.png'>",
        "<img src='file:///etc/passwd'>",
        "<link rel='stylesheet' href='https://example.com/a.css'>",
        "<style>@font-face { font-family: a; src: url(http://127.0.0.1:9/a.woff2) }</style>",
    ],
)
def test_nothing_is_fetched_from_anywhere(receipt: str, extra: str) -> None:
    _, actor = make_member()

    with pytest.raises(RenderingError):
        issue(actor, receipt, context={"firm": "가", "amount": 1, "extra": extra})

    assert Document.objects.count() == StoredFile.objects.count() == 0


def test_values_are_escaped(receipt: str) -> None:
    _, actor = make_member()

    document = issue(actor, receipt, context={"firm": "<b>한빛</b> & 정밀", "amount": 1})

    assert "<b>한빛</b> & 정밀" in text_of(document)


def test_unknown_kind_is_refused_before_anything_is_made(receipt: str) -> None:
    _, actor = make_member()

    with pytest.raises(ValueError, match="diploma"):
        issue(actor, receipt, kind="diploma")

    assert StoredFile.objects.count() == 0


def test_another_organisation_finds_nothing(receipt: str) -> None:
    _, actor = make_member()
    _, stranger = make_member()
    document = issue(actor, receipt)

    with pytest.raises(Document.DoesNotExist):
        get_document(stranger.own_organisation_id, document.id)
    assert list_documents(stranger.own_organisation_id) == ()
    assert list_documents(actor.own_organisation_id, kind=KIND) == (document,)
    assert list_documents(actor.own_organisation_id, kind="other") == ()


def test_anyone_finds_a_document_by_number_or_bytes_and_learns_no_name(receipt: str) -> None:
    _, actor = make_member()
    document = issue(actor, receipt, title="한빛정밀 접수증")

    by_number = find_document(document.number.lower())
    by_hash = find_by_hash(document.sha256)

    assert by_number == by_hash
    assert by_number is not None
    assert by_number.kind_label == "지원사업 신청 접수증"
    assert "한빛" not in repr(by_number)
    assert find_document("2026-2222-2222") is None
    assert find_document("아무 글") is None
    assert find_by_hash("0" * 64) is None


def test_revoked_document_stays_and_says_so(receipt: str) -> None:
    _, actor = make_member()
    org = actor.own_organisation_id
    document = issue(actor, receipt)

    revoke_document(actor, organisation_id=org, document_id=document.id, reason=" 금액 정정 ")

    view, public = get_document(org, document.id), find_document(document.number)
    assert view.revoked_reason == "금액 정정"
    assert public is not None
    assert public.revoked_at == view.revoked_at is not None
    assert AuditEntry.objects.get(action="documents:document:revoked").reason == " 금액 정정 "


def test_revoking_needs_a_reason_and_happens_once(receipt: str) -> None:
    _, actor = make_member()
    _, stranger = make_member()
    org = actor.own_organisation_id
    document = issue(actor, receipt)

    with pytest.raises(RevocationError, match="까닭"):
        revoke_document(actor, organisation_id=org, document_id=document.id, reason="  ")
    with pytest.raises(Document.DoesNotExist):
        revoke_document(
            stranger,
            organisation_id=stranger.own_organisation_id,
            document_id=document.id,
            reason="x",
        )
    assert Document.objects.get().revoked_at is None
    revoke_document(actor, organisation_id=org, document_id=document.id, reason="정정")
    with pytest.raises(RevocationError, match="이미 취소"):
        revoke_document(actor, organisation_id=org, document_id=document.id, reason="다시")

    assert Document.objects.get().revoked_reason == "정정"


def test_days_are_written_the_long_way() -> None:
    moment = timezone.datetime.fromisoformat("2026-11-23T05:05:00+00:00")

    assert long_date(date(2026, 1, 2)) == "2026년 1월 2일"
    assert long_moment(moment) == "2026년 11월 23일 14시 05분"


def test_qr_code_holds_the_verification_address() -> None:
    from dure.foundation.documents.verification import qr_picture, verify_url

    picture = qr_picture("2026-7KQM-4TXB")

    assert verify_url("2026-7KQM-4TXB") == "http://127.0.0.1:8000/verify/2026-7KQM-4TXB/"
    assert "<title>문서 확인 주소의 QR 코드: 2026-7KQM-4TXB</title>" in picture
    assert picture.startswith("<svg")
    assert "style=" not in picture
