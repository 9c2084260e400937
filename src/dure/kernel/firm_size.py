"""Size of a firm by the table in force on a day; None where the table or the facts do not say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from dure.kernel.codes import POLICY_ROOT, Code, load_code_list
from dure.kernel.data_files import read_data_file
from dure.kernel.industries import division_key


class FirmSize(StrEnum):
    """소상공인, 소기업, 중기업, 중견기업, 대기업."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    MID_SIZED = "mid_sized"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFacts:
    """What the size of a firm depends on; None is unknown.

    Attributes:
        ksic: main trade, any length from the division on.
        employees: regular workers, monthly mean.
        annual_sales_krw: mean of the last three business years.
        assets_krw: total assets.
        independent: not held by a firm too large (the 30 % rule).
        large_group: belongs to a business group under limits on cross-holding.
    """

    ksic: str | None = None
    employees: int | None = None
    annual_sales_krw: int | None = None
    assets_krw: int | None = None
    independent: bool | None = None
    large_group: bool | None = None


class _Value(msgspec.Struct, forbid_unknown_fields=True):
    value: int
    unit: str
    source: str
    mark: str


class _Range(msgspec.Struct, forbid_unknown_fields=True):
    low: int
    high: int
    unit: str
    source: str
    mark: str


class _DivisionLine(_Value, forbid_unknown_fields=True):
    divisions: list[str]


class _Table(msgspec.Struct, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}):
    start: date
    micro_workers_below: _Value
    small_sales: _Range
    sme_sales: _Range
    sme_assets_below: _Value
    small_sales_by_division: list[_DivisionLine]
    end: date | None = None
    note: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    parameter: str
    source: str
    mark: str
    verified: date
    tables: list[_Table]
    presumed_when_unknown: dict[str, str]


def firm_size(facts: SizeFacts, as_of: date) -> FirmSize | None:
    """The size class on `as_of`, or None when it cannot be told from facts and table.

    Unknown assets and independence are presumed as the table says; the certificate of firm size
    (중소기업확인서) settles them.

    >>> facts = SizeFacts(ksic="C24", employees=8, annual_sales_krw=900_000_000)
    >>> firm_size(facts, date(2021, 3, 1))
    <FirmSize.MICRO: 'micro'>
    """
    table = _table_on(as_of)
    if table is None:
        return None
    sme = _is_sme(facts, table)
    if sme is None:
        return None
    if not sme:
        return _above_sme(facts)
    return _within_sme(facts, table)


def size_codes() -> tuple[Code, ...]:
    """The five classes with their names, smallest first."""
    return load_code_list(POLICY_ROOT / "codes" / "firm_sizes.yaml").codes


def _within_sme(facts: SizeFacts, table: _Table) -> FirmSize | None:
    small = _is_small(facts, table)
    if small is None:
        return None
    if not small:
        return FirmSize.MEDIUM
    if facts.employees is None:
        return None
    return FirmSize.MICRO if facts.employees < table.micro_workers_below.value else FirmSize.SMALL


def _above_sme(facts: SizeFacts) -> FirmSize | None:
    if facts.large_group is None:
        return None
    return FirmSize.LARGE if facts.large_group else FirmSize.MID_SIZED


def _is_sme(facts: SizeFacts, table: _Table) -> bool | None:
    too_rich = facts.assets_krw is not None and facts.assets_krw >= table.sme_assets_below.value
    if too_rich or facts.independent is False:
        return False
    return _at_most(facts.annual_sales_krw, table.sme_sales.low, table.sme_sales.high)


def _is_small(facts: SizeFacts, table: _Table) -> bool | None:
    division = division_key(facts.ksic) if facts.ksic else None
    for line in table.small_sales_by_division:
        if division in line.divisions:
            return _at_most(facts.annual_sales_krw, line.value, line.value)
    return _at_most(facts.annual_sales_krw, table.small_sales.low, table.small_sales.high)


def _at_most(amount: int | None, low: int, high: int) -> bool | None:
    """Whether `amount` is within a line known only to lie between `low` and `high`."""
    if amount is None or low < amount <= high:
        return None
    return amount <= low


def _table_on(day: date) -> _Table | None:
    tables = _load(POLICY_ROOT / "parameters" / "firm_size.yaml").tables
    return next((t for t in tables if t.start <= day and (t.end is None or day <= t.end)), None)


@cache
def _load(path: Path) -> _File:
    return read_data_file(path, _File)
