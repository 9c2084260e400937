"""What the pages of an applicant and of a reviewer are given."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.streams import bring
from tests.factories.support import (
    CLOSES,
    NOW,
    make_applicant,
    make_call,
    make_draft,
    make_submitted,
)

from dure.kernel.names import Name
from dure.programme.support import actions, queries

pytestmark = pytest.mark.django_db


def view_of(actor: Any, application_id: int) -> queries.ApplicationView:
    return queries.get_application(actor.own_organisation_id, application_id, now=NOW)


def test_the_list_shows_ones_own_applications_newest_first() -> None:
    actor, workplace_id = make_applicant()
    first = make_draft(actor, workplace_id, make_call())
    second = actions.start_application(actor, make_call(), workplace_id, now=NOW)
    make_submitted(make_call())

    rows = queries.list_applications(actor.own_organisation_id)

    assert [row.id for row in rows] == [second, first]
    assert rows[1].title.ko == "2026년 고도화 지원 (예시)"
    assert (rows[1].tier, rows[0].tier) == (Name("고도화1", "Upgrade 1"), None)
    assert (rows[1].saved_at, rows[0].saved_at) == (NOW, None)
    assert (rows[1].state, rows[1].government_krw, rows[1].closes_at) == ("draft", None, CLOSES)
    assert queries.list_applications(actor.own_organisation_id, workplace_id=workplace_id) == rows
    assert queries.list_applications(actor.own_organisation_id, workplace_id=10**9) == ()


def test_a_submitted_one_is_listed_with_what_was_submitted() -> None:
    actor, _ = make_submitted(make_call())

    row = queries.list_applications(actor.own_organisation_id)[0]

    assert (row.state, row.government_krw) == ("submitted", 88_500_000)
    assert (row.submitted_at, row.due_on) == (NOW, date(2026, 12, 8))


def test_tasks_say_what_is_left_and_why_one_is_locked() -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    view = view_of(actor, application_id)

    assert [(t.key, t.state, t.problems) for t in view.topics] == [
        ("factory", "done", 0),
        ("standing", "not_started", 7),
        ("level", "not_started", 2),
        ("goal", "locked", 5),
        ("cost", "locked", 1),
        ("indicators", "locked", 1),
        ("supplier", "not_started", 1),
    ]
    assert view.topic("goal").why == Name(
        "'지금 수준'을 마치면 열립니다.", "Opens when the present level is complete."
    )
    assert view.topic("standing").why is None
    assert (view.eligibility, view.amount, view.warning) == (None, None, None)
    assert view.sections == ()
    assert (view.version, view.receipt_id, view.decision, view.supplement) == (0, None, None, None)


def test_registered_answers_say_where_they_come_from() -> None:
    actor, workplace_id = make_applicant()
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    answers = {a.key: a for a in view_of(actor, application_id).topic("factory").answers}

    assert str(answers["address"].value) == "경기도 화성시 두레로 1"
    assert str(answers["address"].origin) == "등록한 사업장 정보"
    assert str(answers["firm_size"].origin) == "등록한 매출액과 근로자 수로 계산"
    assert str(answers["planned_site"].value) == "아직 적지 않음"


def test_a_question_that_is_not_asked_is_no_answer_to_check() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call(), supplier={"has_supplier": "no"})

    topic = view_of(actor, application_id).topic("supplier")

    assert [answer.key for answer in topic.answers] == ["has_supplier"]
    assert [(q.key, q.is_asked) for q in topic.questions] == [
        ("has_supplier", True),
        ("supplier_name", False),
        ("supplier_business_number", False),
    ]


def test_the_amount_comes_with_each_step_and_its_source() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())

    amount = view_of(actor, application_id).amount

    assert amount is not None
    assert [(str(step.text), step.value) for step in amount.trace] == [
        ("총사업비(부가세 제외)", 177_000_000),
        ("정부지원 비율", 0.5),
        ("총사업비 × 정부지원 비율", 88_500_000),
        ("1,000원 미만 절사", 88_500_000),
        ("지원한도", 200_000_000),
        ("정부지원금", 88_500_000),
        ("기업부담금", 88_500_000),
    ]
    assert amount.trace[4].source is not None
    assert amount.confirmed
    assert amount.by_arithmetic_krw == 88_500_000


def test_every_reason_says_its_rule_who_decides_and_where_it_was_read() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call(), supplier={"has_supplier": "no"})

    eligibility = view_of(actor, application_id).eligibility

    assert eligibility is not None
    assert (eligibility.verdict, eligibility.as_of) == ("check", date(2023, 5, 2))
    gravest = eligibility.reasons[0]
    assert (gravest.rule, gravest.verdict) == ("supplier_chosen", "check")
    assert gravest.decided_by == Name(
        "도입기업(공급기업 선정)", "The adopter (by choosing a supplier)"
    )
    assert gravest.source.ko.startswith("뉴스핌")
    assert gravest.url.startswith("https://newspim.com/")


def test_the_whole_life_cycle_is_shown_with_the_present_step() -> None:
    actor, application_id = make_submitted(make_call())

    stages = view_of(actor, application_id).stages

    assert len(stages) == 20
    assert [(s.key, s.state) for s in stages[:4]] == [
        ("application", "done"),
        ("receipt", "done"),
        ("requirement_check", "now"),
        ("site_review", "ahead"),
    ]
    assert stages[1].at == NOW
    assert stages[2].due_on == date(2026, 12, 8)
    assert (stages[2].title.ko, stages[2].who.ko) == ("요건검토", "운영기관")
    assert [s.due_on for s in stages if s.state == "ahead"] == [None] * 17


def test_a_draft_after_closing_cannot_be_submitted() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())

    def may(now: Any) -> bool:
        return queries.get_application(
            actor.own_organisation_id, application_id, now=now
        ).may_submit

    assert may(CLOSES)
    assert not may(CLOSES + timedelta(microseconds=1))


@pytest.mark.usefixtures("own_files")
def test_figures_of_the_newest_file_are_offered_as_present_values() -> None:
    actor, workplace_id = make_applicant()
    rows = ["생산시각,판정,온도"]
    for i in range(400):
        moment = f"2024-05-01 {8 + i // 60:02}:{i % 60:02}:{i * 7 % 60:02}"
        rows.append(f"{moment},{'NG' if i % 25 == 0 else 'OK'},{200 + i % 9}")
    bring(actor, workplace_id, "\n".join(rows) + "\n", "검사.csv")
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    question = view_of(actor, application_id).topic("indicators").questions[0]

    known = question.known_rows["product_defect_rate"]
    assert known.value == "4"
    assert str(known.origin) == "올린 파일로 계산: 검사.csv"
    assert str(known.grade) == "C"
    assert isinstance(question.value, list)
    first = next(r for r in question.value if r["indicator"] == "product_defect_rate")  # type: ignore[index]
    assert first == {
        "indicator": "product_defect_rate",
        "before": "4",
        "target": "",
        "weight": "",
    }


def test_a_case_shows_answers_beside_what_data_and_rules_say() -> None:
    _, application_id = make_submitted(make_call(), standing={"tax_arrears": "yes"})

    case = queries.get_case(application_id, now=NOW)

    sections = {section.key: section for section in case.sections}
    assert [section.key for section in case.sections] == [
        "factory",
        "standing",
        "level",
        "goal",
        "cost",
        "indicators",
        "supplier",
    ]
    arrears = [(e.tone, str(e.text)) for e in sections["standing"].evidence]
    assert ("no", "국세나 지방세를 체납한 기업은 지원하지 않습니다.") in arrears
    assert ("yes", "영업 중인 사업자입니다.") in arrears
    level = sections["level"].evidence
    assert (level[0].tone, str(level[0].text)) == (
        "unknown",
        "데이터로 측정한 수준이 없습니다. 신청인의 진술입니다.",
    )
    assert (
        str(sections["cost"].evidence[0].text) == "항목의 합계가 총사업비와 같습니다: 177,000,000원"
    )
    assert [str(e.text) for e in sections["indicators"].evidence] == [
        "데이터로 계산한 값이 없는 지표: 시간당 생산량",
        "데이터로 계산한 값이 없는 지표: (완제품)불량률",
    ]
    assert "11개 답은" in str(sections["factory"].evidence[0].text)
    assert (case.supplement_days, case.supplement_days_most) == (5, 20)
    assert (case.may_decide, case.may_request) == (True, True)
    assert case.amount.government_krw == 0
    assert case.eligibility.verdict == "difficult"
