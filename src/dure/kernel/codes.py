"""Code lists with validity dates, read from the data folder `policy/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from dure.kernel.data_files import data_file_error, read_data_file
from dure.kernel.errors import DureError
from dure.kernel.names import Name
from dure.kernel.text import Text

POLICY_ROOT: Path = Path(__file__).resolve().parents[3] / "policy"


class CodeListError(DureError):
    """A code that is not in its list."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry; both dates inclusive, None is open. A renamed code keeps its key."""

    key: str
    ko: str
    en: str
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def valid_on(self, day: date) -> bool:
        """Whether the entry holds on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    @property
    def name(self) -> Name:
        """The entry's name in both languages."""
        return Name(self.ko, self.en)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named list; entries of one key do not overlap in time."""

    name: str
    codes: tuple[Code, ...]

    def on(self, day: date) -> tuple[Code, ...]:
        """The entries valid on `day`, in the list's order."""
        return tuple(code for code in self.codes if code.valid_on(day))

    def find(self, key: str, day: date | None = None) -> Code | None:
        """The entry of `key` valid on `day`, or its latest entry when no day is given."""
        found = [c for c in self.codes if c.key == key and (day is None or c.valid_on(day))]
        return found[-1] if found else None

    def get(self, key: str, day: date | None = None) -> Code:
        """Like `find`.

        Raises:
            CodeListError: no such code (on that day).
        """
        code = self.find(key, day)
        if code is None:
            raise CodeListError(
                Text("코드표 '{list}'에 없는 코드입니다: {key}", {"list": self.name, "key": key}),
                Text("코드표에서 고른 값을 사용해 주세요."),
            )
        return code


class _Entry(
    msgspec.Struct, forbid_unknown_fields=True, rename={"valid_from": "from", "valid_to": "to"}
):
    key: str
    ko: str
    en: str
    valid_from: date | None = None
    valid_to: date | None = None
    extra: dict[str, str] = {}


class _File(msgspec.Struct, forbid_unknown_fields=True, rename={"title": "list"}):
    title: str
    source: str
    mark: str
    verified: date
    codes: list[_Entry]
    note: str = ""


@cache
def load_code_list(path: Path) -> CodeList:
    """Read a list; files do not change while the process runs, so the result is kept.

    Raises:
        DataFileError: the file is missing, malformed, or a key holds twice on one day.
    """
    file = read_data_file(path, _File)
    codes = tuple(
        Code(e.key, e.ko, e.en, e.valid_from, e.valid_to, MappingProxyType(e.extra))
        for e in file.codes
    )
    _refuse_overlaps(path, codes)
    return CodeList(file.title, codes)


def _refuse_overlaps(path: Path, codes: tuple[Code, ...]) -> None:
    last: dict[str, Code] = {}
    for code in codes:
        before = last.get(code.key)
        if before and (
            before.valid_to is None or code.valid_from is None or before.valid_to >= code.valid_from
        ):
            raise data_file_error(path.name, f"코드 {code.key}의 유효기간이 겹칩니다")
        last[code.key] = code
