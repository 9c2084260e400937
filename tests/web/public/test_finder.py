"""The finder: six questions, answers that stay, and matches with reasons and money."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from dure.kernel.names import Name
from dure.policy.facts import Facts
from dure.policy.questions import finder_questions
from dure.web.public.finder_answers import answers_of, facts_of, has_answers
from tests.factories.foundation import make_user
from tests.factories.support import make_call
from tests.web.public.asking import UPGRADING, answer

pytestmark = pytest.mark.django_db
FINDER, RESULT = "/finder/", "/finder/result/"


def page(client: Client, url: str, **query: Any) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def kept(client: Client) -> Facts:
    request = RequestFactory().get("/")
    request.session = client.session
    return answers_of(request)


def test_six_questions_ask_for_every_fact_but_the_target(client: Client) -> None:
    shown = page(client, FINDER)

    assert [question.key for question in finder_questions()] == [
        *("wants", "trade", "size", "level", "history", "standing")
    ]
    for question in finder_questions():
        assert f'id="q-{question.key}"' in shown
    assert "질문 6" in shown and "질문 7" not in shown


def test_choices_are_those_of_the_data(client: Client) -> None:
    shown = page(client, FINDER)

    assert all(word in shown for word in ("소상공인", "22 고무 및 플라스틱제품 제조업", "경기도"))
    assert "설비데이터 자동 수집" in shown
    assert "강원특별자치도" in shown


def test_answers_become_facts_and_lead_to_the_result(client: Client) -> None:
    response = client.post(FINDER, UPGRADING)

    assert response.status_code == 302
    assert response.headers["Location"] == RESULT
    assert kept(client) == Facts(
        wants="upgrade",
        manufacturer=True,
        ksic="22",
        province="gyeonggi",
        firm_size="small",
        system_level="basic",
        prior_support="new_build",
        workplace_built_before=True,
        has_supplier=True,
        business_status="operating",
        tax_arrears=False,
        credit_default=False,
        insolvency=False,
        excluded=False,
    )


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        ({}, Facts()),
        ({"standing": "unknown", "wants": "unknown"}, Facts()),
        ({"manufacturer": "no"}, Facts(manufacturer=False)),
        (
            {"standing": "some", "standing_items": ["tax_arrears", "business_status:closed"]},
            Facts(
                business_status="closed",
                tax_arrears=True,
                credit_default=False,
                insolvency=False,
                excluded=False,
            ),
        ),
        ({"firm_size": "gigantic", "wants": "build"}, Facts(wants="build")),
        ({"manufacturer": "perhaps"}, Facts()),
    ],
)
def test_what_is_not_said_stays_unknown(answers: dict[str, Any], facts: Facts) -> None:
    assert facts_of(answers) == facts


def test_answers_stay_in_the_form_and_through_signing_in(client: Client) -> None:
    answer(client)
    make_user("owner@example.kr", password="pw-한빛-1")
    signed_in = client.post(
        reverse("account_login"), {"login": "owner@example.kr", "password": "pw-한빛-1"}
    )

    assert signed_in.status_code == 302
    assert kept(client).firm_size == "small"
    assert 'value="small" id="id_firm_size_1" checked' in page(client, FINDER).replace("\n", " ")


def test_a_form_without_any_answer_is_refused(client: Client) -> None:
    response = client.post(FINDER, {"wants": "unknown"})
    shown = response.content.decode()

    assert response.status_code == 422
    assert "아는 것 한 가지만이라도 골라 주세요." in shown
    assert "<title>오류: " in shown
    assert not has_answers(response.wsgi_request)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"firm_size": "gigantic"}, "보기에 있는 것을 골라 주세요."),
        ({"standing": "none", "standing_items": ["excluded"]}, "해당하는 것이 있습니다"),
        ({"standing": "some"}, "해당하는 것을 모두 골라 주세요."),
        (
            {
                "standing": "some",
                "standing_items": ["business_status:closed", "business_status:suspended"],
            },
            "사업자 상태: 하나만 골라 주세요.",
        ),
    ],
)
def test_contradictions_and_made_up_values_are_refused_and_nothing_kept(
    client: Client, changes: dict[str, Any], message: str
) -> None:
    response = client.post(FINDER, UPGRADING | changes)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not has_answers(response.wsgi_request)


def test_ticking_what_applies_says_that_something_does(client: Client) -> None:
    without = {key: value for key, value in UPGRADING.items() if key != "standing"}
    client.post(FINDER, without | {"standing_items": ["tax_arrears"]})

    assert kept(client).tax_arrears is True
    assert kept(client).business_status == "operating"


def test_a_change_shows_what_it_leads_to_and_is_kept(client: Client) -> None:
    response = client.post(FINDER, {"wants": "upgrade"}, headers={"HX-Request": "true"})
    shown = response.content.decode()

    assert response.status_code == 200
    assert "<html" not in shown
    assert "최대 2억원" in shown and "6개 가운데 1개" in shown
    assert kept(client).wants == "upgrade"


def test_the_result_without_answers_leads_to_the_questions(client: Client) -> None:
    response = client.get(RESULT, follow=True)

    assert response.redirect_chain == [(FINDER, 302)]
    assert "먼저 질문에 답해 주세요." in response.content.decode()


def test_the_result_says_which_rules_it_uses(client: Client) -> None:
    answer(client)
    shown = page(client, RESULT)

    assert "2023년 규칙 기준 · 오늘의 규칙은 아닙니다" in shown
    assert "가능 1, 확인 필요 0, 어려움 1" in shown
    assert "최대" in shown and "2억원" in shown and "4억원 이상" in shown


def test_a_match_gives_its_reasons_with_source_and_who_decides(client: Client) -> None:
    answer(client, has_supplier="no", system_level="unknown")
    shown = page(client, RESULT)

    assert "신청하기 전에 공급기업을 정해야 합니다." in shown
    assert "도입기업(공급기업 선정)" in shown
    assert "뉴스핌 2021-06-01" in shown
    assert "현재 수준을 확인해야 합니다." in shown
    assert "수준확인 기관 또는 평가위원" in shown


def test_another_day_has_its_own_rules(client: Client) -> None:
    answer(client)
    shown = page(client, RESULT, as_of="2021-03-01")

    assert "2021년 규칙 기준" in shown and "오늘의 규칙은 아닙니다" not in shown
    assert "고도화2" in shown and "4억원" in shown and "동일수준" not in shown


@pytest.mark.parametrize("day", ["2019-12-31", "2024-01-01", "2026-11-24"])
def test_a_day_without_rules_is_refused_with_the_days_that_have_some(
    client: Client, day: str
) -> None:
    answer(client)
    response = client.get(RESULT, {"as_of": day})
    shown = response.content.decode()

    assert response.status_code == 422
    assert "2020.01.01.(수)부터 2023.12.31.(일)까지의 날짜를 골라 주세요." in shown


@pytest.mark.parametrize("day", ["어제", "2021-13-01", "03/01/2021"])
def test_what_is_no_day_is_refused(client: Client, day: str) -> None:
    answer(client)
    response = client.get(RESULT, {"as_of": day})

    assert response.status_code == 422
    assert "날짜는 2021-03-01처럼 입력해 주세요." in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "government", "company"),
    [
        ("160,000,000", "8,000만원", "8,000만원"),
        ("1억 6,000만원", "8,000만원", "8,000만원"),
        ("500000000", "2억원", "3억원"),
        ("0", "0원", "0원"),
        ("9999", "4,000원", "5,999원"),
    ],
)
def test_a_typed_cost_is_calculated_with(
    client: Client, typed: str, government: str, company: str
) -> None:
    answer(client)
    shown = page(client, RESULT, cost=typed)

    assert f"<dt>정부지원금</dt><dd>{government}</dd>" in shown
    assert f"<dt>기업부담금</dt><dd>{company}</dd>" in shown
    assert "왜 이 금액인가요" in shown


def test_a_refused_match_pays_nothing_and_says_so(client: Client) -> None:
    answer(client, standing="some", standing_items=["tax_arrears"])
    shown = page(client, RESULT, cost="100000000")

    assert "국세나 지방세를 체납한 기업은 지원하지 않습니다." in shown
    assert "<dt>정부지원금</dt><dd>0원</dd>" in shown
    assert "<dt>정부지원금</dt><dd>5,000만원</dd>" not in shown


@pytest.mark.parametrize("cost", ["많이", "-5", "1억1억", "9" * 18, "1.5", "9" * 5000])
def test_what_is_no_amount_is_refused(client: Client, cost: str) -> None:
    answer(client)
    response = client.get(RESULT, {"cost": cost})

    assert response.status_code == 422
    assert "금액" in response.content.decode()


def test_the_amount_alone_comes_back_while_typing(client: Client) -> None:
    answer(client)
    response = client.get(RESULT, {"cost": "1억"}, headers={"HX-Request": "true"})
    shown = response.content.decode()

    assert 'id="matches"' in shown and "<html" not in shown
    assert "<dd>5,000만원</dd>" in shown
    assert "HX-Request" in response.headers["Vary"]


def test_going_back_in_history_gives_the_whole_page(client: Client) -> None:
    answer(client)
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get(RESULT, {"cost": "1억"}, headers=back).content.decode()


def test_forgetting_removes_every_answer(client: Client) -> None:
    answer(client)
    response = client.post("/finder/forget/", follow=True)

    assert "답을 모두 지웠습니다." in response.content.decode()
    assert kept(client) == Facts()
    assert client.get("/finder/forget/").status_code == 405


def test_the_answers_are_told_beside_the_result(client: Client) -> None:
    answer(client)
    shown = page(client, RESULT)

    assert "22 고무 및 플라스틱제품 제조업" in shown
    assert "이전 지원 이력: 신규구축(기초) 지원" in shown
    assert "해당하는 것이 없습니다" in shown
    assert 'href="/finder/#q-standing"' in shown


def test_english_reads_the_same_data(client: Client) -> None:
    with translation.override("en"):
        response = client.get(FINDER, headers={"Accept-Language": "en"})
    shown = response.content.decode()

    assert '<html lang="en"' in shown
    assert "What would you like to do?" in shown and "Rubber and plastics" in shown


def test_a_match_leads_to_the_open_call_that_closes_first(client: Client) -> None:
    make_call(title=Name("늦은 공고", "Late call"), closes_at=datetime(2999, 1, 2, tzinfo=UTC))
    make_call(
        title=Name("이른 공고", "Early call"),
        tiers=("upgrade1",),
        closes_at=datetime(2999, 1, 1, tzinfo=UTC),
    )
    answer(client)
    shown = page(client, RESULT)
    upgrade = shown.partition('id="general-upgrade1"')[2].partition("</article>")[0]
    same = shown.partition('id="general-same_level"')[2].partition("</article>")[0]

    assert "이른 공고" in upgrade and "늦은 공고" not in upgrade
    assert "늦은 공고" in same
    assert "2023년 규칙으로 받습니다" in upgrade


def test_without_a_call_a_match_says_so(client: Client) -> None:
    answer(client)

    assert "지금 접수 중인 공고가 없습니다." in page(client, RESULT)
