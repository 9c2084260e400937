"""A case: answers beside evidence, decision, supplement, neighbours."""

import pytest
from django.urls import reverse

from dure.foundation.notices.queries import list_notices
from dure.programme.support import actions, queries
from dure.programme.support.models import Application, RequirementDecision, Supplement
from tests.web.operator.conftest import Reviewer, Submit
from tests.web.page import parsed, part, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(submit: Submit) -> int:
    """A case whose rules all pass."""
    return submit("한빛정밀", days_ago=2)


def _errors(page: str) -> list[str]:
    return [words(link) for link in part(page, "error-summary").xpath(".//a")]


def _applicant_notices(case: int) -> list[str]:
    firm = Application.objects.get(pk=case).workplace.firm
    (member,) = firm.organisation.memberships.all()
    return [str(notice.title) for notice in list_notices(member.user_id)]


def test_answers_stand_beside_what_is_known(reviewer: Reviewer, case: int) -> None:
    page = parsed(reviewer.get("case", case))

    standing = page.xpath('//section[@aria-labelledby="topic-standing"]')[0]
    answers = {words(row.find("dt")): words(row.find("dd")) for row in standing.xpath(".//dl/div")}
    assert answers["사업자 상태"] == "계속사업자"
    evidence = words(standing.xpath('.//div[@class="sf-beside__evidence"]')[0])
    assert "체납한 세금이 없습니다." in evidence
    level = words(page.xpath('//section[@aria-labelledby="topic-level"]')[0])
    assert "데이터로 측정한 수준이 없습니다." in level


def test_rules_and_money_come_with_their_sources(reviewer: Reviewer, case: int) -> None:
    page = parsed(reviewer.get("case", case))

    rules = words(page.xpath('//section[@aria-labelledby="eligibility-title"]')[0])
    assert "제조업을 하는 기업입니다." in rules
    assert "근거: 스마트공장 사업관리시스템 화면" in rules
    money = words(page.xpath('//section[@aria-labelledby="money-title"]')[0])
    assert "8,850만원" in money
    assert "지원한도: 200,000,000원" in money


def test_cases_that_look_alike_are_named_with_a_link(reviewer: Reviewer, submit: Submit) -> None:
    first = submit("한빛정밀", address="경기도 화성시 같은로 1")
    second = submit("동해금속", address="경기도 화성시 같은로 1")

    flags = parsed(reviewer.get("case", first)).xpath('//span[@class="sf-flag"]')

    address = reverse("operator:case", args=(second,))
    shared = [words(flag) for flag in flags if address in flag.xpath(".//a/@href")]
    assert [text.split(":")[0] for text in shared] == ["같은 주소", "같은 견적 금액"]
    assert all("동해금속" in text for text in shared)


def test_a_decision_needs_an_outcome_and_a_reason(reviewer: Reviewer, case: int) -> None:
    page = reviewer.post("case-decide", case, status=422, words="  ")

    assert _errors(page) == [
        "결정: 적합이나 부적합을 골라 주세요.",
        "근거가 되는 규칙: 규칙을 하나 이상 고르거나 이유를 직접 적어 주세요.",
    ]
    assert part(page, "error-summary").xpath(".//a/@href") == [
        "#decide_outcome_group",
        "#decide_rules_group",
    ]
    assert not RequirementDecision.objects.exists()


def test_a_decision_is_kept_with_its_reasons_and_told(reviewer: Reviewer, case: int) -> None:
    answer = reviewer.client.post(
        reverse("operator:case-decide", args=(case,)) + "?stage=submitted",
        {
            "outcome": "not_met",
            "rules": ["operating", "tax_paid"],
            "words": "현장이 비어 있습니다.",
        },
    )

    assert answer.headers["Location"] == (
        reverse("operator:case", args=(case,)) + "?stage=submitted"
    )
    found = queries.get_case(case)
    assert found.state == "requirement_not_met"
    assert found.decision is not None
    assert [str(reason) for reason in found.decision.reasons] == [
        "영업 중인 사업자입니다.",
        "체납한 세금이 없습니다.",
        "현장이 비어 있습니다.",
    ]
    page = reviewer.get("case", case)
    assert "현장이 비어 있습니다." in page
    assert "결정 저장" not in page
    assert _applicant_notices(case)[0] == "요건검토 결과가 나왔습니다: 부적합"


def test_a_second_decision_is_refused(reviewer: Reviewer, case: int) -> None:
    sent = {"outcome": "met", "words": "확인했습니다."}
    reviewer.post("case-decide", case, **sent)

    reviewer.post("case-decide", case, **sent | {"outcome": "not_met"})

    assert "지금 상태에서는 할 수 없습니다. 현재 상태: 적합" in reviewer.get("case", case)
    assert queries.get_case(case).state == "requirement_met"


def test_a_rule_that_had_no_say_is_no_reason(reviewer: Reviewer, case: int) -> None:
    page = reviewer.post("case-decide", case, status=422, outcome="met", rules=["invented"])

    assert _errors(page)[0].startswith("근거가 되는 규칙: ")
    assert queries.get_case(case).state == "submitted"


def test_a_supplement_request_says_what_and_in_how_many_days(reviewer: Reviewer, case: int) -> None:
    page = reviewer.get("case", case)
    assert part(page, "supplement_days").get("value") == "5"
    assert "20일까지 줄 수 있습니다." in page

    reviewer.post("case-supplement", case, text="비용을 다시 확인해 주세요.", days="3")

    asked = Supplement.objects.get()
    page = reviewer.get("case", case)
    assert (asked.text, asked.application_id) == ("비용을 다시 확인해 주세요.", case)
    assert "비용을 다시 확인해 주세요." in words(parsed(page).xpath("//main")[0])
    assert f"{asked.due_on:%Y.%m.%d.}" in page
    assert "신청인이 보완하고 있습니다." in page
    assert "결정 저장" not in page
    assert _applicant_notices(case)[0] == "보완 요청이 왔습니다"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"text": "", "days": "3"}, "보완할 내용: 무엇을 보완해야 하는지 적어 주세요."),
        (
            {"text": "비용", "days": "21"},
            "보완 기간(영업일): 보완 기간은 1~20 영업일로 정해 주세요.",
        ),
        ({"text": "비용", "days": "셋"}, "보완 기간(영업일): 영업일 수를 정수로 적어 주세요."),
    ],
)
def test_a_wrong_supplement_request_is_told_at_its_field(
    reviewer: Reviewer, case: int, sent: dict[str, str], told: str
) -> None:
    page = reviewer.post("case-supplement", case, status=422, **sent)

    assert _errors(page) == [told]
    assert parsed(page).xpath('//details[@open]//textarea[@name="text"]')
    assert queries.get_case(case).state == "submitted"


def test_no_decision_while_the_applicant_is_correcting(reviewer: Reviewer, case: int) -> None:
    actions.request_supplement(reviewer.actor, case, text="비용을 다시 확인해 주세요.")

    reviewer.post("case-decide", case, outcome="met", words="확인했습니다.")

    assert queries.get_case(case).state == "supplement_requested"
    assert "지금 상태에서는 할 수 없습니다." in reviewer.get("case", case)


def test_neighbours_follow_the_filtered_queue(reviewer: Reviewer, submit: Submit) -> None:
    first = submit("가정밀", days_ago=9)
    submit("나금속", days_ago=6)
    last = submit("다정밀", days_ago=3)

    page = parsed(reviewer.get("case", first, stage="submitted", q="정밀"))

    query = "?stage=submitted&q=%EC%A0%95%EB%B0%80"
    assert page.xpath('//a[@rel="next"]/@href') == [reverse("operator:case", args=(last,)) + query]
    assert not page.xpath('//a[@rel="prev"]')
    (action,) = page.xpath('//form[contains(@action, "/decide/")]/@action')
    assert action == reverse("operator:case-decide", args=(first,)) + query


def test_the_history_names_who_did_what(reviewer: Reviewer, case: int) -> None:
    actions.assign_cases(reviewer.actor, [case], reviewer.actor.user_id)

    page = parsed(reviewer.get("case", case))

    history = words(page.xpath('//section[@aria-labelledby="case-history"]')[0])
    assert "담당을 배정했습니다 김도윤" in history
    assert "제출했습니다" in history


def test_a_case_nobody_submitted_is_not_found(reviewer: Reviewer) -> None:
    reviewer.get("case", 999_999, status=404)
