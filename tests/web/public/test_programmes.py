"""The programmes: newest known rules by year, their sources, and what changed."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.foundation import make_member

pytestmark = pytest.mark.django_db


def page(client: Client, url: str, **query: Any) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_the_list_names_the_year_of_the_rules_it_shows(client: Client) -> None:
    shown = page(client, "/programmes/")

    for name in ("스마트공장 고도화(정부일반형)", "사후관리(AS) 지원", "클라우드 전환 지원"):
        assert name in shown
    assert shown.count("2023년 규칙 기준") == 2
    assert shown.count("2021년 규칙 기준") == 1
    assert "시행 중인 규칙" not in shown


def test_a_programme_shows_its_newest_rules_and_says_they_are_not_todays(client: Client) -> None:
    shown = page(client, "/programmes/general/")

    assert "2023년 규칙 기준 · 오늘의 규칙은 아닙니다" in shown
    assert "<strong>2억원</strong>" in shown and "4억원" in shown and "9개월" in shown
    assert "제조업을 하는 기업입니다." in shown and "운영기관(중소기업확인서)" in shown
    assert "1,000원 아래 자리는 버립니다." in shown


@pytest.mark.parametrize(
    ("day", "cap"),
    [
        ("2021-12-31", "7,000만원"),
        ("2022-01-01", "7,000만원"),
        ("2022-06-28", "7,000만원"),
        ("2022-06-29", "5,000만원"),
        ("2022-06-30", "5,000만원"),
    ],
)
def test_the_basic_cap_is_that_of_the_day(client: Client, day: str, cap: str) -> None:
    shown = page(client, "/programmes/general/", as_of=day)
    row = shown.partition('<th scope="row" data-label="지원 종류">기초</th>')[2]

    assert f"<strong>{cap}</strong>" in row.partition("</td>")[0]
    assert f"{day[:4]}년 규칙 기준" in shown


def test_what_changed_is_marked_year_by_year(client: Client) -> None:
    shown = page(client, "/programmes/general/")
    row = shown.partition('<th scope="row">고도화1</th>')[2].partition("</tr>")[0]
    cells = row.split("<td")[1:]

    assert ["바뀜" in cell for cell in cells] == [False, True, True, False, False]
    assert ["없음" in cell for cell in cells] == [True, False, False, False, False]
    assert "최대 2억원" in cells[1] and "기간 확인되지 않음" in cells[1]
    assert "9개월 안" in cells[2]
    assert "2022년 6월 28일까지" in shown and "2022년 6월 29일부터" in shown


def test_what_no_text_states_is_marked(client: Client) -> None:
    shown = page(client, "/programmes/cloud_switch/")
    share = shown.partition("50%")[2].partition("</td>")[0]

    assert "확인되지 않음" in share
    assert "두레가 아는 규칙은 2021년 것 하나뿐이라" in shown


def test_the_sources_come_with_mark_and_day(client: Client) -> None:
    shown = page(client, "/programmes/general/", as_of="2021-03-01").partition("sources-title")[2]

    assert "스마트 제조혁신 실행 전략" in shown
    assert "법령·부처 원문" in shown and "2026.11.24." in shown
    assert 'href="https://m.korea.kr/briefing/' in shown


def test_a_programme_that_did_not_exist_on_a_day_says_so(client: Client) -> None:
    response = client.get("/programmes/cloud_switch/", {"as_of": "2022-05-01"})
    shown = response.content.decode()

    assert response.status_code == 422
    assert "클라우드 전환 지원: 2022.05.01.(일)에는 없던 사업입니다." in shown
    assert "2021년 규칙 기준" in shown


@pytest.mark.parametrize("day", ["2019-12-31", "2024-01-01", "x"])
def test_a_day_without_rules_is_refused(client: Client, day: str) -> None:
    response = client.get("/programmes/general/", {"as_of": day})
    shown = response.content.decode()

    assert response.status_code == 422
    assert 'href="#id_as_of"' in shown and 'id="id_as_of"' in shown


@pytest.mark.parametrize("key", ["none-such", "..", "general-2"])
def test_an_unknown_programme_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/programmes/{key}/").status_code == 404
    assert client.get(f"/programmes/{key}/years.csv").status_code == 404


def test_the_years_come_as_csv_for_spreadsheets(client: Client) -> None:
    response = client.get("/programmes/after_service/years.csv")
    lines = response.content.decode("utf-8").splitlines()

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0] == "\ufeff,2021년,2022년,2023년"
    assert lines[1] == "사업 이름,사후관리(AS) 지원,사후관리(AS) 지원,사후관리(AS) 지원"
    assert '긴급복구형,"최대 500만원, 비율 50%, 기간 확인되지 않음"' in lines[2]


def test_a_visitor_is_led_to_sign_in_and_back(client: Client) -> None:
    assert "로그인하고 신청하기" in page(client, "/programmes/general/")


def test_an_engineer_is_told_who_may_apply(client: Client) -> None:
    user, _ = make_member("engineer")
    client.force_login(user)

    assert "회사의 대표 계정으로 신청할 수 있습니다." in page(client, "/programmes/general/")


def test_the_steps_and_what_is_asked_come_from_the_data(client: Client) -> None:
    shown = page(client, "/programmes/general/")
    steps = shown.partition('id="steps-title"')[2].partition("</section>")[0]
    asked = shown.partition('id="asked-title"')[2].partition("</section>")[0]

    assert steps.index("요건검토") < steps.index("현장평가") < steps.index("협약")
    assert "사업자등록번호" in asked and "미리 채움" in asked
    assert "두레가 확인하지 못했습니다." in asked
