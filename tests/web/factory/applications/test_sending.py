"""Checking, submitting once, and the receipt."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from dure.foundation.audit.actor import SYSTEM
from dure.foundation.audit.context import acting
from dure.programme.support import queries
from dure.programme.support.models import Call, Submission
from tests.factories.support import DECLARED
from tests.web.factory.applications.forms import typed
from tests.web.factory.people import Person, make_colleague
from tests.web.page import errors, parsed, part, words

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(DECLARED, "on")


def _state(person: Person, application_id: int) -> str:
    return queries.get_application(person.actor.own_organisation_id, application_id).state


def test_every_answer_is_shown_with_a_way_to_change_it(applicant: Person, draft: int) -> None:
    page = parsed(applicant.get("application-check", draft))

    rows = {words(row.find("dt")): row for row in page.xpath('//dl[@class="sf-answers"]/div')}
    assert len(rows) == 13 + 7 + 3 + 5 + 9 + 1 + 3
    row = rows["H/W 구입비"]
    assert words(row.findall("dd")[0]) == "60,000,000원"
    assert row.xpath(".//a/@href") == [
        reverse("factory:application-topic", args=(draft, "cost")) + "#id_hardware"
    ]
    assert words(row.xpath(".//a")[0]) == "바꾸기: H/W 구입비"
    assert words(rows["S/W 구입비"].findall("dd")[0]) == "적지 않음"


def test_what_is_missing_is_listed_with_links_before_submitting(
    applicant: Person, begun: int
) -> None:
    box = part(applicant.get("application-check", begun), "unfinished")

    assert "제출하려면 " in words(box)
    links = box.xpath(".//a/@href")
    standing = reverse("factory:application-topic", args=(begun, "standing"))
    assert f"{standing}#id_tax_arrears" in links
    assert not [link for link in links if "/cost/" in link]


def test_an_incomplete_application_is_not_submitted(applicant: Person, begun: int) -> None:
    page = applicant.post("application-submit", begun, status=422, **ALL)

    assert "제출하려면 " in words(part(page, "unfinished"))
    assert _state(applicant, begun) == "draft"
    assert Submission.objects.count() == 0


def test_each_declaration_needs_its_own_tick(applicant: Person, draft: int) -> None:
    page = applicant.post("application-submit", draft, status=422, facts_true="on")

    assert set(errors(page)) == {f"id_{key}" for key in DECLARED[1:]}
    assert _state(applicant, draft) == "draft"


def test_submitting_leads_to_the_receipt(applicant: Person, draft: int) -> None:
    answer = applicant.client.post(reverse("factory:application-submit", args=(draft,)), ALL)

    assert answer.headers["Location"] == reverse("factory:application-receipt", args=(draft,))
    text = words(part(applicant.get("application-receipt", draft), "main"))
    view = queries.get_application(applicant.actor.own_organisation_id, draft)
    assert view.state == "submitted"
    assert view.number in text
    assert "요건검토 지금 단계" in text
    assert f"{view.due_on:%Y.%m.%d.}" in text
    assert "하는 곳: 운영기관" in text


def test_a_second_press_submits_nothing_more(applicant: Person, draft: int) -> None:
    address = reverse("factory:application-submit", args=(draft,))

    first, second = applicant.client.post(address, ALL), applicant.client.post(address, ALL)

    assert first.headers["Location"] == second.headers["Location"]
    assert Submission.objects.filter(application=draft).count() == 1


def test_a_submitted_application_cannot_be_checked_or_written_again(
    applicant: Person, submitted: int
) -> None:
    status = reverse("factory:application-status", args=(submitted,))

    for name, args in (
        ("application", ()),
        ("application-check", ()),
        ("application-topic", ("level",)),
    ):
        answer = applicant.client.get(reverse(f"factory:{name}", args=(submitted, *args)))
        assert answer.headers["Location"] == status


def test_a_call_that_closed_meanwhile_takes_nothing(applicant: Person, draft: int) -> None:
    with acting(SYSTEM):
        Call.objects.update(
            opens_at=timezone.now() - timedelta(days=9),
            closes_at=timezone.now() - timedelta(days=1),
        )

    page = applicant.post("application-submit", draft, status=422, **ALL)

    assert "접수가 끝난 공고입니다." in words(part(page, "error-summary"))
    assert _state(applicant, draft) == "draft"


def test_a_firm_the_rules_refuse_is_warned_and_may_submit(applicant: Person, draft: int) -> None:
    applicant.post(
        "application-topic", draft, "standing", **typed("standing", insolvency="yes"), go="next"
    )

    page = words(part(applicant.get("application-check", draft), "main"))
    assert "지금 규칙으로는 지원이 어렵습니다." in page
    assert "파산이나 회생 절차 중인 기업은 지원하지 않습니다." in page

    applicant.post("application-submit", draft, **ALL)
    assert _state(applicant, draft) == "submitted"


def test_what_must_be_checked_is_said_before_submitting(applicant: Person, draft: int) -> None:
    applicant.post("application-topic", draft, "supplier", has_supplier="false", go="next")

    page = words(part(applicant.get("application-check", draft), "main"))

    assert "담당자가 확인해야 하는 조건이 있습니다." in page
    assert "결정하는 곳: 도입기업(공급기업 선정)" in page


def test_the_receipt_is_a_pdf_with_the_number(applicant: Person, submitted: int) -> None:
    address = reverse("factory:application-receipt-pdf", args=(submitted,))

    first, second = applicant.client.get(address), applicant.client.get(address)

    content = first.getvalue()
    assert first.headers["Content-Type"] == "application/pdf"
    assert "attachment" in first.headers["Content-Disposition"]
    assert content == second.getvalue()
    number = queries.get_application(applicant.actor.own_organisation_id, submitted).number
    assert number in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "문서확인번호" in applicant.get("application-receipt", submitted)


def test_there_is_no_receipt_before_submitting(applicant: Person, draft: int) -> None:
    applicant.get("application-receipt-pdf", draft, status=404)
    answer = applicant.client.get(reverse("factory:application-receipt", args=(draft,)))

    assert answer.headers["Location"] == reverse("factory:application", args=(draft,))


def test_an_engineer_reads_and_does_not_write(applicant: Person, draft: int) -> None:
    engineer = make_colleague(applicant, "engineer", Client())

    page = engineer.get("application", draft)
    assert "신청서를 쓰고 제출하는 일은 대표가 합니다." in page
    assert reverse("factory:application-check", args=(draft,)) not in page
    engineer.post("application-submit", draft, status=403, **ALL)

    assert _state(applicant, draft) == "draft"
