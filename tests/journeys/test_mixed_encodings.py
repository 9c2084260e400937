"""On a phone: two files of one machine, one in UTF-8 with a mark, one in CP949."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.site import Site
from tests.journeys.visitor import visiting

pytestmark = pytest.mark.journey
BELT = "tuk_skt_tsid/conveyor_belt_system"


def test_files_in_two_encodings_become_one_machine_s_signals(
    browser: Browser, site: Site, factory_data: Path
) -> None:
    folder = factory_data / BELT
    with visiting(browser, site.url, width=390) as owner:
        workplace_id = steps.register(owner, "여정벨트")
        steps.upload(owner, workplace_id, next((folder / "normal_belt").glob("*.csv")))
        owner.says("UTF-8-SIG")
        owner.press("이대로 가져오기").wait_for("행을 가져와")
        steps.upload(owner, workplace_id, folder / "damaged_belt" / "a diagonal cut 5mm.csv")
        owner.says("CP949")
        owner.press("이대로 가져오기").wait_for("행을 가져와")

        owner.open(f"/my/workplaces/{workplace_id}/data/")
        expect(owner.main.get_by_role("link", name="벨트처짐", exact=True)).to_have_count(1)
        steps.measure(owner, workplace_id)
        owner.says("시각이 없어")

        steps.find_support(owner)
        owner.press("신청 시작하기").press("이 사업 신청서 만들기")
        owner.says("할 일 목록")
