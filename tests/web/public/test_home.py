"""The first page: what one can do, what is open now, and announced figures with their source."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from dure.kernel.names import Name
from dure.web.public.chart import bar_chart
from dure.web.public.open_calls import call_lines, current_lines
from dure.web.public.published import published_series
from tests.factories.support import CLOSES, NOW, OPENS, make_call

pytestmark = pytest.mark.django_db


def shown(client: Client, url: str = "/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_without_calls_the_page_says_so(client: Client) -> None:
    assert "지금 접수 중인 공고가 없습니다." in shown(client)


def test_a_call_shows_its_most_money_its_deadline_and_that_it_is_an_example() -> None:
    make_call(title=Name("2027년 고도화", "Upgrade 2027"), is_example=True)
    (line,) = call_lines(NOW)

    assert (line.max_krw, line.when, line.tone) == (200_000_000, "2일 남음", "danger")
    assert line.other_year == 2023
    assert line.url.startswith("/programmes/general/?as_of=2023-") and line.url.endswith("#calls")


@pytest.mark.parametrize(
    ("now", "when", "tone", "is_open"),
    [
        (datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC), "2026.11.02.(월) 시작", "neutral", False),
        (OPENS, "24일 남음", "primary", True),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "4일 남음", "primary", True),
        (datetime(2026, 11, 23, 3, 0, tzinfo=UTC), "3일 남음", "danger", True),
        (CLOSES, "오늘까지", "danger", True),
        (datetime(2026, 11, 26, 9, 0, 1, tzinfo=UTC), "마감", "neutral", False),
    ],
)
def test_the_deadline_counts_seouls_days(
    now: datetime, when: str, tone: str, is_open: bool
) -> None:
    make_call()
    (line,) = call_lines(now)

    assert (line.when, line.tone, line.is_open) == (when, tone, is_open)


def test_the_first_page_leaves_out_what_is_closed_and_what_has_no_room() -> None:
    for number in range(6):
        make_call(title=Name(f"공고 {number}", f"Call {number}"))
    make_call(closes_at=datetime(2026, 11, 3, tzinfo=UTC))

    assert len(current_lines(NOW)) == 4
    assert {line.call.state for line in current_lines(NOW)} == {"open"}
    assert len(call_lines(NOW)) == 7
    assert call_lines(NOW, programme="after_service") == ()


def test_an_open_call_is_found_and_stands_on_its_programme(client: Client) -> None:
    far = datetime(2999, 1, 1, tzinfo=UTC)
    make_call(title=Name("끝없는 공고", "Endless call"), closes_at=far, is_example=True)

    assert "끝없는 공고" in shown(client)
    assert "끝없는 공고" in shown(client, "/programmes/")
    assert "끝없는 공고" in shown(client, "/search/?q=끝없는")
    page = shown(client, "/programmes/general/").partition('id="calls"')[2]
    assert "끝없는 공고" in page and "예시" in page
    assert "2023년 규칙으로 받습니다" in page
    assert "끝없는 공고" not in shown(client, "/programmes/after_service/")


def test_the_figures_come_with_sentence_table_and_source(client: Client) -> None:
    page = shown(client)

    assert "2024년 말까지 35,282개입니다. 2023년 말보다 2,620개 늘었습니다." in page
    assert "표로 보기" in page and 'href="/facts/factories.csv"' in page
    assert page.count("값의 발표·보도") == len(published_series("factories").values)


def test_the_series_comes_as_csv(client: Client) -> None:
    response = client.get("/facts/factories.csv")
    lines = response.content.decode().splitlines()

    assert lines[0] == "\ufeffyear,스마트공장 누적 보급 수,source"
    assert lines[-1].startswith("2024,35282,https://")
    assert client.get("/facts/unknown.csv").status_code == 404


def test_no_label_of_the_chart_leaves_its_frame() -> None:
    chart = bar_chart(published_series("factories"), width=350, height=260, labels=3)
    last = chart.columns[-1]

    assert last.labelled and last.middle + 25 <= chart.width
    assert [column.value for column in chart.columns][-1] == 35_282
    assert max(column.height for column in chart.columns) == last.height


def test_offers_name_the_year_of_their_rules(client: Client) -> None:
    page = shown(client).partition('id="support"')[2].partition("</section>")[0]

    assert page.count("2023년 규칙 기준") == 2 and page.count("2021년 규칙 기준") == 1
    assert "확인되지 않음" in page
