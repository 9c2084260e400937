"""The programme's catalogue of performance indicators (성과지표)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import data_file_error, read_data_file
from dure.kernel.names import Name
from dure.policy.schema import Words


@dataclass(frozen=True, slots=True)
class IndicatorClass:
    """P, Q, C, D or E."""

    key: str
    name: Name


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `direction` says which way is better; `unit` empty: not stated."""

    key: str
    group: IndicatorClass
    name: Name
    direction: Literal["up", "down"]
    unit: str
    key_indicator: bool


def load_indicators(root: Path = POLICY_ROOT) -> tuple[Indicator, ...]:
    """The catalogue, in the portal's order.

    Raises:
        DataFileError: the file is malformed or names a class twice or not at all.
    """
    return _load(root / "kpi" / "indicators.yaml")


class _Class(Words, frozen=True, forbid_unknown_fields=True):
    key: str


class _Indicator(Words, frozen=True, forbid_unknown_fields=True, rename={"group": "class"}):
    key: str
    group: str
    direction: Literal["up", "down"]
    unit: str = ""
    key_indicator: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    catalogue: str
    source: str
    mark: str
    verified: date
    classes: list[_Class]
    indicators: list[_Indicator]


@cache
def _load(path: Path) -> tuple[Indicator, ...]:
    file = read_data_file(path, _File)
    groups = {form.key: IndicatorClass(form.key, form.name) for form in file.classes}
    keys = [form.key for form in file.indicators]
    if len(set(keys)) != len(keys) or {form.group for form in file.indicators} - set(groups):
        raise data_file_error(path.name, "두 번 나오거나 분류가 없는 성과지표가 있습니다")
    return tuple(
        Indicator(
            form.key, groups[form.group], form.name, form.direction, form.unit, form.key_indicator
        )
        for form in file.indicators
    )
