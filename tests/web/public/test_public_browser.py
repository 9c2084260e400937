"""Public pages in a real browser: both displays and widths, keyboard only, narrow, no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import (
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    page_of,
)
from tests.web.server import DureServer

pytestmark = pytest.mark.journey
PAGES = ("/", "/finder/", "/programmes/", "/programmes/general/", "/search/?q=지원", "/help/")
ANSWERS = {
    "wants": "upgrade",
    "manufacturer": "yes",
    "firm_size": "small",
    "system_level": "basic",
    "prior_support": "new_build",
    "workplace_built_before": "yes",
    "has_supplier": "yes",
    "standing": "none",
}


def answer(page: Page, url: str) -> None:
    page.goto(f"{url}/finder/")
    for name, value in ANSWERS.items():
        page.check(f"input[name={name}][value={value}]")
    page.get_by_role("button", name="결과 보기").click()
    page.wait_for_url("**/finder/result/")


def choose(page: Page, url: str, mode: str) -> None:
    page.goto(f"{url}/display/?next=/")
    page.check(f"input[value={mode}]")
    page.get_by_role("button", name="적용하기").click()


@pytest.fixture(params=["light", "high-contrast"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=WIDTHS)
def page(
    browser: Browser, dure_server: DureServer, mode: str, request: pytest.FixtureRequest
) -> Iterator[Page]:
    with page_of(browser, width=request.param) as opened:
        choose(opened, dure_server.url, mode)
        yield opened


def test_pages_have_no_grave_barrier(page: Page, dure_server: DureServer) -> None:
    for path in (*PAGES, "/styleguide/"):
        page.goto(dure_server.url + path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_the_result_and_an_error_have_no_grave_barrier(page: Page, dure_server: DureServer) -> None:
    answer(page, dure_server.url)
    page.goto(f"{dure_server.url}/finder/result/?cost=400000000")
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.goto(f"{dure_server.url}/finder/result/?as_of=2019-01-01&cost=%EB%A7%8E%EC%9D%B4")
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("오류: ")
    assert_accessible(page)


@pytest.mark.parametrize("path", [*PAGES, "/styleguide/", "/display/", "/privacy/"])
def test_nothing_scrolls_sideways_at_320(
    browser: Browser, dure_server: DureServer, path: str
) -> None:
    with page_of(browser, width=320) as narrow:
        narrow.goto(dure_server.url + path)
        assert_no_sideways_scroll(narrow)


def test_the_finder_by_keyboard_alone(browser: Browser, dure_server: DureServer) -> None:
    with page_of(browser) as page:
        page.goto(f"{dure_server.url}/finder/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="본문 바로가기")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()

        _tab_to(page, "input[name=wants]")
        page.keyboard.press("ArrowDown")
        assert page.locator("input[name=wants]:checked").get_attribute("value") == "upgrade"
        expect(page.locator("#preview")).to_contain_text("최대 2억원")

        _tab_to(page, "button:has-text('결과 보기')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/finder/result/")
        _tab_to(page, "#id_cost")
        page.keyboard.type("160000000")
        expect(page.locator("#id_cost_echo")).to_have_text("= 1억 6,000만원")
        expect(page.locator("#matches")).to_contain_text("8,000만원")
        assert page.evaluate("document.activeElement.id") == "id_cost"
        page.keyboard.press("Tab")
        assert page.input_value("#id_cost") == "160,000,000"


def _tab_to(page: Page, selector: str) -> None:
    target = page.locator(selector)
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate_all("found => found.includes(document.activeElement)"):
            return
    pytest.fail(f"{selector}: 탭으로 닿지 않습니다")


def test_the_finder_without_scripts(browser: Browser, dure_server: DureServer) -> None:
    with page_of(browser, width=390, scripts=False) as page:
        answer(page, dure_server.url)
        page.fill("#id_cost", "1억")
        page.get_by_role("button", name="지원금 계산").click()

        expect(page.locator("#matches")).to_contain_text("5,000만원")
        page.get_by_text("다른 날의 규칙으로 보기").click()
        page.get_by_role("link", name="2021년", exact=True).click()
        expect(page.locator("main")).to_contain_text("2021년 규칙 기준")


def test_amounts_are_repeated_in_the_words_people_use(
    browser: Browser, dure_server: DureServer
) -> None:
    with page_of(browser) as page:
        page.goto(f"{dure_server.url}/styleguide/")
        field, echo = page.locator("#id_a-cost"), page.locator("#id_a-cost_echo")
        for typed, said in (
            ("0", "= 0원"),
            ("9999", "= 9,999원"),
            ("10000", "= 1만원"),
            ("99,999,999", "= 9,999만 9,999원"),
            ("100000000원", "= 1억원"),
            ("1000000000000", "= 1조원"),
            ("12억", ""),
        ):
            field.fill(typed)
            expect(echo).to_have_text(said)


def test_ticked_rows_are_counted_and_summed(browser: Browser, dure_server: DureServer) -> None:
    with page_of(browser) as page:
        page.goto(f"{dure_server.url}/styleguide/")
        page.check("input[name=pick][value='1']")
        bar = page.locator("[data-bulk-status]")
        expect(bar).to_have_text("1건 선택 · 정부지원금 합계 1억 6,000만원")
        page.check("[data-check-all=pick]")
        expect(bar).to_have_text("2건 선택 · 정부지원금 합계 3억 5,800만원")
        page.uncheck("[data-check-all=pick]")
        expect(bar).to_have_text("신청을 선택하면 한 번에 배정할 수 있습니다")


def test_a_dialog_opens_and_gives_the_focus_back(browser: Browser, dure_server: DureServer) -> None:
    with page_of(browser) as page:
        page.goto(f"{dure_server.url}/styleguide/")
        opener = page.get_by_role("button", name="확인 창 열기")
        opener.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_accessible(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(opener).to_be_focused()
