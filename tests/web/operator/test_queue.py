"""The queue: stages, filters in the address, order, pages, and the file."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.programme.support import actions, queries
from dure.programme.support.queries import QueueFilter
from tests.web.operator.conftest import Reviewer, Submit
from tests.web.page import inside, parsed, part, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def _firms(page: str) -> list[str]:
    return [words(a) for a in parsed(page).xpath('//th[contains(@class, "sf-queue__name")]/a')]


def _tabs(page: str) -> list[str]:
    return [words(a) for a in parsed(page).xpath('//nav[@class="sf-tabs"]/a')]


def test_an_empty_queue_says_why(reviewer: Reviewer) -> None:
    page = reviewer.get("queue")

    assert "아직 제출된 신청이 없습니다" in page
    assert "CSV 받기" not in page


def test_the_nearest_deadline_comes_first(reviewer: Reviewer, submit: Submit) -> None:
    submit("나중정밀", days_ago=1)
    submit("먼저정밀", days_ago=8)

    assert _firms(reviewer.get("queue")) == ["먼저정밀", "나중정밀"]


def test_a_row_says_what_a_reviewer_needs(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀", standing={"prior_support": "upgrade"})

    (row,) = parsed(reviewer.get("queue")).xpath("//tbody/tr")
    cells = {cell.get("data-label"): words(cell) for cell in row.xpath("./td[@data-label]")}
    assert cells["지역"] == "경기도"
    assert cells["사업"] == "고도화1"
    assert cells["정부지원금(만원)"] == "8,850"
    assert cells["상태"] == "접수"
    assert "이전 지원 이력" in cells["확인할 점"]
    assert cells["담당"] == "배정 전"
    (box,) = row.xpath('.//input[@name="application"]')
    assert box.get("data-amount") == "88500000"
    assert box.get("aria-label").startswith("한빛정밀 2026-GEN-") or "한빛정밀" in box.get(
        "aria-label"
    )


def test_tabs_count_each_stage_with_the_other_filters(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀")
    returned = submit("동해금속")
    actions.request_supplement(reviewer.actor, returned, text="비용을 다시 확인해 주세요.")

    assert _tabs(reviewer.get("queue")) == [
        "전체 2",
        "접수 1",
        "보완 요청 1",
        "적합 0",
        "부적합 0",
        "취소 0",
    ]
    narrowed = reviewer.get("queue", stage="supplement_requested", q="동해")
    assert _tabs(narrowed)[:3] == ["전체 1", "접수 0", "보완 요청 1"]
    assert _firms(narrowed) == ["동해금속"]


def test_filters_live_in_the_address_as_removable_chips(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀")

    page = parsed(reviewer.get("queue", stage="submitted", q="한빛", assignee="none"))

    chips = page.xpath('//ul[@class="sf-chips"]/li/a')
    assert [words(chip) for chip in chips] == [
        "기업명·사업장·신청 번호: 한빛 ✕조건 지우기",
        "담당: 배정 전 ✕조건 지우기",
        "모두 지우기",
    ]
    assert chips[1].get("href") == "/ops/queue/?stage=submitted&q=%ED%95%9C%EB%B9%9B"
    assert chips[2].get("href") == "/ops/queue/?stage=submitted"


@pytest.mark.parametrize("query", [{"province": "atlantis"}, {"stage": "draft"}, {"page": "x"}])
def test_what_cannot_be_asked_narrows_nothing(
    reviewer: Reviewer, submit: Submit, query: dict[str, str]
) -> None:
    submit("한빛정밀")

    page = reviewer.get("queue", **query)

    assert _firms(page) == ["한빛정밀"]
    assert not parsed(page).xpath('//ul[@class="sf-chips"]')


def test_nothing_found_offers_to_clear_the_filters(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀")

    page = parsed(reviewer.get("queue", q="없는기업"))

    (empty,) = page.xpath('//div[@class="sf-empty"]')
    assert "조건에 맞는 신청이 없습니다" in words(empty)
    assert empty.xpath(".//a/@href") == ["/ops/queue/"]


def test_the_part_for_htmx_equals_the_full_page(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀")
    address = f"{reverse('operator:queue')}?q=한빛&programme="

    answer = reviewer.client.get(address, headers=HTMX)

    whole = part(reviewer.client.get(address).content.decode(), "queue")
    fragment = part(answer.content.decode(), "queue")
    assert inside(fragment) == inside(whole)
    assert "<html" not in answer.content.decode()
    assert answer.headers["HX-Push-Url"] == "/ops/queue/?q=%ED%95%9C%EB%B9%9B"
    assert "HX-Request" in answer.headers["Vary"]


def test_going_back_in_history_gets_the_whole_page(reviewer: Reviewer) -> None:
    answer = reviewer.client.get(
        reverse("operator:queue"), headers=HTMX | {"HX-History-Restore-Request": "true"}
    )

    assert "<html" in answer.content.decode()


def test_long_queues_come_in_pages_that_keep_the_filters(
    reviewer: Reviewer, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.programme.support.queries.queue.PAGE_SIZE", 1)
    for days_ago, firm in enumerate(("다정밀", "나정밀", "가정밀")):
        submit(firm, days_ago=days_ago * 3)

    page = reviewer.get("queue", q="정밀", page="2")

    assert _firms(page) == ["나정밀"]
    assert "3건 중 2~2" in words(part(page, "queue-count"))
    links = parsed(page).xpath('//nav[@class="sf-pages"]/a/@href')
    query = "q=%EC%A0%95%EB%B0%80"
    assert links == [
        f"/ops/queue/?{query}",
        f"/ops/queue/?{query}",
        f"/ops/queue/?{query}&page=3",
        f"/ops/queue/?{query}&page=3",
    ]


def test_the_file_holds_exactly_the_filtered_rows(reviewer: Reviewer, submit: Submit) -> None:
    case = submit("=한빛,정밀")
    submit("동해금속", days_ago=3)

    answer = reviewer.client.get(reverse("operator:queue-csv"), {"q": "한빛"})

    content = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    today = timezone.localdate()
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="dure-queue-{today:%Y%m%d}.csv"'
    )
    assert content.startswith("\ufeff신청 번호,신청 기업,")
    (row,) = queries.list_queue_rows(QueueFilter(q="한빛"))
    header, line = csv.reader(io.StringIO(content.removeprefix("\ufeff")))
    assert dict(zip(header, line, strict=True)) == {
        "신청 번호": row.number,
        "신청 기업": "'=한빛,정밀",
        "사업장": "제1공장",
        "시도": "경기도",
        "사업": "스마트공장 고도화(정부일반형)",
        "지원유형": "고도화1",
        "정부지원금(원)": "88500000",
        "상태": "접수",
        "제출일": today.isoformat(),
        "처리 기한": row.due_on.isoformat() if row.due_on else "",
        "담당": "",
        "확인할 점": "측정하지 않은 수준, 같은 견적 금액 1건",
    }
    assert row.id == case


def test_today_counts_what_waits(reviewer: Reviewer, submit: Submit) -> None:
    late = submit("지난정밀", days_ago=30)
    submit("새정밀")
    returned = submit("동해금속")
    actions.request_supplement(reviewer.actor, returned, text="다시 확인해 주세요.")
    actions.assign_cases(reviewer.actor, [late], reviewer.actor.user_id)

    page = parsed(reviewer.get("today"))

    tiles = {
        words(tile.find("span")): (words(tile.find("strong")), tile.get("href"))
        for tile in page.xpath('//a[@class="sf-tile"]')
    }
    assert tiles == {
        "기한이 지난 신청": ("1건", "/ops/queue/?stage=submitted&due=overdue"),
        "오늘까지인 신청": ("0건", "/ops/queue/?stage=submitted&due=today"),
        "담당이 없는 신청": ("1건", "/ops/queue/?stage=submitted&assignee=none"),
        "보완을 기다리는 신청": ("1건", "/ops/queue/?stage=supplement_requested"),
        "보완 기한이 지난 신청": (
            "0건",
            "/ops/queue/?stage=supplement_requested&due=overdue",
        ),
    }
    mine = page.xpath('//section[@aria-labelledby="mine-title"]//li')
    assert len(mine) == 1
    assert "지난정밀" in words(mine[0])


def test_each_tile_leads_to_as_many_rows_as_it_counts(reviewer: Reviewer, submit: Submit) -> None:
    submit("지난정밀", days_ago=30)
    submit("새정밀")

    for tile in parsed(reviewer.get("today")).xpath('//a[@class="sf-tile"]'):
        rows = _firms(reviewer.client.get(tile.get("href")).content.decode())
        assert words(tile.find("strong")) == f"{len(rows)}건"


def test_the_day_of_submitting_is_the_one_in_seoul(reviewer: Reviewer, submit: Submit) -> None:
    submit("한빛정밀", days_ago=2)

    content = reviewer.client.get(reverse("operator:queue-csv")).content.decode()

    assert (timezone.localdate() - timedelta(days=2)).isoformat() in content
