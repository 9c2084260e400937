"""The way in, and a file, by keyboard alone: every control is reached and seen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys import steps
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor, visiting

pytestmark = pytest.mark.journey
MOST_TABS = 80
IS_SEEN = """
element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const ringed = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return box.width > 0 && box.height > 0 && (ringed || element.matches('input, select, textarea'));
}
"""


def test_support_is_found_and_a_file_sent_by_keyboard_alone(
    browser: Browser, site: Site, factory_data: Path
) -> None:
    with visiting(browser, site.url) as person:
        person.open("/")
        person.page.keyboard.press("Tab")
        expect(person.page.get_by_role("link", name="본문 바로가기")).to_be_focused()
        person.page.keyboard.press("Enter")

        _sign_up(person)
        workplace_id = _register(person)
        person.open(f"/my/workplaces/{workplace_id}/imports/new/")
        with person.page.expect_file_chooser() as chooser:
            _tab_to(person.page, person.page.locator("input[type=file]"))
            person.page.keyboard.press("Enter")
        chooser.value.set_files(factory_data / "tuk_skt_tsid/stamping_press_machine/data.csv")
        _press(person, "올리고 내용 확인하기")
        _press(person, "이대로 가져오기")
        person.wait_for("행을 가져와")


def _sign_up(person: Visitor) -> None:
    person.open("/accounts/signup/")
    _type(person, name="홍두레", email=f"key{steps.new_business_number()}@example.kr")
    _type(person, password1=steps.PASSWORD, password2=steps.PASSWORD)
    person.page.keyboard.press("Enter")
    person.look()


def _register(person: Visitor) -> int:
    person.open("/my/workplaces/new/")
    _type(person, firm_name="여정자판", business_number=steps.new_business_number())
    _type(person, workplace_name="본공장")
    _choose(person, ksic="24", province="gyeonggi")
    _type(person, address="경기도 안산시 1")
    _press(person, "등록하기")
    return steps.workplace_of(person)


def _type(person: Visitor, **values: str) -> None:
    for name, text in values.items():
        _tab_to(person.page, person.page.locator(f"main [name={name}]"))
        person.page.keyboard.type(text)


def _choose(person: Visitor, **values: str) -> None:
    for name, value in values.items():
        listed = person.page.locator(f"main select[name={name}]")
        _tab_to(person.page, listed)
        while listed.input_value() != value:
            before = listed.input_value()
            person.page.keyboard.press("ArrowDown")
            assert listed.input_value() != before, f"{name}: {value} is not in the list"


def _press(person: Visitor, name: str) -> None:
    _tab_to(person.page, person.find(name))
    person.page.keyboard.press("Enter")
    person.look()


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the control has the focus, and see that the focus can be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate(IS_SEEN), f"{page.url}: 초점이 보이지 않습니다"
            return
    pytest.fail(f"{page.url}: {MOST_TABS}번의 Tab으로 닿지 않습니다: {wanted}")
