"""What-if: the same rule texts with some values changed, as data laid over them.

A reformed set is a `PolicySet` like any other, with hashes of its own, so a simulated decision can
never be taken for one under the rules in force.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from dure.kernel.data_files import data_file_error, read_data_file
from dure.kernel.names import Name
from dure.policy.checks import check_version
from dure.policy.reader import PolicySet, make_policy
from dure.policy.schema import Dated, DatedEntry, ProgrammeForm, TierForm, Words

# A changed value is nobody's rule: it cites Dure and counts as unconfirmed.
_SOURCE, _MARK = "Dure", "U"


class Change(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "field": "set"},
):
    """One change of one version.

    Either `until` (the version's last day moves), or `field` (cap, share, max_months) with `value`
    from `start` to the version's end; without `tier`, the share of the whole programme.
    """

    programme: str
    version: str
    tier: str | None = None
    field: str | None = None
    start: date | None = None
    value: int | str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reform:
    """A named set of changes."""

    name: Name
    changes: tuple[Change, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reform: Words
    changes: list[Change]


class ReformError(ValueError):
    """A change that meets no rule text, or leaves one that contradicts itself."""


def load_reform(path: Path) -> Reform:
    """A reform from a file.

    Raises:
        DataFileError: the file is malformed.
    """
    file = read_data_file(path, _File)
    return Reform(file.reform.name, tuple(file.changes))


def reformed(policy: PolicySet, reform: Reform) -> PolicySet:
    """The rule texts with the changes applied, checked like any other.

    Raises:
        DataFileError: a change names a version, tier or value that does not exist, or the result
            contradicts itself.
    """
    forms = {(form.programme, form.version): form for form in policy.forms}
    try:
        for change in reform.changes:
            key = (change.programme, change.version)
            if key not in forms:
                raise ReformError(f"없는 판입니다: {change.programme}/{change.version}")
            forms[key] = _changed(forms[key], change)
        for form in forms.values():
            check_version(form, policy.library)
        return make_policy(forms.values(), policy.library)
    except ValueError as error:
        raise data_file_error(str(reform.name), str(error)) from error


def _changed(form: ProgrammeForm, change: Change) -> ProgrammeForm:
    if change.until is not None:
        return msgspec.structs.replace(form, end=change.until)
    start = change.start or form.start
    if change.tier is None:
        if change.field != "share":
            raise ReformError(f"사업 전체에서는 share만 바꿀 수 있습니다: {change.field}")
        return msgspec.structs.replace(form, share=_replaced(form.share, start, change))
    if change.tier not in {tier.tier for tier in form.tiers}:
        raise ReformError(f"없는 지원유형입니다: {change.tier}")
    tiers = [
        _changed_tier(tier, form, start, change) if tier.tier == change.tier else tier
        for tier in form.tiers
    ]
    return msgspec.structs.replace(form, tiers=tiers)


def _changed_tier(tier: TierForm, form: ProgrammeForm, start: date, change: Change) -> TierForm:
    fields: dict[str, Callable[[], Dated]] = {
        "cap": lambda: tier.cap,
        "share": lambda: tier.share or form.share,
        "max_months": lambda: tier.max_months or Dated("months", []),
    }
    if change.field not in fields:
        raise ReformError(f"바꿀 수 없는 값입니다: {change.field}")
    return msgspec.structs.replace(
        tier, **{change.field: _replaced(fields[change.field](), start, change)}
    )


def _replaced(dated: Dated, start: date, change: Change) -> Dated:
    kept = [entry for entry in dated.values if entry.start < start]
    new = DatedEntry(start, change.value, _SOURCE, _MARK, verified=start)
    return Dated(dated.unit, [*kept, new])
