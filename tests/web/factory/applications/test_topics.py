"""Writing one topic: what is known, what is missing, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from dure.programme.support import queries
from tests.web.factory.applications.forms import typed
from tests.web.factory.people import Person
from tests.web.page import errors, parsed, part, value, words

pytestmark = pytest.mark.django_db


def _answer(person: Person, application_id: int, topic: str, key: str) -> object:
    view = queries.get_application(person.actor.own_organisation_id, application_id)
    return next(q.value for q in view.topic(topic).questions if q.key == key)


def test_the_tasks_say_their_state_and_why_one_is_locked(applicant: Person, begun: int) -> None:
    rows = [
        words(row)
        for row in parsed(applicant.get("application", begun)).xpath('//ol[@class="sf-tasks"]/li')
    ]

    assert rows[0] == "1. 우리 공장 완료"
    assert rows[1] == "2. 기업 상태와 지원 이력 남은 항목 7개 시작 전"
    assert rows[4] == "5. 비용 '무엇을 바꾸나'에서 지원유형을 정하면 열립니다. 잠김"
    assert not part(applicant.get("application", begun), "main").xpath(
        './/a[contains(@href, "/cost/")]'
    )


def test_what_the_registry_knows_is_shown_and_not_asked(applicant: Person, begun: int) -> None:
    page = applicant.get("application-topic", begun, "factory")

    assert "한빛정밀" in words(part(page, "id_firm_name"))
    assert "가져온 곳: 등록한 사업장 정보" in words(part(page, "main"))
    assert "등록한 매출액과 근로자 수로 계산" in words(part(page, "id_firm_size"))
    assert not parsed(page).xpath('//*[@name="firm_name"]')
    assert parsed(page).xpath('//input[@name="branch_number"]')


def test_what_is_known_elsewhere_is_not_overwritten_by_a_form(
    applicant: Person, begun: int
) -> None:
    applicant.post("application-topic", begun, "factory", firm_name="다른이름", go="leave")

    assert _answer(applicant, begun, "factory", "firm_name") == "한빛정밀"


def test_every_missing_answer_is_named_and_what_was_given_stays(
    applicant: Person, begun: int
) -> None:
    page = applicant.post(
        "application-topic", begun, "standing", tax_arrears="false", go="next", status=422
    )

    assert page.index("<title>오류: ") > 0
    assert "입력 내용을 확인해 주세요 (6건)" in words(part(page, "error-summary"))
    assert next(iter(errors(page))) == "id_business_status_group"
    assert errors(page)["id_insolvency_group"] == (
        "파산이나 회생 절차를 밟고 있나요?: 아직 고르지 않았습니다. 골라 주세요."
    )
    assert value(page, "tax_arrears") == "false"
    assert _answer(applicant, begun, "standing", "tax_arrears") is False


def test_a_complete_topic_leads_to_the_next_open_one(applicant: Person, begun: int) -> None:
    answer = applicant.client.post(
        reverse("factory:application-topic", args=(begun, "standing")),
        typed("standing") | {"go": "next"},
    )

    assert answer.headers["Location"] == reverse("factory:application-topic", args=(begun, "level"))


def test_the_last_topic_leads_to_checking(applicant: Person, draft: int) -> None:
    answer = applicant.client.post(
        reverse("factory:application-topic", args=(draft, "supplier")),
        typed("supplier") | {"go": "next"},
    )

    assert answer.headers["Location"] == reverse("factory:application-check", args=(draft,))


def test_leaving_keeps_what_is_there_without_asking_for_the_rest(
    applicant: Person, begun: int
) -> None:
    answer = applicant.client.post(
        reverse("factory:application-topic", args=(begun, "level")),
        {"situation": "불량 원인을 찾는 데 하루가 걸립니다.", "go": "leave"},
    )

    assert answer.headers["Location"] == reverse("factory:application", args=(begun,))
    page = applicant.get("application-topic", begun, "level")
    assert value(page, "situation") == "불량 원인을 찾는 데 하루가 걸립니다."


def test_a_locked_topic_leads_back_with_the_reason(applicant: Person, begun: int) -> None:
    answer = applicant.client.get(
        reverse("factory:application-topic", args=(begun, "cost")), follow=True
    )

    assert answer.redirect_chain == [(reverse("factory:application", args=(begun,)), 302)]
    assert "지원유형을 정하면 열립니다." in answer.content.decode()


def test_writing_into_a_locked_topic_is_refused_and_changes_nothing(
    applicant: Person, begun: int
) -> None:
    applicant.post("application-autosave", begun, "cost", hardware="1000", status=422)

    assert _answer(applicant, begun, "cost", "hardware") is None


def test_a_topic_that_is_not_asked_does_not_exist(applicant: Person, begun: int) -> None:
    applicant.get("application-topic", begun, "no-such", status=404)


def test_an_amount_that_cannot_be_read_is_told_at_its_field_and_kept(
    applicant: Person, draft: int
) -> None:
    page = applicant.post(
        "application-topic",
        draft,
        "cost",
        status=422,
        **typed("cost", hardware="육천만") | {"go": "next"},
    )

    told = "금액은 숫자로 적어 주세요. 예: 160,000,000 또는 1억 6,000만원"
    assert errors(page) == {"id_hardware": f"H/W 구입비: {told}"}
    field = part(page, "id_hardware")
    assert field.get("aria-invalid") == "true"
    assert told in words(part(page, field.get("aria-describedby", "").split()[-1]))
    again = applicant.get("application-topic", draft, "cost")
    assert value(again, "hardware") == "육천만"
    assert value(again, "software_development") == "120,000,000"


def test_amounts_are_read_as_people_write_them(applicant: Person, draft: int) -> None:
    applicant.post(
        "application-topic",
        draft,
        "cost",
        **typed("cost", hardware="8천만", other_cost="-3,000,000원") | {"go": "next"},
    )

    assert _answer(applicant, draft, "cost", "hardware") == 80_000_000
    page = applicant.get("application-topic", draft, "cost")
    assert value(page, "hardware") == "80,000,000"
    assert value(page, "other_cost") == "-3,000,000"
    assert parsed(page).xpath('//p[@id="id_hardware_echo"]')


def test_a_question_is_not_required_while_another_answer_makes_it_pointless(
    applicant: Person, begun: int
) -> None:
    page = applicant.get("application-topic", begun, "supplier")
    (block,) = parsed(page).xpath('//*[@name="supplier_name"]/ancestor::*[@data-asked-if]')
    assert (block.get("data-asked-if"), block.get("data-asked-when")) == ("has_supplier", "true")

    applicant.post("application-topic", begun, "supplier", has_supplier="false", go="next")
    page = applicant.post(
        "application-topic", begun, "supplier", has_supplier="true", go="next", status=422
    )

    assert set(errors(page)) == {"id_supplier_name", "id_supplier_business_number"}


def test_long_text_keeps_its_lines(applicant: Person, begun: int) -> None:
    lines = "첫째 줄에 적은 어려움\n\n둘째 줄에 적은 어려움"

    applicant.post("application-topic", begun, "level", situation=lines, go="leave")

    assert value(applicant.get("application-topic", begun, "level"), "situation") == lines
