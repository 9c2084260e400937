"""Reads the rule texts in `policy/` and answers which programmes are in force on a day."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import data_file_error, parse_data_file
from dure.policy.checks import check_dated, check_overlaps, check_version
from dure.policy.conditions import ConditionError, facts_in
from dure.policy.documents import Library, content_hash, make_library, parameter_on, resolve
from dure.policy.errors import no_programme
from dure.policy.schema import (
    Dated,
    ParameterFile,
    ProgrammeForm,
    RuleFile,
    RuleForm,
    SourceFile,
)
from dure.policy.versions import ProgrammeVersion, Value

_SOURCES = "sources.yaml"
_PARAMETERS = "parameters/programme_terms.yaml"
_Files = tuple[tuple[str, bytes], ...]
_Shape = TypeVar("_Shape")


@dataclass(frozen=True, slots=True, eq=False)
class PolicySet:
    """All rule texts, by content: `hash` changes with any of them."""

    forms: tuple[ProgrammeForm, ...]
    library: Library
    hash: str

    def programmes(self, as_of: date) -> tuple[ProgrammeVersion, ...]:
        """The programmes in force on `as_of`, by key."""
        return tuple(
            resolve(form, self.library, as_of) for form in self.forms if _in_force(form, as_of)
        )

    def programme(self, key: str, as_of: date) -> ProgrammeVersion:
        """One programme as it stands on `as_of`.

        Raises:
            UnknownRuleError: no version of it is in force on that day.
        """
        for form in self.forms:
            if form.programme == key and _in_force(form, as_of):
                return resolve(form, self.library, as_of)
        raise no_programme(key, as_of)

    def versions(self, key: str) -> tuple[tuple[date, date | None], ...]:
        """First and last day of each version of a programme, in order of time."""
        return tuple((form.start, form.end) for form in self.forms if form.programme == key)

    def find_by_hash(self, version_hash: str, as_of: date) -> ProgrammeVersion | None:
        """The version a past decision names, or None where its text is no longer here."""
        for form in self.forms:
            if _in_force(form, as_of) and content_hash(form, self.library) == version_hash:
                return resolve(form, self.library, as_of)
        return None

    def facts_of(self, rule: str) -> frozenset[str]:
        """The facts that a rule asks about; none for a rule there is not."""
        form = self.library.rule_forms.get(rule)
        if form is None:
            return frozenset()
        parts = [form.applies_if, form.requires, *(e.when for e in form.exceptions)]
        return frozenset().union(*(facts_in(part) for part in parts))

    def parameter(self, key: str, as_of: date) -> Value:
        """A value that programmes share.

        Raises:
            UnknownRuleError: no such value on that day.
        """
        try:
            return parameter_on(self.library, key, as_of)
        except (KeyError, ValueError) as error:
            raise no_programme(key, as_of) from error


def load_policy(root: Path = POLICY_ROOT) -> PolicySet:
    """The rule texts under `root`; read anew each time, parsed anew only when they changed.

    Raises:
        DataFileError: a file that is malformed or contradicts another.
    """
    return _parse(_read(root))


def make_policy(forms: Iterable[ProgrammeForm], library: Library) -> PolicySet:
    """A set of given texts, checked.

    Raises:
        PolicyCheckError: they contradict themselves or each other.
    """
    ordered = tuple(sorted(forms, key=lambda form: (form.programme, form.start)))
    check_overlaps(ordered)
    hashes = [content_hash(form, library) for form in ordered]
    return PolicySet(ordered, library, hashlib.sha256("".join(hashes).encode()).hexdigest())


def _read(root: Path) -> _Files:
    paths = [root / _SOURCES, root / _PARAMETERS, *sorted((root / "rules").glob("*.yaml"))]
    paths += sorted((root / "programmes").glob("*/*.yaml"))
    try:
        return tuple((path.relative_to(root).as_posix(), path.read_bytes()) for path in paths)
    except OSError as error:
        raise data_file_error(str(error.filename), str(error.strerror)) from error


@lru_cache(maxsize=8)
def _parse(files: _Files) -> PolicySet:
    library = _library(files)
    forms = _named(files, "programmes/", ProgrammeForm)
    for name, form in forms:
        expected = f"programmes/{form.programme}/{form.version}.yaml"
        if name != expected:
            raise data_file_error(name, f"이 내용은 {expected}에 있어야 합니다")
        try:
            check_version(form, library)
        except ValueError as error:
            raise data_file_error(name, str(error)) from error
    try:
        return make_policy([form for _, form in forms], library)
    except ValueError as error:
        raise data_file_error("programmes", str(error)) from error


def _library(files: _Files) -> Library:
    sources = [form for _, file in _named(files, _SOURCES, SourceFile) for form in file.sources]
    parameters = [
        form for _, file in _named(files, _PARAMETERS, ParameterFile) for form in file.parameters
    ]
    library = make_library(parameters, [], sources)
    for form in parameters:
        try:
            check_dated(Dated(form.unit, form.values), library)
        except ValueError as error:
            raise data_file_error(_PARAMETERS, f"{form.parameter}: {error}") from error
    return make_library(parameters, _rules(files, library), sources)


def _rules(files: _Files, library: Library) -> list[RuleForm]:
    seen: dict[str, RuleForm] = {}
    for name, file in _named(files, "rules/", RuleFile):
        for form in file.rules:
            if form.rule in seen:
                raise data_file_error(name, f"자격 규칙 {form.rule}: 두 번 나옵니다")
            _check_rule(name, form, library)
            seen[form.rule] = form
    return list(seen.values())


def _check_rule(name: str, form: RuleForm, library: Library) -> None:
    try:
        make_library([], [form], library.sources.values())
    except (ConditionError, ValueError) as error:
        raise data_file_error(name, f"자격 규칙 {form.rule}: {error}") from error
    except KeyError as error:
        raise data_file_error(name, f"자격 규칙 {form.rule}: 출처에 없습니다 {error}") from error


def _named(files: _Files, prefix: str, shape: type[_Shape]) -> list[tuple[str, _Shape]]:
    return [
        (name, parse_data_file(name, content, shape))
        for name, content in files
        if name.startswith(prefix)
    ]


def _in_force(form: ProgrammeForm, day: date) -> bool:
    return form.start <= day and (form.end is None or day <= form.end)
