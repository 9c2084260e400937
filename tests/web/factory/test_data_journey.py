"""A real machine's file in a real browser: sent, confirmed, carried, read, charted."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import (
    ROOT,
    assert_accessible,
    assert_no_sideways_scroll,
    page_of,
    picture,
)
from tests.web.server import DureServer

pytestmark = pytest.mark.journey
_SETUP = """
from tests.factories.registry import make_workplace, make_equipment
from dure.kernel.business_number import business_check_digit
number = "71200{width:04}"
actor, workplace_id = make_workplace(
    {email!r}, business_number=number + str(business_check_digit(number))
)
make_equipment(actor, workplace_id, "주조 1호기")
print("workplace", workplace_id)
"""
PASSWORD = "pw-한빛-1"


@pytest.fixture(scope="module")
def worker(dure_server: DureServer) -> Iterator[DureServer]:
    """A server whose jobs are worked on."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=ROOT, env=dure_server.environment
    )
    try:
        yield dure_server
    finally:
        process.terminate()
        process.wait(timeout=30)


def sign_in(page: Page, server: DureServer, width: int) -> int:
    """A new firm's owner, signed in; returns the workplace's number."""
    email = f"data{width}@example.kr"
    said = server.manage("shell", "-v", "0", "-c", _SETUP.format(email=email, width=width))
    workplace_id = int(said.split("workplace ")[1].split()[0])
    page.goto(f"{server.url}/my/workplaces/{workplace_id}/data/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/data/")
    return workplace_id


def seen(page: Page, name: str) -> None:
    """What every page must be: readable by everyone, no wider than the window."""
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    folder = os.environ.get("DURE_PICTURES")
    if folder:
        picture(page, Path(folder), name)


@pytest.mark.parametrize(
    ("width", "file", "rows", "signal"),
    [
        (1440, "kamp_casting/casting.parquet", "72,079행", "molten_temp"),
        (390, "tuk_skt_tsid/stamping_press_machine/*.csv", "39행", ""),
    ],
)
def test_a_machine_file_becomes_signals_one_can_look_at(
    worker: DureServer,
    browser: Browser,
    factory_data: Path,
    width: int,
    file: str,
    rows: str,
    signal: str,
) -> None:
    path = next(iter(sorted(factory_data.glob(file))))
    with page_of(browser, width=width) as page:
        workplace_id = sign_in(page, worker, width)
        seen(page, f"data-empty-{width}")
        page.get_by_role("link", name="데이터 올리기").click()
        page.get_by_role("button", name="올리고 내용 확인하기").click()
        expect(page.locator("#error-summary")).to_be_focused()
        seen(page, f"import-new-error-{width}")
        page.locator('input[type="file"]').set_input_files(path)
        page.get_by_label("어느 설비의 데이터인가요").select_option(label="주조 1호기")
        page.get_by_role("button", name="올리고 내용 확인하기").click()

        expect(page.get_by_role("heading", name="이렇게 읽었습니다")).to_be_visible()
        seen(page, f"import-preview-{width}")
        page.get_by_role("button", name="이대로 가져오기").click()
        expect(page.get_by_text("행을 가져와 신호")).to_be_visible(timeout=60_000)
        expect(page.get_by_text(rows).first).to_be_visible()
        seen(page, f"import-done-{width}")

        page.goto(f"{worker.url}/my/workplaces/{workplace_id}/data/")
        seen(page, f"data-{width}")
        links = page.locator("#signals tbody th a")
        (links.filter(has_text=signal) if signal else links).first.click()
        if page.locator("[data-signal-chart]").count():
            expect(page.locator(".sf-plot canvas")).to_be_visible()
            seen(page, f"signal-{width}")
            before = page.url
            box = page.locator(".sf-plot .u-over").bounding_box()
            assert box is not None
            if width > 1000:
                page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 50)
                page.mouse.down()
                page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 60, steps=4)
                page.mouse.up()
                page.wait_for_url("**from=**")
                assert page.url != before
                expect(page.locator('[data-query*="from="] canvas')).to_be_visible()
                seen(page, f"signal-zoom-{width}")
            page.get_by_text("표로 보기").click()
            expect(page.get_by_role("columnheader", name="가장 낮은 값")).to_be_visible()
        seen(page, f"signal-table-{width}")
