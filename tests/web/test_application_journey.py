"""Applying and deciding in a real browser: error, repair, submission, decision, answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import assert_accessible, assert_no_sideways_scroll, page_of
from tests.web.journey_people import OPERATOR, OWNER, PASSWORD, PHONE_OWNER, PLAIN_OWNER, TITLE
from tests.web.server import DureServer

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(dure_server: DureServer) -> str:
    """The address of the server, with the people of this journey in it."""
    dure_server.manage("shell", "-c", "from tests.web.journey_people import *; make_all()")
    return dure_server.url


@contextmanager
def signed_in(browser: Browser, site: str, email: str, width: int = 1440) -> Iterator[Page]:
    with page_of(browser, width=width) as page:
        page.goto(f"{site}/accounts/login/")
        page.fill("#id_login", email)
        page.fill("#id_password", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_load_state()
        yield page


def sound(page: Page) -> None:
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def press_next(page: Page) -> None:
    page.get_by_role("button", name="저장하고 다음").last.click()
    page.wait_for_load_state()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, exact=True).first).to_be_visible()


def standing_by_keyboard(page: Page) -> None:
    """The whole topic without a mouse: refused, led to the first gap, answered, sent."""
    page.get_by_role("button", name="저장하고 다음").last.focus()
    page.keyboard.press("Enter")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("오류: ")
    sound(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_business_status_group")).to_be_focused()
    for moves in (0, 1, 1, 1, 1, 0, 1):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(moves):
            page.keyboard.press("ArrowDown")
    expect(page.locator("#saved")).to_contain_text("임시저장됨")
    page.keyboard.press("Enter")
    heading(page, "지금 수준")


def cost_with_live_money(page: Page) -> None:
    page.fill("#id_hardware", "육천만")
    press_next(page)
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_hardware")).to_have_value("육천만")
    sound(page)
    page.locator("#error-summary a[href='#id_hardware']").click()
    expect(page.locator("#id_hardware")).to_be_focused()
    page.fill("#id_hardware", "60000000")
    expect(page.locator("#id_hardware_echo")).to_have_text("= 6,000만원")
    page.fill("#id_software_development", "1억 2,000만원")
    expect(page.locator("#money")).to_contain_text("9,000만원")
    expect(page.locator("#money")).to_contain_text("1억 8,000만원")
    sound(page)
    press_next(page)


def submit(page: Page) -> None:
    heading(page, "적은 내용을 확인해 주세요")
    sound(page)
    button = page.get_by_role("button", name="제출하기")
    button.click()
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page)
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="제출하기").click()
    heading(page, "신청서를 제출했습니다")
    sound(page)


def test_a_firm_applies_and_learns_what_was_decided(browser: Browser, site: str) -> None:
    with signed_in(browser, site, OWNER) as owner:
        owner.goto(f"{site}/my/applications/")
        sound(owner)
        owner.get_by_role("link", name="신청할 수 있는 사업 보기").click()
        sound(owner)
        owner.get_by_role("button", name=re.compile("이 사업 신청서 만들기")).click()
        heading(owner, "할 일 목록")
        sound(owner)
        owner.get_by_role("link", name="이어서 쓰기").click()
        heading(owner, "기업 상태와 지원 이력")
        standing_by_keyboard(owner)

        owner.get_by_label("ICT 미적용").check()
        owner.fill("#id_situation", "불량 원인을 작업일지로만 찾아서 하루가 걸립니다.")
        sound(owner)
        press_next(owner)
        heading(owner, "무엇을 바꾸나")
        owner.get_by_label("고도화1").check()
        owner.locator("input[name=target_level][value=mid1]").check()
        owner.get_by_label("MES(POP)").check()
        owner.fill("#id_plan", "사출기 세 대의 온도와 압력을 자동으로 모아 불량 원인을 찾습니다.")
        owner.fill("#id_months", "7")
        sound(owner)
        press_next(owner)
        heading(owner, "비용")
        cost_with_live_money(owner)
        heading(owner, "성과지표")
        owner.select_option("select[name='indicators.0.indicator']", "hourly_output")
        for column, value in (("before", "120"), ("target", "150"), ("weight", "100")):
            owner.fill(f"input[name='indicators.0.{column}']", value)
        owner.get_by_role("button", name="지표 더하기").click()
        expect(owner.locator("input[name='indicators.1.before']")).to_be_visible()
        sound(owner)
        press_next(owner)
        heading(owner, "공급기업")
        expect(owner.locator("#id_supplier_name")).to_be_hidden()
        owner.locator("input[name=has_supplier][value=true]").check()
        owner.fill("#id_supplier_name", "두레소프트")
        owner.fill("#id_supplier_business_number", "123-45-67891")
        press_next(owner)
        submit(owner)
        number = owner.locator(".sf-receipt__number").inner_text()
        owner.get_by_role("link", name="신청 상태 보기").click()
        expect(owner.locator("[aria-current=step]")).to_contain_text("요건검토")
        sound(owner)

        with signed_in(browser, site, OPERATOR) as operator:
            decide(operator, site, number)

        owner.reload()
        heading(owner, "요건검토 결과")
        expect(owner.locator("main")).to_contain_text("현장 자료까지 확인했습니다.")
        sound(owner)


def decide(page: Page, site: str, number: str) -> None:
    """The reviewer finds the case, takes it, gives the batch back, and decides."""
    page.goto(f"{site}/ops/")
    sound(page)
    page.goto(f"{site}/ops/queue/")
    page.fill("#id_q", number)
    page.locator("#id_q").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator("#queue-said")).to_contain_text("1건")
    expect(page.locator("#id_q")).to_be_focused()
    page.get_by_label("한빛정밀").check()
    expect(page.locator("[data-bulk-status]")).to_have_text("1건 선택 · 정부지원금 합계 9,000만원")
    sound(page)
    page.select_option("#bulk-assignee", label="김도윤")
    page.get_by_role("button", name="선택한 신청 배정").click()
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("tbody")).to_contain_text("배정 전")
    page.get_by_role("link", name="한빛정밀").click()
    sound(page)
    page.get_by_role("button", name="내가 맡기").click()
    page.get_by_role("button", name="결정 저장").click()
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page)
    page.locator("input[name=outcome][value=met]").check()
    page.fill("#decide_words", "현장 자료까지 확인했습니다.")
    page.get_by_role("button", name="결정 저장").click()
    heading(page, "요건검토 결과")
    sound(page)


def test_a_firm_finishes_its_application_on_a_phone(browser: Browser, site: str) -> None:
    with signed_in(browser, site, PHONE_OWNER, width=390) as phone:
        phone.goto(f"{site}/my/applications/")
        phone.get_by_role("link", name=TITLE).click()
        sound(phone)
        phone.get_by_role("link", name="이어서 쓰기").click()
        heading(phone, "비용")
        sound(phone)
        phone.context.set_offline(True)
        phone.fill("#id_network", "1,000,000")
        phone.locator("#id_network").blur()
        expect(phone.locator("#saved")).to_contain_text("자동 저장이 되지 않았습니다.")
        phone.context.set_offline(False)
        phone.fill("#id_network", "")
        cost_with_live_money(phone)
        submit(phone)
        phone.get_by_role("link", name="신청 상태 보기").click()
        sound(phone)


def test_without_scripts_everything_goes_by_buttons(browser: Browser, site: str) -> None:
    with page_of(browser, scripts=False) as page:
        page.goto(f"{site}/accounts/login/?next=/my/applications/")
        page.fill("#id_login", PLAIN_OWNER)
        page.fill("#id_password", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.get_by_role("link", name=TITLE).click()
        page.get_by_role("link", name="이어서 쓰기").click()
        page.fill("#id_hardware", "육천만")
        page.get_by_role("button", name="저장하고 다음").last.click()
        expect(page.locator("#error-summary")).to_contain_text("금액은 숫자로 적어 주세요.")
        page.fill("#id_hardware", "6,000만원")
        page.get_by_role("button", name="저장하고 다음").last.click()
        for box in page.locator("main form input[type=checkbox]").all():
            box.check()
        page.get_by_role("button", name="제출하기").click()
        heading(page, "신청서를 제출했습니다")
