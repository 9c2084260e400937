"""What can go wrong when rules are asked; one root, `PolicyError`."""

from datetime import date

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class PolicyError(DureError):
    """A question that the rules cannot answer."""


class UnknownRuleError(PolicyError):
    """No programme, tier or value of that name on that day."""


class FactError(PolicyError):
    """A fact with a value outside its vocabulary."""


def no_programme(key: str, as_of: date) -> UnknownRuleError:
    """No version of the programme is in force."""
    return UnknownRuleError(
        Text("{as_of} 기준으로 시행 중인 사업이 아닙니다: {key}", {"as_of": as_of, "key": key}),
        Text("공고가 정한 규칙 기준일을 확인해 주세요."),
    )


def no_tier(key: str, tier: str, as_of: date) -> UnknownRuleError:
    """The programme has no such tier on that day."""
    return UnknownRuleError(
        Text(
            "{as_of} 기준으로 없는 지원유형입니다: {key} / {tier}",
            {"as_of": as_of, "key": key, "tier": tier},
        ),
        Text("그날 신청할 수 있는 지원유형을 골라 주세요."),
    )
