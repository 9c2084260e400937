"""From a caster's file to a decision: the journey of issue, applicant and operator."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.site import Site
from tests.journeys.visitor import visiting

pytestmark = pytest.mark.journey
FIRM = "여정주조"


def test_a_caster_gets_from_its_file_to_a_decision(
    browser: Browser, site: Site, factory_data: Path
) -> None:
    with visiting(browser, site.url) as owner:
        workplace_id = steps.register(owner, FIRM)
        steps.take_in(owner, workplace_id, factory_data / "kamp_casting" / "casting.parquet")
        owner.says("72,079행을 가져와")
        steps.measure(owner, workplace_id)
        owner.says("데이터가 뒷받침하는 수준: 중간1")

        steps.find_support(owner)
        owner.says("동일수준")
        owner.press("신청 시작하기").press("이 사업 신청서 만들기")
        steps.write_application(owner)
        owner.says("4,000만원")
        steps.submit(owner)
        number = steps.number_of(owner)

        with visiting(browser, site.url) as operator:
            operator.sign_in(site.operator_email, site.operator_password)
            operator.open("/ops/queue/").open_link(FIRM)
            operator.says(number)
            operator.press("내가 맡기")
            steps.decide(operator, "제출한 근거로 모든 요건을 확인했습니다.")
            operator.says("적합")

        owner.open("/my/applications/").press(FIRM_CALL)
        expect(owner.main.get_by_text("요건에 맞습니다").first).to_be_visible()
        owner.says("제출한 근거로 모든 요건을 확인했습니다.")
        owner.open("/accounts/notices/")
        owner.says("요건검토 결과가 나왔습니다")


FIRM_CALL = "스마트공장 고도화 1차 (예시)"
