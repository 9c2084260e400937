"""A person at a browser: does what people do, and looks at each page they come to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.web.browser import assert_accessible, assert_no_sideways_scroll, page_of

LONG_MS = 60_000
# Chromium reports each refused form and missing page as a console error; both are answers.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (404|422)")


class Visitor:
    """One person in one session; `look` holds every page to the same promises."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.seen: list[str] = []
        self._errors: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not ANSWERED.search(said.text):
            self._errors.append(said.text)

    def open(self, path: str) -> Self:
        """Go to an address of the site."""
        self.page.goto(f"{self.url}{path}")
        return self.look()

    def look(self) -> Self:
        """The page is accessible, fits its window, has one main heading, and logs no error."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("h1")).to_have_count(1)
        assert_accessible(self.page)
        assert_no_sideways_scroll(self.page)
        assert self._errors == [], f"{self.page.url}: {self._errors}"
        self.seen.append(self.page.locator("h1").inner_text())
        return self

    @property
    def main(self) -> Locator:
        """The page without its header and footer."""
        return self.page.get_by_role("main")

    def press(self, name: str) -> Self:
        """Press a button or follow a link of the page, then look at where it led."""
        self.find(name).click()
        return self.look()

    def find(self, name: str) -> Locator:
        """The first button or link of the page with this name (the start of it)."""
        starts = re.compile(rf"^\s*{re.escape(name)}")
        buttons = self.main.get_by_role("button", name=starts)
        return buttons.or_(self.main.get_by_role("link", name=starts)).first

    def write(self, **values: str) -> Self:
        """Write into fields by their names; axe sees to it that each has its label."""
        for name, text in values.items():
            self.main.locator(f"[name={name}]:visible").fill(text)
        return self

    def choose(self, **values: str) -> Self:
        """Choose in lists, or among radio buttons and boxes, by field name and value."""
        for name, value in values.items():
            listed = self.main.locator(f"select[name={name}]")
            if listed.count():
                listed.select_option(value)
            else:
                self.main.locator(f"[name={name}][value='{value}']").check()
        return self

    def open_link(self, name: str) -> Self:
        """Follow the link of the page that says exactly this."""
        self.main.get_by_role("link", name=name, exact=True).first.click()
        return self.look()

    def sign_up(self, email: str, password: str) -> Self:
        """Make an account."""
        self.open("/accounts/signup/")
        self.write(name="홍두레", email=email, password1=password, password2=password)
        return self.press("가입하기")

    def sign_in(self, email: str, password: str) -> Self:
        """Sign in with an account there is."""
        self.open("/accounts/login/")
        self.write(login=email, password=password)
        return self.press("로그인")

    def wait_for(self, text: str) -> Self:
        """Wait for a job's words to appear, at most a minute, then look at the page."""
        expect(self.main.get_by_text(text).first).to_be_visible(timeout=LONG_MS)
        return self.look()

    def says(self, text: str) -> None:
        """The page says this."""
        expect(self.main.get_by_text(text).first).to_be_visible()

    def send(self, file: Path) -> Self:
        """Send a file from the upload page."""
        self.page.locator("input[type=file]").set_input_files(file)
        return self.press("올리고 내용 확인하기")


@contextmanager
def visiting(browser: Browser, url: str, *, width: int = 1440) -> Iterator[Visitor]:
    """Someone new at the site."""
    with page_of(browser, width=width) as page:
        visitor = Visitor(page, url)
        try:
            yield visitor
        except BaseException as problem:
            problem.add_note(f"{page.url}\n{page.content()[:1500]}")
            raise
