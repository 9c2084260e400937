"""One topic of an application as a form, and the two small forms around submitting.

The form shows and carries what was typed; the room reads it (`save_answers`) and its words come
back to the fields by place: a question's key, or `key.row.column` in a table.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.kernel.evidence import EvidenceGrade
from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.policy.application_form import QuestionKind
from dure.programme.support.queries import DeclarationView, QuestionView, TopicView
from dure.web.factory.application_fields import cell_of, field_of, layout_of, unit_of
from dure.web.words import named, said

Row = Mapping[str, Any]
_MOST_ROWS = 50
ROW_BUTTONS = frozenset({"add-row", "remove-row"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One input of a table, under the words of its column."""

    column: Name
    field: BoundField


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table of indicators as it is shown; counted from 0."""

    position: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page shows it; `rows` only for a table."""

    question: QuestionView
    field: BoundField
    unit: str
    layout: str
    is_won: bool
    is_long: bool
    is_table: bool
    asked_when: str
    rows: tuple[TableRow, ...]


class TopicForm(forms.Form):
    """The questions of a topic that are not known from elsewhere.

    `data` is what was posted (or kept over a sign-in); without it the stored answers show.
    `rows` replaces the rows of a table, for adding and removing one.
    """

    use_required_attribute = False

    def __init__(
        self,
        topic: TopicView,
        data: QueryDict | None = None,
        *,
        rows: Mapping[str, list[Row]] | None = None,
    ) -> None:
        super().__init__()
        self.topic = topic
        self.rows: dict[str, list[Row]] = {}
        for question in topic.questions:
            if question.fixed:
                continue
            field = self.fields[question.key] = field_of(question)
            if question.kind is QuestionKind.INDICATORS:
                stored = stored_rows(question) if data is None else posted_rows(question.key, data)
                self._add_table(question, (rows or {}).get(question.key, stored))
            elif data is None:
                self.initial[question.key] = question.raw
            else:
                self.initial[question.key] = _posted(field, data, question.key)

    def _add_table(self, question: QuestionView, rows: list[Row]) -> None:
        # One empty row at least, so that there is something to write into.
        self.rows[question.key] = rows or [{}]
        for position, row in enumerate(self.rows[question.key]):
            for column in question.columns:
                name = f"{question.key}.{position}.{column}"
                self.fields[name] = cell_of(question, column, position)
                self.initial[name] = row.get(column, "")

    def tell(self, problems: Mapping[str, Text]) -> None:
        """Show the room's words at their places; those without a place stand at the top."""
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()
        for place, text in problems.items():
            self.add_error(place if place in self.fields else None, said(text))

    def position(self, place: str) -> int:
        """Where a place stands on the page; what has no place of its own comes first."""
        return list(self.fields).index(place) if place in self.fields else -1

    def raw(self) -> dict[str, object]:
        """What the inputs hold, by question, for the room to read."""
        return {
            question.key: self.rows.get(question.key, self.initial.get(question.key))
            for question in self.topic.questions
            if not question.fixed
        }

    @property
    def known(self) -> tuple[QuestionView, ...]:
        """The questions that need no input, because the answer is known."""
        return tuple(q for q in self.topic.questions if q.fixed and q.is_asked)

    @property
    def usual_origin(self) -> Text | None:
        """Where most of what is known comes from; only what comes from elsewhere is marked."""
        origins = Counter(str(question.origin) for question in self.known)
        usual = origins.most_common(1)[0][0] if origins else ""
        return next((q.origin for q in self.known if str(q.origin) == usual), None)

    @property
    def measured(self) -> bool:
        """Whether something known rests on data, not on a statement."""
        return any(question.grade != EvidenceGrade.STATEMENT for question in self.known)

    @property
    def asked(self) -> Iterator[Asked]:
        """The other questions in order, with everything their inputs need."""
        for question in self.topic.questions:
            if not question.fixed:
                yield self._asked(question)

    def _asked(self, question: QuestionView) -> Asked:
        return Asked(
            question=question,
            field=self[question.key],
            unit=unit_of(question),
            layout=layout_of(question),
            is_long=question.kind is QuestionKind.LONG_TEXT,
            is_won=question.kind is QuestionKind.WON,
            is_table=question.kind is QuestionKind.INDICATORS,
            asked_when=_asked_when(question),
            rows=tuple(
                self._row(question, position)
                for position in range(len(self.rows.get(question.key, ())))
            ),
        )

    def _row(self, question: QuestionView, position: int) -> TableRow:
        return TableRow(
            position,
            tuple(
                Cell(words, self[f"{question.key}.{position}.{column}"])
                for column, words in question.columns.items()
            ),
        )


class DeclarationsForm(forms.Form):
    """What the applicant declares; each needs its own tick."""

    use_required_attribute = False

    def __init__(
        self, declarations: Iterable[DeclarationView], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        for declaration in declarations:
            self.fields[declaration.key] = forms.BooleanField(
                label=named(declaration.text),
                error_messages={"required": _("읽고 동의해 주세요.")},
            )

    @property
    def declared(self) -> tuple[str, ...]:
        """The declarations that were ticked."""
        return tuple(name for name in self.fields if self.cleaned_data.get(name))


class WithdrawForm(forms.Form):
    """Why an application is withdrawn."""

    use_required_attribute = False
    reason = forms.CharField(
        label=lazy("취소하는 이유"),
        max_length=200,
        help_text=lazy("예: 다른 사업에 신청하려고 합니다."),
        error_messages={"required": lazy("취소하는 이유를 적어 주세요.")},
    )


def changed_rows(form: TopicForm, button: str, detail: str) -> dict[str, list[Row]]:
    """The rows of the form's tables after a button of `ROW_BUTTONS`.

    `detail` is what the button says: the table's key, for removing also the row, for adding what
    is known also the indicator.
    """
    key, _colon, which = detail.partition(":")
    question = next((q for q in form.topic.questions if q.key == key), None)
    if question is None or key not in form.rows:
        return form.rows
    rows = [row for row in form.rows[key] if any(row.values())]
    if button == "remove-row":
        rows = [row for position, row in enumerate(rows) if str(position) != which]
    elif which in question.known_rows:
        rows.append({"indicator": which, "before": str(question.known_rows[which].value)})
    else:
        rows.append({})
    return {**form.rows, key: rows[:_MOST_ROWS]}


def posted_rows(key: str, data: QueryDict) -> list[Row]:
    """The rows of a table as posted, in their order, without rows that are all empty."""
    place = re.compile(rf"{re.escape(key)}\.(\d{{1,3}})\.(\w+)")
    cells: dict[int, dict[str, str]] = {}
    for name, value in data.items():
        if found := place.fullmatch(name):
            cells.setdefault(int(found[1]), {})[found[2]] = str(value)
    rows: list[Row] = [cells[position] for position in sorted(cells)]
    return [row for row in rows if any(value.strip() for value in row.values())][:_MOST_ROWS]


def stored_rows(question: QuestionView) -> list[Row]:
    """The rows as stored, with what was typed and could not be read."""
    return [dict(row) for row in question.raw] if isinstance(question.raw, list) else []


def _posted(field: forms.Field, data: QueryDict, name: str) -> object:
    return field.widget.value_from_datadict(data, {}, name)


def _asked_when(question: QuestionView) -> str:
    if question.asked_if is None:
        return ""
    wanted = question.asked_if[1]
    return {True: "true", False: "false"}[wanted] if isinstance(wanted, bool) else wanted
