"""The steps of the journey that several journeys share."""

import re
from itertools import count
from pathlib import Path

from dure.kernel.business_number import business_check_digit
from tests.journeys.visitor import Visitor

PASSWORD = "두레-여정-2026"
WORKPLACE = re.compile(r"/my/workplaces/(\d+)/")
_numbers = count(1)


def new_business_number() -> str:
    """A valid number of this run."""
    first_nine = f"{900_000_000 + next(_numbers):09d}"
    return f"{first_nine}{business_check_digit(first_nine)}"


def register(visitor: Visitor, firm: str) -> int:
    """Sign up, register a firm with its workplace, and return the workplace's id."""
    number = new_business_number()
    visitor.sign_up(f"owner{number}@example.kr", PASSWORD)
    visitor.open("/my/workplaces/new/")
    visitor.write(
        firm_name=firm,
        business_number=number,
        representative="홍두레",
        workplace_name="본공장",
        address="경기도 안산시 단원구 1",
        employees="34",
        annual_sales_krw="42억",
    )
    visitor.choose(ksic="24", province="gyeonggi")
    visitor.press("등록하기")
    return workplace_of(visitor)


def workplace_of(visitor: Visitor) -> int:
    """The id of the workplace that the page links to."""
    links = visitor.main.locator("a").evaluate_all("all => all.map(one => one.pathname)")
    return next(int(found.group(1)) for link in links if (found := WORKPLACE.match(link)))


def upload(visitor: Visitor, workplace_id: int, file: Path) -> Visitor:
    """Send a file and look at what Dure proposes."""
    visitor.open(f"/my/workplaces/{workplace_id}/imports/new/")
    visitor.send(file)
    return visitor


def measure(visitor: Visitor, workplace_id: int) -> Visitor:
    """Have the level measured and wait for it."""
    visitor.open(f"/my/workplaces/{workplace_id}/level/")
    visitor.press("수준 측정하기")
    return visitor.wait_for("수준표에서 찾은 것")


STANDING = {
    "business_status": "operating",
    "tax_arrears": "false",
    "credit_default": "false",
    "insolvency": "false",
    "excluded": "false",
    "prior_support": "new_build",
    "workplace_built_before": "true",
}


def find_support(visitor: Visitor) -> Visitor:
    """Answer the six questions as a small caster that wants to rebuild at its level."""
    visitor.open("/finder/").choose(
        wants="upgrade",
        manufacturer="yes",
        ksic="24",
        province="gyeonggi",
        firm_size="small",
        system_level="mid1",
        prior_support="new_build",
        workplace_built_before="yes",
        has_supplier="no",
        standing="none",
    )
    return visitor.press("결과 보기")


def write_application(visitor: Visitor) -> Visitor:
    """Fill in every topic, in the order of the task list, up to the page of all answers."""
    visitor.open_link("기업 상태와 지원 이력").choose(**STANDING).press("저장하고 다음")
    if visitor.main.locator("[name=system_level]").count():
        visitor.choose(system_level="mid1")
    visitor.write(situation="불량 원인을 작업일지로 찾느라 하루가 걸립니다.")
    visitor.press("저장하고 다음")
    visitor.choose(tier="same_level", target_level="mid1", solutions="1")
    visitor.write(
        plan="주조기 신호와 판정을 한 화면에서 보고 로트마다 조건을 남기겠습니다.", months="6"
    )
    visitor.press("저장하고 다음")
    visitor.write(software_development="5,000만원", hardware="3,000만원").press("저장하고 다음")
    promise(visitor).press("저장하고 다음")
    # The finder was told that no supplier is chosen, so that topic is complete already.
    assert visitor.page.url.endswith("/check/")
    return visitor


def promise(visitor: Visitor) -> Visitor:
    """Promise a tenth better on each indicator whose present value came from the data."""
    rows = visitor.main.locator("[name^='indicators.'][name$='.indicator']").count()
    assert rows, "the imported file gave no indicator"
    for row in range(rows):
        value = {
            column: visitor.main.locator(f"[name='indicators.{row}.{column}']")
            for column in ("indicator", "before", "target", "weight")
        }
        better = 0.9 if value["indicator"].input_value() == "product_defect_rate" else 1.1
        value["target"].fill(f"{float(value['before'].input_value()) * better:.3f}")
        value["weight"].fill(str(100 // rows + (100 % rows if row == 0 else 0)))
    return visitor.look()


def take_in(visitor: Visitor, workplace_id: int, file: Path) -> Visitor:
    """Send a file, confirm what is proposed, and wait until its rows are in."""
    upload(visitor, workplace_id, file).press("이대로 가져오기")
    return visitor.wait_for("행을 가져와")


def submit(visitor: Visitor) -> Visitor:
    """Declare everything and submit."""
    for box in visitor.main.locator("form[action$='/submit/'] input[type=checkbox]").all():
        box.check()
    return visitor.press("제출하기")


def number_of(visitor: Visitor) -> str:
    """The application's number as the receipt page shows it."""
    found = re.search(r"\d{4}-[A-Z]{3}-\d+", visitor.main.inner_text())
    assert found, visitor.main.inner_text()
    return found.group()


def decide(operator: Visitor, reason: str) -> Visitor:
    """Decide that the requirements are met, in the operator's own words."""
    operator.choose(outcome="met").write(words=reason)
    return operator.press("결정 저장")
