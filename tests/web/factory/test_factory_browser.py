"""From signing up to the own page in a real browser, at both widths."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import WIDTHS, assert_accessible, assert_no_sideways_scroll, page_of
from tests.web.server import DureServer

pytestmark = pytest.mark.journey
PASSWORD = "hanbit-2026-pw"
NUMBERS = {1440: "999-88-00014", 390: "999-88-00028"}


def check(page: Page) -> None:
    assert_accessible(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_newcomer_registers_and_lands_on_the_own_page(
    browser: Browser, dure_server: DureServer, width: int
) -> None:
    with page_of(browser, width=width) as page:
        sign_up(page, dure_server.url, f"newcomer{width}@hanbit.kr")
        expect(page.get_by_role("heading", level=2, name="먼저 사업장을 등록")).to_be_visible()
        check(page)
        page.get_by_role("link", name="사업장 등록하기").click()

        page.fill("#id_firm_name", "한빛정밀")
        page.fill("#id_business_number", "123-45-67890")
        page.fill("#id_workplace_name", "제1공장")
        find_trade(page)
        page.select_option("#id_province", "gyeonggi")
        page.fill("#id_annual_sales_krw", "1200000000")
        expect(page.locator("#id_annual_sales_krw_echo")).to_have_text("= 12억원")
        send(page)
        page.wait_for_selector("#error-summary")
        assert page.evaluate("document.activeElement.id") == "error-summary"
        check(page)

        page.fill("#id_business_number", NUMBERS[width])
        send(page)
        page.wait_for_url("**/my/")
        expect(page.get_by_role("heading", level=1)).to_have_text("한빛정밀 제1공장")
        expect(page.get_by_text("설비가 남긴 파일을 하나 올려 보세요")).to_be_visible()
        check(page)


def sign_up(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/accounts/signup/")
    page.fill("#id_name", "김한빛")
    page.fill("#id_email", email)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/my/")


def find_trade(page: Page) -> None:
    page.fill("#id_trade_words", "플라스틱 사출")
    page.get_by_role("button", name="업종 찾기").click()
    expect(page.get_by_text("맞는 업종 1개를 찾았습니다")).to_be_visible()
    assert page.input_value("#id_ksic") == "22"
    assert page.input_value("#id_firm_name") == "한빛정밀"
    assert page.evaluate("document.activeElement.id") == "id_ksic"


def send(page: Page) -> None:
    page.get_by_role("button", name="등록하기").click()
