"""A file that is no data is refused with what to do next, and nothing of it stays."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.site import Site
from tests.journeys.visitor import visiting

pytestmark = pytest.mark.journey
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
BROKEN = {
    "설비기록.csv": (PROGRAM, "실행 파일", "자료 파일"),
    "빈파일.csv": (b"", "빈 파일", "다시 올려 주세요"),
    "설비.xlsx": (b"PK\x03\x04" + bytes(64), "손상", "다시"),
}


def test_a_broken_file_is_answered_and_leaves_nothing(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    with visiting(browser, site.url) as owner:
        workplace_id = steps.register(owner, "여정고장")
        before = _kept(site)

        for name, (content, problem, remedy) in BROKEN.items():
            (tmp_path / name).write_bytes(content)
            steps.upload(owner, workplace_id, tmp_path / name)
            summary = owner.page.get_by_role("alert").or_(owner.page.locator(".sf-summary")).first
            expect(summary).to_contain_text(problem)
            expect(summary).to_contain_text(remedy)
            expect(summary).to_be_focused()

        owner.open(f"/my/workplaces/{workplace_id}/data/")
        owner.says("아직 보낸 데이터가 없습니다")
        assert _kept(site) == before


def _kept(site: Site) -> set[Path]:
    """What the site keeps, but for documents that jobs make meanwhile."""
    return {path for path in site.files() if path.read_bytes()[:4] != b"%PDF"}
