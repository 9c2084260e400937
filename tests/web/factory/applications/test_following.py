"""After submitting: status, supplement, decision, withdrawal."""

import pytest
from django.test import Client
from django.urls import reverse

from dure.foundation.audit.models import AuditEntry
from dure.programme.support import actions, queries
from dure.programme.support.actions import DecisionReason
from tests.factories.support import DECLARED, make_operator
from tests.web.factory.applications.forms import typed
from tests.web.factory.people import Person, make_colleague
from tests.web.page import errors, parsed, part, words

pytestmark = pytest.mark.django_db
REQUEST = "견적서의 합계와 적은 비용이 다릅니다."


@pytest.fixture
def returned(submitted: int) -> int:
    """A submitted application that a reviewer wants corrected."""
    actions.request_supplement(make_operator(), submitted, text=REQUEST)
    return submitted


def _main(person: Person, application_id: int) -> str:
    return words(part(person.get("application-status", application_id), "main"))


def test_the_status_shows_the_whole_process_and_every_answer(
    applicant: Person, submitted: int
) -> None:
    page = parsed(applicant.get("application-status", submitted))

    stages = page.xpath('//section[@aria-labelledby="stages-title"]//li')
    assert len(stages) == 20
    (now,) = page.xpath('//li[@aria-current="step"]')
    assert "요건검토 지금 단계" in words(now)
    assert "운영기관" in words(now)
    text = words(page.xpath("//main")[0])
    assert "1억 2,000만원" not in text
    assert "120,000,000원" in text
    assert "제출했습니다" in text


def test_a_supplement_request_says_what_and_until_when(applicant: Person, returned: int) -> None:
    text = _main(applicant, returned)

    due = queries.get_application(applicant.actor.own_organisation_id, returned).due_on
    assert REQUEST in text
    assert f"{due:%Y.%m.%d.}" in text
    assert "보완하러 가기" in text
    assert REQUEST in applicant.get("application", returned)
    assert REQUEST in applicant.get("application-topic", returned, "cost")
    assert f"보완 기한 {due:%Y.%m.%d.}" in words(part(applicant.get("application-list"), "main"))


def test_a_correction_is_submitted_as_a_new_version(applicant: Person, returned: int) -> None:
    applicant.post(
        "application-topic", returned, "cost", go="next", **typed("cost", hardware="70,000,000")
    )
    assert "보완해서 다시 제출하기" in applicant.get("application-check", returned)

    applicant.post("application-submit", returned, **dict.fromkeys(DECLARED, "on"))

    view = queries.get_application(applicant.actor.own_organisation_id, returned)
    assert (view.state, view.version) == ("submitted", 2)
    receipt = words(part(applicant.get("application-receipt", returned), "main"))
    assert "보완한 신청서를 제출했습니다" in receipt
    assert "70,000,000원" in _main(applicant, returned)
    assert "보완해서 다시 제출했습니다" in _main(applicant, returned)


def test_a_decision_comes_with_its_reasons_and_without_a_name(
    applicant: Person, submitted: int
) -> None:
    operator = make_operator()
    actions.decide_requirement(
        operator,
        submitted,
        is_met=False,
        reasons=[DecisionReason(rule="manufacturer"), DecisionReason(text="현장이 없습니다.")],
    )

    text = _main(applicant, submitted)

    assert "요건에 맞지 않아 여기에서 끝났습니다." in text
    assert "제조업을 하는 기업입니다.현장이 없습니다." in text
    assert "운영기관 담당자" in text
    assert operator.label not in text
    assert "여기에서 끝났습니다: 부적합" in text


def test_withdrawing_needs_a_reason(applicant: Person, submitted: int) -> None:
    page = applicant.post("application-withdraw", submitted, status=422, reason=" ")

    assert errors(page) == {"id_reason": "취소하는 이유: 취소하는 이유를 적어 주세요."}
    view = queries.get_application(applicant.actor.own_organisation_id, submitted)
    assert view.state == "submitted"


def test_a_withdrawn_application_keeps_its_answers_and_reason(
    applicant: Person, submitted: int
) -> None:
    assert "취소하면 되돌릴 수 없습니다." in applicant.get("application-withdraw", submitted)

    applicant.post("application-withdraw", submitted, reason="다른 사업에 신청합니다.")

    text = _main(applicant, submitted)
    assert "다른 사업에 신청합니다." in text
    assert "120,000,000원" in text
    entry = AuditEntry.objects.get(action="support:application:withdrawn")
    assert (entry.reason, entry.actor_user_id) == (
        "다른 사업에 신청합니다.",
        applicant.actor.user_id,
    )


def test_a_decided_application_cannot_be_withdrawn(applicant: Person, submitted: int) -> None:
    actions.decide_requirement(
        make_operator(), submitted, is_met=True, reasons=[DecisionReason(text="확인했습니다.")]
    )

    assert reverse("factory:application-withdraw", args=(submitted,)) not in applicant.get(
        "application-status", submitted
    )
    applicant.post("application-withdraw", submitted, reason="늦었습니다.")

    view = queries.get_application(applicant.actor.own_organisation_id, submitted)
    assert view.state == "requirement_met"


def test_an_engineer_reads_the_status_and_cannot_withdraw(
    applicant: Person, submitted: int
) -> None:
    engineer = make_colleague(applicant, "engineer", Client())

    assert reverse("factory:application-withdraw", args=(submitted,)) not in engineer.get(
        "application-status", submitted
    )
    engineer.post("application-withdraw", submitted, status=403, reason="제 마음대로")

    view = queries.get_application(applicant.actor.own_organisation_id, submitted)
    assert view.state == "submitted"


def test_a_draft_has_no_status_yet(applicant: Person, draft: int) -> None:
    answer = applicant.client.get(reverse("factory:application-status", args=(draft,)))

    assert answer.headers["Location"] == reverse("factory:application", args=(draft,))
