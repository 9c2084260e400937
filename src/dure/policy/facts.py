"""What rules ask of a firm and its workplace, as one record or as columns of a population.

Every fact may be None, unknown. In columns a fact is an int16 code, the position of its value in
the vocabulary of `policy/eligibility_facts.yaml`; unknown is -1 in every column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
import numpy as np
import numpy.typing as npt

from dure.kernel.codes import POLICY_ROOT, load_code_list
from dure.kernel.data_files import data_file_error, read_data_file
from dure.kernel.industries import division_key
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.errors import FactError

Codes = npt.NDArray[np.int16]
UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one firm and workplace; None is unknown.

    Values of the text fields are keys of `policy/eligibility_facts.yaml`; `ksic` is any trade code
    from the division on (`C22232`, `22`); `province` a key of the provinces list.
    """

    manufacturer: bool | None = None
    ksic: str | None = None
    firm_size: str | None = None
    province: str | None = None
    business_status: str | None = None
    tax_arrears: bool | None = None
    credit_default: bool | None = None
    insolvency: bool | None = None
    excluded: bool | None = None
    system_level: str | None = None
    target_level: str | None = None
    prior_support: str | None = None
    workplace_built_before: bool | None = None
    has_supplier: bool | None = None
    wants: str | None = None


FACT_KEYS: tuple[str, ...] = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a fact can take."""

    key: str
    name: Name


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact's vocabulary. `kind`: flag, choice, ordered (rising), division or province."""

    key: str
    kind: str
    name: Name
    choices: tuple[Choice, ...]

    def code_of(self, value: object) -> int:
        """The column code of a value; UNKNOWN for None and for trade codes that cannot be read.

        Raises:
            FactError: outside the vocabulary.
        """
        if value is None:
            return UNKNOWN
        if self.kind == "division":
            return int(division_key(str(value)) or UNKNOWN)
        if self.kind == "flag" and isinstance(value, bool):
            return int(value)
        for position, choice in enumerate(self.choices):
            if choice.key == value:
                return position
        raise FactError(
            Text("{fact}: 알 수 없는 값입니다({value}).", {"fact": self.name.ko, "value": value}),
            Text("정해진 값 가운데에서 골라 주세요."),
        )


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Facts of a population, one int16 code per row; a fact that is absent is unknown in all."""

    size: int
    codes: Mapping[str, Codes]

    def column(self, key: str) -> Codes:
        """Codes of one fact, shape (size,)."""
        found = self.codes.get(key)
        return found if found is not None else np.full(self.size, UNKNOWN, dtype=np.int16)

    @classmethod
    def of(cls, population: Sequence[Facts]) -> "FactColumns":
        """Columns of many records.

        Raises:
            FactError: a value outside its vocabulary.
        """
        return cls.from_values(
            {key: [getattr(row, key) for row in population] for key in FACT_KEYS}
        )

    @classmethod
    def from_values(cls, values: Mapping[str, Sequence[object]]) -> "FactColumns":
        """Columns of plain values, all of one length.

        Raises:
            FactError: an unknown fact, a value outside its vocabulary, or uneven lengths.
        """
        sizes = {len(column) for column in values.values()}
        if len(sizes) != 1:
            raise FactError(Text("모든 열의 길이가 같아야 합니다."), Text("행 수를 맞춰 주세요."))
        return cls(
            sizes.pop(),
            MappingProxyType({key: _encode(kind_of(key), col) for key, col in values.items()}),
        )


def _encode(kind: FactKind, column: Iterable[object]) -> Codes:
    known: dict[object, int] = {}
    codes = []
    for value in column:
        # True and 1 are one dictionary key but not one fact value.
        key = (type(value), value)
        if key not in known:
            known[key] = kind.code_of(value)
        codes.append(known[key])
    return np.array(codes, dtype=np.int16)


def kind_of(key: str) -> FactKind:
    """The vocabulary of a fact.

    Raises:
        FactError: no such fact.
    """
    found = fact_kinds().get(key)
    if found is None:
        raise FactError(
            Text("규칙이 모르는 사실입니다: {key}", {"key": key}),
            Text("policy/eligibility_facts.yaml에 있는 이름을 사용해 주세요."),
        )
    return found


def fact_kinds() -> Mapping[str, FactKind]:
    """Every fact's vocabulary by key, in the order a person is asked."""
    return read_fact_kinds(POLICY_ROOT / "eligibility_facts.yaml")


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    ko: str
    en: str


class _Choice(_Words, forbid_unknown_fields=True):
    key: str


class _Fact(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    kind: str
    name: _Words
    choices: list[_Choice] = []


class _File(msgspec.Struct, forbid_unknown_fields=True):
    facts: list[_Fact]


@cache
def read_fact_kinds(path: Path) -> Mapping[str, FactKind]:
    """The vocabularies of one file; it must hold exactly the fields of `Facts`, in their order.

    Raises:
        DataFileError: the file is malformed or does not fit `Facts`.
    """
    file = read_data_file(path, _File)
    if tuple(fact.key for fact in file.facts) != FACT_KEYS:
        raise data_file_error(path.name, "사실의 이름과 순서가 Facts와 다릅니다")
    return MappingProxyType({fact.key: _kind(fact) for fact in file.facts})


def _kind(fact: _Fact) -> FactKind:
    choices = [Choice(c.key, Name(c.ko, c.en)) for c in fact.choices]
    if fact.kind == "province":
        codes = load_code_list(POLICY_ROOT / "codes" / "provinces.yaml").codes
        choices = list({code.key: Choice(code.key, code.name) for code in codes}.values())
    return FactKind(fact.key, fact.kind, Name(fact.name.ko, fact.name.en), tuple(choices))
