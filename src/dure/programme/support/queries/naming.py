"""Names of programmes, tiers and provinces in both languages."""

from datetime import date

from dure.kernel.codes import POLICY_ROOT, load_code_list
from dure.kernel.names import Name
from dure.policy.reader import load_policy
from dure.policy.versions import ProgrammeVersion
from dure.programme.support.models import Call


class RuleNames:
    """Looks names up in the rule texts as they are now, each programme once."""

    def __init__(self) -> None:
        self._policy = load_policy()
        self._versions: dict[tuple[str, date], ProgrammeVersion] = {}

    def version(self, call: Call) -> ProgrammeVersion:
        """The rules of a call."""
        key = (call.programme, call.policy_as_of)
        if key not in self._versions:
            self._versions[key] = self._policy.programme(*key)
        return self._versions[key]

    def find_tier(self, call: Call, key: str) -> Name | None:
        """The name of a tier of the call, None where there is none."""
        tier = self.version(call).find_tier(key)
        return tier.name if tier else None

    def programme(self, key: str) -> Name:
        """The newest name of a programme."""
        versions = self._policy.versions(key)
        return self._policy.programme(key, versions[-1][0]).name if versions else Name(key, key)


def province_name(key: str) -> Name:
    """A province; a key not on the list stays as it is."""
    code = load_code_list(POLICY_ROOT / "codes" / "provinces.yaml").find(key)
    return code.name if code else Name(key, key)
