"""What the example firms answer: plausible, different from firm to firm, the same each time."""

from dataclasses import dataclass
from random import Random

from dure.web.example.firms import ExampleFirm, example_business_number

_MAN = 10_000
_TROUBLES = (
    "작업일지를 손으로 적어 불량 원인을 찾는 데 하루가 걸립니다.",
    "주문이 바뀌면 생산 계획을 사람이 다시 짜야 해서 납기를 자주 놓칩니다.",
    "설비가 멈춰도 사무실에서는 모르고, 가동률을 달마다 짐작으로 적습니다.",
    "검사 기록이 종이에만 있어 고객이 물으면 이틀이 걸립니다.",
)
_PLANS = (
    "설비 신호를 자동으로 모아 생산 실적과 불량을 실시간으로 보고, 로트마다 작업 조건을 남깁니다.",
    "바코드로 로트를 따라가고, 검사 결과를 생산 실적과 이어 원인을 그날 찾습니다.",
    "설비 가동과 정지 이유를 자동으로 기록하고, 작업 지시를 현장 화면에 바로 띄웁니다.",
)
_INDICATORS = (
    ("hourly_output", 82, 98),
    ("product_defect_rate", 3.2, 1.8),
    ("equipment_utilisation", 61, 74),
    ("order_to_ship_lead_time", 120, 88),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by topic, in the order in which the topics open."""

    by_topic: dict[str, dict[str, object]]


def build_answers(firm: ExampleFirm, *, excluded: bool = False) -> Answers:
    """A whole application for a build: every required question has its answer."""
    chance = Random(firm.number)  # noqa: S311 - examples, nothing secret
    return Answers(
        {
            "factory": {"firm_size": "small"},
            "standing": _standing(chance, excluded=excluded),
            "level": {"system_level": "basic", "situation": chance.choice(_TROUBLES)},
            "goal": {
                "tier": "upgrade1",
                "target_level": "mid1",
                "solutions": sorted(chance.sample(["1", "10", "13", "14", "15"], k=2)),
                "plan": chance.choice(_PLANS),
                "months": chance.choice([6, 8, 9]),
            },
            "cost": _cost(chance),
            "indicators": {"indicators": _indicators(chance)},
            "supplier": _supplier(chance),
        }
    )


def begun_answers(system_level: str) -> Answers:
    """What the example factory has written so far of its upgrade at the same level."""
    return Answers(
        {
            "standing": {
                "business_status": "operating",
                "tax_arrears": False,
                "credit_default": False,
                "insolvency": False,
                "excluded": False,
                "prior_support": "new_build",
                "workplace_built_before": True,
            },
            "level": {
                "system_level": system_level,
                "systems_in_use": ["1"],
                "situation": "배럴 온도와 불량을 사람이 나중에 견주어 보아 조치가 반나절 늦습니다.",
            },
            "goal": {
                "tier": "same_level",
                "target_level": "mid1",
                "solutions": ["1", "13"],
                "plan": "사출기 신호와 생산 실적을 한 화면에서 보고, 불량이 늘면 바로 알립니다.",
                "months": 6,
            },
            "cost": {"software_development": 5_200 * _MAN, "hardware": 2_400 * _MAN},
        }
    )


def service_answers(firm: ExampleFirm) -> Answers:
    """A whole application for after-service."""
    chance = Random(firm.number)  # noqa: S311 - examples, nothing secret
    return Answers(
        {
            "factory": {"firm_size": "small"},
            "standing": _standing(chance, excluded=False)
            | {"prior_support": "new_build", "workplace_built_before": True},
            "service": {
                "tier": "single",
                "needs": ["repair"],
                "solution": chance.choice(["1", "13", "14"]),
                "built_on": "2021-10-29",
                "problem": "바코드 프린터가 자주 멈춰 로트 번호를 손으로 적고 있습니다.",
                "maintenance_contract": False,
            },
            "service_cost": {
                "hardware": chance.randrange(300, 900, 50) * _MAN,
                "software_development": chance.randrange(100, 500, 50) * _MAN,
            },
        }
    )


def _standing(chance: Random, *, excluded: bool) -> dict[str, object]:
    return {
        "business_status": "operating",
        "tax_arrears": False,
        "credit_default": False,
        "insolvency": False,
        "excluded": excluded,
        "prior_support": chance.choice(["never", "new_build"]),
        "workplace_built_before": False,
    }


def _cost(chance: Random) -> dict[str, object]:
    heads = chance.sample(("hardware", "software", "network", "automation", "cloud_fee"), k=2)
    return {
        "software_development": chance.randrange(2_000, 16_000, 250) * _MAN,
        **{head: chance.randrange(300, 9_000, 50) * _MAN for head in heads},
    }


def _indicators(chance: Random) -> list[dict[str, object]]:
    chosen = chance.sample(_INDICATORS, k=2)
    return [
        {"indicator": key, "before": str(before), "target": str(target), "weight": "50"}
        for key, before, target in chosen
    ]


def _supplier(chance: Random) -> dict[str, object]:
    if chance.random() < 0.3:
        return {"has_supplier": False}
    number = chance.randrange(1, 4)
    return {
        "has_supplier": True,
        "supplier_name": f"예시솔루션 {number}(예시)",
        "supplier_business_number": example_business_number(100 + number),
    }
