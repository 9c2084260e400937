"""The queue's filters: read from the address, shown as a form and as removable chips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.kernel.names import Name
from dure.kernel.text import Text
from dure.programme.support.queries import QueueFilter, QueueOptions, QueuePage
from dure.web.status import STATUSES
from dure.web.words import said

Choices = Iterable[tuple[str, str | Name | Text]]


@dataclass(frozen=True, slots=True)
class Chip:
    """One applied filter and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One stage with how many applications the other filters leave in it."""

    key: str
    label: str
    count: int
    url: str
    current: bool


class QueueFilterForm(forms.Form):
    """What the queue can be narrowed to; what is not among the choices narrows nothing."""

    q = forms.CharField(
        label=lazy("기업명·사업장·신청 번호"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    programme = forms.ChoiceField(label=lazy("사업"), required=False)
    province = forms.ChoiceField(label=lazy("시도"), required=False)
    assignee = forms.ChoiceField(label=lazy("담당"), required=False)
    flag = forms.ChoiceField(label=lazy("확인할 점"), required=False)
    due = forms.ChoiceField(label=lazy("기한"), required=False)

    def __init__(self, data: QueryDict, options: QueueOptions) -> None:
        super().__init__(data)
        self._offer("programme", options.programmes)
        self._offer("province", options.provinces)
        self._offer("assignee", options.assignees)
        self._offer("flag", options.flags)
        self._offer("due", options.dues)

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("전체")), *((key, said(word)) for key, word in choices)]

    @property
    def asked(self) -> Mapping[str, str]:
        """The filters that narrow, by name, in the order of the form."""
        self.full_clean()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name, ""))}

    def word_of(self, name: str, value: str) -> str:
        """How a chosen value reads."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return value


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks of the queue: a stage, filters and a page."""

    form: QueueFilterForm
    stage: str
    asked: Mapping[str, str]
    page: int

    @property
    def filter(self) -> QueueFilter:
        """The same, for the room."""
        return QueueFilter(stage=self.stage, **self.asked)

    @property
    def query(self) -> str:
        """Stage and filters as the end of an address, without the page."""
        return self.query_with(self.asked, stage=self.stage)

    def query_with(self, asked: Mapping[str, str], *, stage: str) -> str:
        """Another stage or other filters as the end of an address."""
        return urlencode({**({"stage": stage} if stage else {}), **asked})

    def chips(self) -> tuple[Chip, ...]:
        """The filters that narrow, each with the address without it."""
        return tuple(
            Chip(
                f"{self.form.fields[name].label}: {self.form.word_of(name, value)}",
                _queue_url(self.query_with(self._without(name), stage=self.stage)),
            )
            for name, value in self.asked.items()
        )

    def _without(self, name: str) -> Mapping[str, str]:
        return {key: value for key, value in self.asked.items() if key != name}

    @property
    def url(self) -> str:
        """The address of exactly this, without empty filters."""
        return self.page_url(self.page)

    def page_url(self, number: int) -> str:
        """Another page of the same."""
        query = self.query
        paged = f"{query}&page={number}" if query else f"page={number}"
        return _queue_url(paged if number > 1 else query)

    @property
    def clear_url(self) -> str:
        """The stage without any filter."""
        return _queue_url(self.query_with({}, stage=self.stage))

    def tabs(self, page: QueuePage) -> tuple[Tab, ...]:
        """All, then every stage, with counts."""
        words = STATUSES["application"]
        return tuple(
            Tab(
                key=key or "all",
                label=str(words[key].label) if key else _("전체"),
                count=count,
                url=_queue_url(self.query_with(self.asked, stage=key)),
                current=key == self.stage,
            )
            for key, count in page.counts.items()
        )


def wanted_of(query: QueryDict, options: QueueOptions) -> Wanted:
    """What an address asks; what it cannot ask is left out, never an error."""
    form = QueueFilterForm(query, options)
    stage, page = query.get("stage", ""), query.get("page", "")
    return Wanted(
        form=form,
        stage=stage if stage in STATUSES["application"] and stage != "draft" else "",
        asked=form.asked,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def _queue_url(query: str) -> str:
    address = reverse("operator:queue")
    return f"{address}?{query}" if query else address
