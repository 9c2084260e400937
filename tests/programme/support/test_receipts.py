"""The receipt: one PDF per submission, made by the job or on demand, and checkable by anyone."""

from typing import Any

import pytest
from pypdf import PdfReader
from tests.factories.support import DECLARED, NOW, make_call, make_draft, make_operator
from tests.factories.support import make_applicant as new_applicant
from tests.factories.support import make_submitted as new_submitted

from dure.foundation.documents.models import Document
from dure.foundation.documents.queries import find_document
from dure.foundation.files.queries import get_file
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.worker import run_pending
from dure.programme.support import actions, queries
from dure.programme.support.errors import NotPossibleNowError
from dure.programme.support.models import Application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def text_of(document: Any) -> str:
    """All words without the spaces, which a line break may have replaced."""
    pages = PdfReader(get_file(document.organisation_id, document.file_id).path).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def view_of(actor: Any, application_id: int) -> queries.ApplicationView:
    return queries.get_application(actor.own_organisation_id, application_id, now=NOW)


def test_a_receipt_says_what_was_submitted_and_verifies() -> None:
    actor, application_id = new_submitted(make_call())

    document = actions.issue_receipt(actor, application_id)

    text = text_of(document)
    for part in (
        "지원사업 신청 접수증",
        "2026-GEN-100001",
        "한빛정밀",
        "금 177,000,000원(금일억칠천칠백만원)",
        "금 88,500,000원(금팔천팔백오십만원)",
        "2026년 11월 24일 10시 00분",
        "경기도 화성시 두레로 1",
        "기업부담금은 우리 기업이 직접 냅니다.",
        "2023-05-02 기준 규칙",
    ):
        assert "".join(part.split()) in text
    found = find_document(document.number)
    assert found is not None
    assert found.sha256 == document.sha256
    assert view_of(actor, application_id).receipt_id == document.id


def test_a_receipt_is_made_once_per_submission() -> None:
    operator = make_operator()
    actor, application_id = new_submitted(make_call())
    first = actions.issue_receipt(actor, application_id)
    assert actions.issue_receipt(actor, application_id) == first
    actions.request_supplement(operator, application_id, text="견적서", now=NOW)
    actions.submit_application(actor, application_id, declared=DECLARED, now=NOW)
    assert view_of(actor, application_id).receipt_id is None

    second = actions.issue_receipt(actor, application_id)

    assert second.id != first.id
    assert Document.objects.count() == 2
    assert "2번째제출" in text_of(second)


def test_the_job_makes_the_receipt_without_anyone_asking() -> None:
    actor, application_id = new_submitted(make_call())
    assert view_of(actor, application_id).receipt_id is None

    run_pending()

    job = Job.objects.get(kind="support.receipt")
    assert (job.state, job.result) == ("done", {"document": Document.objects.get().pk})
    assert view_of(actor, application_id).receipt_id == Document.objects.get().pk
    assert queries.get_case(application_id, now=NOW).receipt_id == Document.objects.get().pk


def test_a_receipt_tells_what_the_rules_give_where_they_refuse() -> None:
    actor, application_id = new_submitted(make_call(), standing={"tax_arrears": "yes"})

    text = text_of(actions.issue_receipt(actor, application_id))

    assert "금88,500,000원" in text
    assert "금0원(금영원)" in text
    assert "담당자가요건을검토한다음정합니다." in text


def test_there_is_no_receipt_of_a_draft_or_of_anothers_application() -> None:
    actor, workplace_id = new_applicant()
    draft = make_draft(actor, workplace_id, make_call())
    _, submitted = new_submitted(make_call())

    with pytest.raises(NotPossibleNowError):
        actions.issue_receipt(actor, draft)
    with pytest.raises(Application.DoesNotExist):
        actions.issue_receipt(actor, submitted)

    assert not Document.objects.exists()
