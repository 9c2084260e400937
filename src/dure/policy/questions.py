"""The questions of the programme finder, read from `policy/finder.yaml`."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from dure.kernel.codes import POLICY_ROOT
from dure.kernel.data_files import data_file_error, read_data_file
from dure.kernel.names import Name
from dure.policy.errors import FactError
from dure.policy.facts import FactKind, kind_of
from dure.policy.schema import Words


@dataclass(frozen=True, slots=True)
class Ask:
    """One fact that a question asks for.

    Attributes:
        words: how it is asked; the fact's own name where the question says nothing else.
        hints: column of the level grid that explains each choice; '' for none.
        clear: value of the fact when nothing of a `together` question applies.
    """

    fact: FactKind
    words: Name
    hints: str
    clear: str | bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `together`: asked once for all its facts, by what does not apply."""

    key: str
    title: Name
    hint: Name
    asks: tuple[Ask, ...]

    @property
    def together(self) -> bool:
        """Whether one answer settles every fact."""
        return all(ask.clear is not None for ask in self.asks)


class _Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fact: str
    words: Words | None = None
    hints: str = ""
    clear: str | bool | None = None


class _Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: str
    title: Words
    hint: Words
    asks: list[_Ask]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    questions: list[_Question]


@cache
def finder_questions(path: Path = POLICY_ROOT / "finder.yaml") -> tuple[Question, ...]:
    """The questions in the order they are asked.

    Raises:
        DataFileError: malformed, an unknown fact or value, or a fact asked for twice.
    """
    file = read_data_file(path, _File)
    asked = Counter(ask.fact for form in file.questions for ask in form.asks)
    for fact, times in asked.items():
        if times > 1:
            raise data_file_error(path.name, f"사실 {fact}: 두 번 묻습니다")
    try:
        return tuple(_question(form) for form in file.questions)
    except FactError as error:
        raise data_file_error(path.name, str(error)) from error


def _question(form: _Question) -> Question:
    asks = tuple(_ask(ask) for ask in form.asks)
    return Question(form.question, form.title.name, form.hint.name, asks)


def _ask(form: _Ask) -> Ask:
    kind = kind_of(form.fact)
    kind.code_of(form.clear)
    return Ask(kind, form.words.name if form.words else kind.name, form.hints, form.clear)
