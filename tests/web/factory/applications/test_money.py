"""Live arithmetic: what the money would be for what is typed at this moment."""

import pytest
from django.urls import reverse

from dure.programme.support import queries
from tests.web.factory.applications.forms import typed
from tests.web.factory.people import Person
from tests.web.page import inside, parsed, part, words

pytestmark = pytest.mark.django_db


def _sums(page: str) -> dict[str, str]:
    rows = parsed(page).xpath('//dl[@class="sf-sum"]/div')
    return {words(row.find("dt")): words(row.find("dd")) for row in rows}


def _total(person: Person, application_id: int) -> int | None:
    amount = queries.get_application(person.actor.own_organisation_id, application_id).amount
    return amount.total_cost_krw if amount else None


def test_what_is_typed_is_calculated_and_not_kept(applicant: Person, draft: int) -> None:
    said = applicant.post(
        "application-money", draft, "cost", status=200, **typed("cost", hardware="2억 8,300만원")
    )

    assert _sums(said) == {
        "정부지원금 (최대 50%)": "2억원",
        "기업부담금": "2억원",
        "총사업비": "4억원",
    }
    assert _total(applicant, draft) == 177_000_000


def test_the_part_equals_the_one_of_a_full_page(applicant: Person, draft: int) -> None:
    sent = typed("cost", hardware="1억원")
    said = applicant.post("application-money", draft, "cost", status=200, **sent)

    applicant.post("application-topic", draft, "cost", **sent, go="leave")
    whole = part(applicant.get("application-topic", draft, "cost"), "money")

    assert inside(parsed(f"<div>{said}</div>")) == inside(whole)
    assert whole.get("hx-post") == reverse("factory:application-money", args=(draft, "cost"))


def test_the_cap_holds_and_every_step_names_its_value(applicant: Person, draft: int) -> None:
    said = applicant.post(
        "application-money", draft, "cost", status=200, **typed("cost", hardware="5억원")
    )

    assert _sums(said)["정부지원금 (최대 50%)"] == "2억원"
    steps = [words(step) for step in parsed(said).xpath('//ol[@class="sf-trace"]/li')]
    assert steps[0] == "총사업비(부가세 제외): 617,000,000원"
    assert any(step.startswith("지원한도: 200,000,000원") for step in steps)


def test_an_unreadable_amount_counts_as_empty(applicant: Person, draft: int) -> None:
    said = applicant.post(
        "application-money", draft, "cost", status=200, **typed("cost", hardware="많이")
    )

    assert _sums(said)["총사업비"] == "1억 1,700만원"


def test_a_firm_the_rules_refuse_is_told_beside_the_arithmetic(
    applicant: Person, draft: int
) -> None:
    applicant.post(
        "application-topic", draft, "standing", **typed("standing", tax_arrears="yes"), go="next"
    )

    page = applicant.get("application-topic", draft, "cost")

    assert _sums(page)["정부지원금 (최대 50%)"] == "8,850만원"
    assert "지원금이 0원으로 계산됩니다" in words(part(page, "money"))


def test_before_there_is_a_cost_it_says_what_to_do(applicant: Person, draft: int) -> None:
    said = applicant.post("application-money", draft, "cost", status=200)

    assert "지원유형을 고르고 비용을 적으면" in said
