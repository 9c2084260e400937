"""Calls and applications for tests, made through the same actions as the product's."""

from datetime import UTC, date, datetime
from typing import Any

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import SYSTEM, Actor
from dure.foundation.organisations.queries import find_actor
from dure.foundation.organisations.roles import Role
from dure.kernel.names import Name
from dure.programme.registry import actions as registry
from dure.programme.support import actions
from tests.factories.foundation import make_member
from tests.factories.registry import make_business_number, make_firm_details, make_workplace_details

OPENS = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # 18:00 in Seoul
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Tuesday, 10:00 in Seoul
DECLARED = ("facts_true", "not_funded_twice", "own_share_paid", "lookup_consent")

GENERAL: dict[str, dict[str, object]] = {
    "standing": {
        "business_status": "operating",
        "tax_arrears": "no",
        "credit_default": "no",
        "insolvency": "no",
        "excluded": "no",
        "prior_support": "never",
        "workplace_built_before": "no",
    },
    "level": {
        "system_level": "none",
        "situation": "불량 원인을 작업일지로만 찾아서 하루가 걸립니다.",
    },
    "goal": {
        "tier": "upgrade1",
        "target_level": "mid1",
        "solutions": ["1", "13"],
        "plan": "사출기 세 대의 온도와 압력을 자동으로 모아 불량 원인을 찾습니다.",
        "months": "7",
    },
    "cost": {
        "software_development": "1억 2,000만원",
        "hardware": "60,000,000",
        "other_cost": "-3,000,000",
    },
    "indicators": {
        "indicators": [
            {"indicator": "hourly_output", "before": "120", "target": "150", "weight": "60"},
            {"indicator": "product_defect_rate", "before": "3.2", "target": "1.5", "weight": "40"},
        ]
    },
    "supplier": {
        "has_supplier": "yes",
        "supplier_name": "두레소프트",
        "supplier_business_number": "123-45-67891",
    },
}


def make_call(**changes: Any) -> int:
    """An open call of the general programme under the rules of 2023."""
    values: dict[str, Any] = {
        "programme": "general",
        "title": Name("2026년 고도화 지원 (예시)", "Upgrade support 2026 (example)"),
        "policy_as_of": date(2023, 5, 2),
        "opens_at": OPENS,
        "closes_at": CLOSES,
    }
    return actions.open_call(SYSTEM, actions.CallDetails(**values | changes))


def make_applicant(*, address: str = "경기도 화성시 두레로 1", **firm: Any) -> tuple[Actor, int]:
    """An owner with one workplace whose registered facts are complete; medium-sized by sales."""
    number = make_business_number()
    user = User.objects.create_user(f"owner-{number}@example.kr")
    details = make_firm_details(
        **{
            "business_number": number,
            "representative": "김한빛",
            "annual_sales_krw": 900_000_000,
            "employees": 34,
            **firm,
        }
    )
    workplace_id = registry.open_firm(user.pk, details, make_workplace_details(address=address))
    actor = find_actor(user.pk)
    assert actor is not None
    return actor, workplace_id


def make_draft(actor: Actor, workplace_id: int, call_id: int, **topics: Any) -> int:
    """A complete draft; `topics` replaces answers of a topic, e.g. `goal={"tier": "basic"}`."""
    application_id = actions.start_application(actor, call_id, workplace_id, now=NOW)
    for topic, answers in GENERAL.items():
        values = answers | topics.get(topic, {})
        actions.save_answers(actor, application_id, topic, values, now=NOW)
    return application_id


def make_submitted(
    call_id: int, *, address: str = "", now: datetime = NOW, firm: Any = None, **topics: Any
) -> tuple[Actor, int]:
    """An application handed in, and its owner."""
    place = {"address": address} if address else {}
    actor, workplace_id = make_applicant(**place, **(firm or {}))
    application_id = make_draft(actor, workplace_id, call_id, **topics)
    actions.submit_application(actor, application_id, declared=DECLARED, now=now)
    return actor, application_id


def make_operator() -> Actor:
    """A reviewer of an agency of their own."""
    _, actor = make_member(Role.OPERATOR)
    return actor
