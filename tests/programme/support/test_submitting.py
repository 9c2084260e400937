"""Handing in an application: what is frozen, what is refused, and who is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.registry import make_workplace_details
from tests.factories.support import (
    CLOSES,
    DECLARED,
    GENERAL,
    NOW,
    OPENS,
    make_applicant,
    make_call,
    make_draft,
    make_operator,
    make_submitted,
)
from tests.programme.support.making import audited, entries_of, everything, notices_of

from dure.foundation.jobs.models import Job
from dure.foundation.notices.models import Notice
from dure.kernel.evidence import EvidenceGrade
from dure.policy.reader import load_policy
from dure.programme.registry import actions as registry
from dure.programme.registry.models import Workplace
from dure.programme.support import actions, queries
from dure.programme.support.errors import (
    CallClosedError,
    IncompleteError,
    NotPossibleNowError,
    ReviewRefusedError,
)
from dure.programme.support.freezing import content_sha256
from dure.programme.support.models import Application, Submission

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


def view_of(actor: Any, application_id: int) -> queries.ApplicationView:
    return queries.get_application(actor.own_organisation_id, application_id, now=NOW)


def draft(**topics: Any) -> tuple[Any, int]:
    actor, workplace_id = make_applicant()
    return actor, make_draft(actor, workplace_id, make_call(), **topics)


def submit(actor: Any, application_id: int, now: Any = NOW) -> Submission:
    found = actions.submit_application(actor, application_id, declared=DECLARED, now=now)
    return Submission.objects.get(pk=found)


def test_a_complete_application_is_handed_in_with_its_money_and_its_day() -> None:
    actor, application_id = make_submitted(make_call())

    view = view_of(actor, application_id)

    assert (view.state, view.version) == ("submitted", 1)
    # Ten business days after Tuesday 24 November.
    assert view.due_on == date(2026, 12, 8)
    assert view.amount is not None
    assert view.amount.total_cost_krw == 177_000_000
    assert view.amount.government_krw == 88_500_000
    assert view.amount.company_krw == 88_500_000
    assert view.eligibility is not None
    assert view.eligibility.verdict == "possible"
    assert (view.may_edit, view.may_submit, view.may_withdraw) == (False, False, True)


def test_answers_facts_rules_and_money_are_frozen_with_their_origin() -> None:
    actor, application_id = draft()

    submission = submit(actor, application_id)

    content = submission.content
    programme = load_policy().programme("general", date(2023, 5, 2))
    assert submission.policy_hash == programme.hash
    assert content["rules"] == {
        "as_of": "2023-05-02",
        "hash": programme.hash,
        "version": "2023",
        "programme": {"ko": programme.name.ko, "en": programme.name.en},
    }
    assert content["tier"] == {"key": "upgrade1", "ko": "고도화1", "en": "Upgrade 1"}
    assert content["costs"] == {
        "software_development": 120_000_000,
        "hardware": 60_000_000,
        "other_cost": -3_000_000,
    }
    assert content["facts"]["firm_size"] == {
        "value": "small",
        "origin": {"source": "등록한 매출액과 근로자 수로 계산", "params": {}},
        "grade": "D",
    }
    assert content["facts"]["tax_arrears"] == {"value": False, "origin": None, "grade": "D"}
    assert content["measurement"] is None
    assert [item["key"] for item in content["declarations"]] == list(DECLARED)
    assert submission.sha256 == content_sha256(content)
    assert (submission.version, submission.is_late) == (1, False)


def test_what_is_registered_later_does_not_change_what_was_submitted() -> None:
    actor, application_id = make_submitted(make_call())
    view = view_of(actor, application_id)
    before = Submission.objects.values().get()

    stored = Workplace.objects.get(pk=view.workplace_id)
    details = registry_details(stored, address="경기도 화성시 새길 9")
    registry.update_workplace(actor, view.workplace_id, details)

    assert Submission.objects.values().get() == before
    section = next(s for s in view_of(actor, application_id).sections if s.key == "factory")
    answer = next(a for a in section.answers if a.key == "address")
    assert str(answer.value) == "경기도 화성시 두레로 1"
    assert answer.grade is EvidenceGrade.STATEMENT


def registry_details(stored: Workplace, **changes: str) -> Any:
    return make_workplace_details(business_number=stored.business_number, **changes)


def test_the_record_the_notices_and_the_order_of_a_receipt() -> None:
    operator = make_operator()
    actor, application_id = draft()

    submission = submit(actor, application_id)

    entry = entries_of(application_id)[-1]
    assert entry.action == "support:application:submitted"
    assert (entry.actor_user_id, entry.organisation_id) == (actor.user_id, actor.organisation_id)
    assert entry.old == {"state": "draft"}
    assert entry.new == {
        "state": "submitted",
        "version": 1,
        "sha256": submission.sha256,
        "policy_hash": submission.policy_hash,
        "government_krw": 88_500_000,
        "due_on": "2026-12-08",
    }
    assert notices_of(actor.own_organisation_id) == ["신청서를 접수했습니다"]
    assert notices_of(operator.own_organisation_id) == ["새 신청이 들어왔습니다"]
    assert sorted(Notice.objects.values_list("url", flat=True)) == [
        f"/my/applications/{application_id}/status/",
        f"/ops/queue/{application_id}/",
    ]
    job = Job.objects.get()
    assert (job.kind, job.payload) == ("support.receipt", {"submission": submission.pk})


@pytest.mark.parametrize("now", [OPENS, CLOSES])
def test_at_both_ends_of_the_period_it_is_taken(now: Any) -> None:
    actor, application_id = draft()

    assert submit(actor, application_id, now).submitted_at == now


@pytest.mark.parametrize("now", [OPENS - MOMENT, CLOSES + MOMENT])
def test_outside_the_period_it_is_refused_and_nothing_changes(now: Any) -> None:
    actor, application_id = draft()
    before = everything()

    with pytest.raises(CallClosedError):
        submit(actor, application_id, now)

    assert everything() == before


def test_every_place_that_is_missing_is_named() -> None:
    actor, workplace_id = make_applicant(representative="")
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)
    actions.save_answers(actor, application_id, "supplier", {"has_supplier": "yes"}, now=NOW)
    before = everything()

    with pytest.raises(IncompleteError) as refused:
        actions.submit_application(actor, application_id, declared=["facts_true"], now=NOW)

    assert set(refused.value.places) == {
        "factory/representative",
        "standing/business_status",
        "standing/tax_arrears",
        "standing/credit_default",
        "standing/insolvency",
        "standing/excluded",
        "standing/prior_support",
        "standing/workplace_built_before",
        "level/system_level",
        "level/situation",
        "goal/tier",
        "goal/target_level",
        "goal/solutions",
        "goal/plan",
        "goal/months",
        "cost/software_development",
        "indicators/indicators",
        "supplier/supplier_name",
        "supplier/supplier_business_number",
        "declarations/not_funded_twice",
        "declarations/own_share_paid",
        "declarations/lookup_consent",
    }
    assert "22가지" in str(refused.value)
    assert everything() == before


def test_input_that_could_not_be_read_stops_it_even_where_nothing_is_required() -> None:
    actor, application_id = draft(cost={"network": "모름"})
    before = everything()

    with pytest.raises(IncompleteError) as refused:
        submit(actor, application_id)

    assert set(refused.value.places) == {"cost/network"}
    assert everything() == before


def test_a_firm_the_rules_refuse_may_submit_after_a_plain_warning_and_is_flagged() -> None:
    actor, application_id = draft(standing={"tax_arrears": "yes"})
    view = view_of(actor, application_id)
    assert view.warning is not None
    assert str(view.warning).startswith("지금 규칙으로는 지원이 어렵습니다.")
    assert view.may_submit

    content = submit(actor, application_id).content

    refused = [r for r in content["eligibility"]["reasons"] if r["verdict"] == "difficult"]
    assert [reason["rule"] for reason in refused] == ["tax_paid"]
    assert content["amount"]["government_krw"] == 0
    assert content["amount"]["by_arithmetic_krw"] == 88_500_000
    row = queries.list_queue(queries.QueueFilter(), now=NOW).rows[0]
    assert (row.verdict, row.government_krw) == ("difficult", 0)
    assert "자격 어려움 1건" in [str(flag) for flag in row.flags]


def test_a_firm_nothing_speaks_against_is_not_warned() -> None:
    actor, application_id = draft()

    assert view_of(actor, application_id).warning is None


def test_a_second_submission_is_refused() -> None:
    actor, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(NotPossibleNowError) as refused:
        submit(actor, application_id)

    assert refused.value.state == "submitted"
    assert everything() == before


def test_cloud_and_after_service_applications_are_handed_in_under_their_own_rules() -> None:
    actor, workplace_id = make_applicant()
    call_id = make_call(programme="after_service", policy_as_of=date(2023, 5, 2))
    application_id = actions.start_application(actor, call_id, workplace_id, now=NOW)
    answers: dict[str, dict[str, object]] = {
        "standing": {
            "business_status": "operating",
            "tax_arrears": "no",
            "credit_default": "no",
            "insolvency": "no",
            "excluded": "no",
            "prior_support": "new_build",
            "workplace_built_before": "yes",
        },
        "service": {
            "tier": "single",
            "needs": ["repair", "part"],
            "solution": "14",
            "built_on": "2022-03-01",
            "problem": "바코드 프린터가 멈춰 로트 번호를 손으로 적습니다.",
            "maintenance_contract": "no",
        },
        "service_cost": {"hardware": "4,600,000", "software_development": "1,401,999"},
    }
    for topic, values in answers.items():
        actions.save_answers(actor, application_id, topic, values, now=NOW)

    submission = submit(actor, application_id)

    assert Application.objects.get().number == "2026-ASV-100001"
    assert submission.content["amount"]["total_cost_krw"] == 6_001_999
    assert submission.content["amount"]["government_krw"] == 3_000_000
    assert submission.content["eligibility"]["verdict"] == "possible"
    stages = view_of(actor, application_id).stages
    assert [s.key for s in stages] == [
        "application",
        "receipt",
        "requirement_check",
        "assignment",
        "visit",
        "settlement",
    ]


def test_a_draft_is_withdrawn_without_a_reason_and_kept() -> None:
    actor, application_id = draft()
    answers = Application.objects.get().answers

    actions.withdraw_application(actor, application_id)

    application = Application.objects.get()
    assert (application.state, application.answers) == ("withdrawn", answers)
    assert audited(application_id)[-1] == "withdrawn"


def test_a_submitted_application_is_withdrawn_with_a_reason_and_reviewers_are_told() -> None:
    operator = make_operator()
    actor, application_id = make_submitted(make_call())

    actions.withdraw_application(actor, application_id, reason=" 자금 사정 ")

    entry = entries_of(application_id)[-1]
    assert (entry.action, entry.reason) == ("support:application:withdrawn", "자금 사정")
    assert entry.old == {"state": "submitted", "due_on": "2026-12-08"}
    assert entry.new == {"state": "withdrawn", "due_on": None}
    assert notices_of(operator.own_organisation_id)[-1] == "신청이 취소되었습니다"
    view = view_of(actor, application_id)
    assert (view.state, view.due_on, view.may_withdraw) == ("withdrawn", None, False)
    assert view.stages[0].state == "now"


def test_a_submitted_application_is_not_withdrawn_without_a_reason_nor_twice() -> None:
    actor, application_id = make_submitted(make_call())
    before = everything()

    with pytest.raises(ReviewRefusedError):
        actions.withdraw_application(actor, application_id, reason="  ")
    assert everything() == before

    actions.withdraw_application(actor, application_id, reason="자금 사정")
    before = everything()
    with pytest.raises(NotPossibleNowError):
        actions.withdraw_application(actor, application_id, reason="한 번 더")
    assert everything() == before


def test_a_cloud_switch_is_handed_in_and_says_that_its_share_is_not_confirmed() -> None:
    actor, workplace_id = make_applicant()
    call_id = make_call(programme="cloud_switch", policy_as_of=date(2021, 5, 1))
    application_id = actions.start_application(actor, call_id, workplace_id, now=NOW)
    answers: dict[str, dict[str, object]] = {
        "standing": GENERAL["standing"] | {"workplace_built_before": "yes"},
        "level": GENERAL["level"],
        "cloud": {
            "tier": "switch",
            "moved_solutions": ["1", "2"],
            "plan": "공장 서버의 MES와 ERP를 클라우드로 옮겨 고장과 백업 걱정을 줄입니다.",
            "months": "4",
        },
        "cloud_cost": {"software_development": "1억 2,000만원", "cloud_fee": "30,000,000"},
        "supplier": {"has_supplier": "no"},
    }
    for topic, values in answers.items():
        actions.save_answers(actor, application_id, topic, values, now=NOW)

    amount = submit(actor, application_id).content["amount"]

    assert Application.objects.get().number == "2026-CLD-100001"
    assert (amount["total_cost_krw"], amount["government_krw"]) == (150_000_000, 70_000_000)
    assert amount["confirmed"] is False
    assert view_of(actor, application_id).eligibility is not None
    row = queries.list_queue(queries.QueueFilter(programme="cloud_switch"), now=NOW).rows[0]
    assert (row.verdict, row.tier.ko) == ("check", "클라우드 전환")
