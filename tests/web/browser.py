"""Chromium for tests: pages at the widths people use, accessibility by axe, pictures on demand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1440, 390)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Violation:
    """One rule of axe that a page breaks, and where."""

    rule: str
    impact: str
    help: str
    targets: tuple[str, ...]

    @property
    def is_grave(self) -> bool:
        """Whether the budget of zero applies."""
        return self.impact in {"serious", "critical"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module.

    Playwright keeps an event loop running in this thread while it is open, and Django refuses
    its database then: keep tests that use the database in-process in other modules.
    """
    with chromium() as opened:
        yield opened


@contextmanager
def page_of(
    browser: Browser, *, width: int = 1440, language: str = "ko", scripts: bool = True
) -> Iterator[Page]:
    """A page of its own session at `width`; errors the page logs fail the test at the end."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="ko-KR" if language == "ko" else "en-GB",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        has_touch=width < 768,
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if _is_breach(said.text) else None)
    try:
        yield page
        assert errors == [], f"{page.url}: {errors}"
    finally:
        context.close()


def _is_breach(text: str) -> bool:
    return "Content Security Policy" in text


def violations(page: Page) -> tuple[Violation, ...]:
    """What axe finds wrong on the page as it stands now."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        STANDARDS,
    )
    return tuple(
        Violation(
            rule=item["id"],
            impact=item["impact"] or "",
            help=item["help"],
            targets=tuple(str(node["target"]) for node in item["nodes"]),
        )
        for item in found
    )


def assert_accessible(page: Page) -> None:
    """No serious or critical violation on the page as it stands now."""
    grave = [found for found in violations(page) if found.is_grave]
    assert grave == [], f"{page.url}: {grave}"


def assert_no_sideways_scroll(page: Page) -> None:
    """The page is no wider than its window."""
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{page.url}: {over}px 넘침"


def picture(page: Page, folder: Path, name: str) -> Path:
    """A picture of the whole page, for people to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
