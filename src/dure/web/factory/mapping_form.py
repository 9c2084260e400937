"""The form in which a person confirms or corrects what the columns of a file mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.headers import make_tag
from dure.engines.lake.inspection import ColumnProposal
from dure.engines.lake.mapping import (
    ColumnMapping,
    Mapping,
    TimeMapping,
    column_titles,
    time_layout_of,
)
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.times import DEFAULT_ZONE, TimeLayout
from dure.programme.registry.queries import EquipmentView
from dure.programme.streams.queries import ImportView
from dure.web.templatetags.data import ROLE_NAMES

CHOSEN_ROLES = (
    ColumnRole.READING,
    ColumnRole.COUNT,
    ColumnRole.LABEL,
    ColumnRole.LOT,
    ColumnRole.IGNORE,
)
STRUCTURE = (ColumnRole.TIME, ColumnRole.TAG_NAME, ColumnRole.VALUE)
# A choice among more columns than this is typed with suggestions instead of picked from a list.
MOST_LISTED = 100
COLUMN_LIST = "column-titles"

TIME_LAYOUTS = (
    ("", lazy("자동으로 찾기")),
    (TimeLayout.YEAR_FIRST, lazy("연-월-일 (2024-05-01)")),
    (TimeLayout.DAY_FIRST, lazy("일-월-연 (01/05/2024)")),
    (TimeLayout.MONTH_FIRST, lazy("월-일-연 (05/01/2024)")),
    (TimeLayout.EPOCH_SECONDS, lazy("숫자: 1970년부터 지난 초")),
    (TimeLayout.EPOCH_MILLIS, lazy("숫자: 1970년부터 지난 밀리초")),
    (TimeLayout.EPOCH_MICROS, lazy("숫자: 1970년부터 지난 마이크로초")),
    (TimeLayout.EPOCH_NANOS, lazy("숫자: 1970년부터 지난 나노초")),
    (TimeLayout.SPREADSHEET, lazy("숫자: 엑셀 날짜")),
    (TimeLayout.TYPED, lazy("파일에 시각으로 저장됨")),
)
ZONES = (
    (DEFAULT_ZONE, lazy("한국 시간")),
    ("UTC", lazy("세계 표준시(UTC)")),
    ("Asia/Shanghai", lazy("중국 시간")),
    ("Asia/Tokyo", lazy("일본 시간")),
    ("Asia/Ho_Chi_Minh", lazy("베트남 시간")),
    ("Europe/Berlin", lazy("독일 시간")),
    ("America/New_York", lazy("미국 동부 시간")),
)


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column on the page: what was found, and the fields to correct it."""

    column: ColumnMapping
    proposal: ColumnProposal
    title: str
    role: forms.BoundField | None
    name: forms.BoundField
    unit: forms.BoundField
    tag: forms.BoundField
    sentinels: forms.BoundField

    @property
    def has_errors(self) -> bool:
        """Whether a field that stands folded away was refused."""
        return bool(self.tag.errors or self.sentinels.errors)


class MappingForm(forms.Form):
    """What the file's columns mean: the time, the shape of the table, and one page of columns."""

    time = forms.CharField(label=lazy("시각 열"), required=False)
    clock = forms.CharField(
        label=lazy("시간이 따로 있는 열"),
        required=False,
        help_text=lazy("날짜와 시간이 두 열로 나뉘어 있을 때만 골라 주세요."),
    )
    time_layout = forms.ChoiceField(
        label=lazy("시각을 적은 방식"), choices=TIME_LAYOUTS, required=False
    )
    zone = forms.ChoiceField(label=lazy("어느 나라 시각인가요"), choices=ZONES)
    layout = forms.ChoiceField(
        label=lazy("표의 모양"),
        choices=(
            (Layout.WIDE, lazy("열마다 항목이 하나씩 있습니다 (보통)")),
            (Layout.LONG, lazy("한 열에 항목 이름이, 다른 열에 그 값이 있습니다")),
        ),
        widget=forms.RadioSelect,
    )
    tag = forms.CharField(label=lazy("항목 이름이 있는 열"), required=False)
    value = forms.CharField(label=lazy("값이 있는 열"), required=False)
    equipment = forms.TypedChoiceField(
        label=lazy("어느 설비의 데이터인가요"), coerce=int, empty_value=None, required=False
    )
    save_as = forms.CharField(
        label=lazy("이 설정의 이름"),
        max_length=80,
        required=False,
        help_text=lazy("이름을 적어 두면, 같은 모양의 다음 파일은 자동으로 이렇게 읽습니다."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        view: ImportView,
        indices: Sequence[int],
        machines: Sequence[EquipmentView],
    ) -> None:
        self.view = view
        self.titles = column_titles(view.mapping)
        self.columns = {column.index: column for column in view.mapping.columns}
        self.indices = [index for index in indices if index in self.columns]
        super().__init__(data, initial=self._initial())
        self._offer_columns()
        nobody = ("", _("설비를 정하지 않음"))
        equipment = self.fields["equipment"]
        equipment.choices = [nobody, *((m.id, m.name) for m in machines)]  # type: ignore[attr-defined]
        for index in self.indices:
            self._add_column(self.columns[index])

    @property
    def is_typed(self) -> bool:
        """Whether columns are typed with suggestions, because there are too many to list."""
        return len(self.titles) > MOST_LISTED

    @property
    def rows(self) -> list[ColumnRow]:
        """The page's columns in file order."""
        proposals = {proposal.index: proposal for proposal in self.view.inspection.columns}
        return [self._row(index, proposals[index]) for index in self.indices]

    def mapping(self) -> Mapping:
        """What was confirmed; call only when valid."""
        data = self.cleaned_data
        columns = dict(self.columns)
        for index in self.indices:
            columns[index] = self._edited(columns[index])
        structure = self._structure()
        settled = tuple(_settled(c, structure.get(c.index)) for c in columns.values())
        time = None
        if data["time"] is not None:
            places = tuple(i for i in (data["time"], data["clock"]) if i is not None)
            time = TimeMapping(places, TimeLayout(data["time_layout"]), data["zone"])
        return replace(self.view.mapping, layout=Layout(data["layout"]), columns=settled, time=time)

    def clean(self) -> dict[str, Any]:
        """Turn titles into places in the file, and find how the time is written."""
        data = self.cleaned_data
        for name in ("time", "clock", "tag", "value"):
            data[name] = self._place(name)
        time, clock = data["time"], data["clock"]
        if time is None and clock is not None:
            self.add_error("time", _("시간만으로는 날짜를 알 수 없습니다. 날짜 열도 골라 주세요."))
        elif time is not None and time == clock:
            self.add_error("clock", _("날짜 열과 다른 열을 골라 주세요."))
        if time is not None and not data.get("time_layout"):
            self._find_time_layout(time)
        if data.get("layout") == Layout.LONG:
            for name in ("tag", "value"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("이 모양의 표에는 이 열이 있어야 합니다."))
        return data

    def _initial(self) -> dict[str, object]:
        mapping = self.view.mapping
        time = mapping.time
        first = {role: mapping.with_role(role)[:1] for role in STRUCTURE}
        return {
            "time": self.titles[time.columns[0]] if time else "",
            "clock": self.titles[time.columns[1]] if time and len(time.columns) > 1 else "",
            "time_layout": time.layout if time else "",
            "zone": time.zone if time else DEFAULT_ZONE,
            "layout": mapping.layout,
            "tag": "".join(self.titles[c.index] for c in first[ColumnRole.TAG_NAME]),
            "value": "".join(self.titles[c.index] for c in first[ColumnRole.VALUE]),
            "equipment": self.view.equipment_id,
            "save_as": self.view.template_name,
        }

    def _offer_columns(self) -> None:
        nothing = {
            "time": _("시각이 없는 파일"),
            "clock": _("없음"),
            "tag": _("고르지 않음"),
            "value": _("고르지 않음"),
        }
        for name, words in nothing.items():
            if self.is_typed:
                attrs = {"list": COLUMN_LIST, "autocomplete": "off", "placeholder": words}
                self.fields[name].widget = forms.TextInput(attrs=attrs)
            else:
                choices = [("", words), *((title, title) for title in self.titles)]
                self.fields[name].widget = forms.Select(choices=choices)

    def _add_column(self, column: ColumnMapping) -> None:
        title, key = self.titles[column.index], f"c{column.index}"
        if column.role not in STRUCTURE:
            self.fields[f"{key}-role"] = forms.ChoiceField(
                label=_label(title, _("쓰임")),
                choices=[(role.value, ROLE_NAMES[role]) for role in CHOSEN_ROLES],
                initial=column.role.value,
            )
        self.fields[f"{key}-name"] = forms.CharField(
            label=_label(title, _("이름")), max_length=200, initial=column.name
        )
        self.fields[f"{key}-unit"] = forms.CharField(
            label=_label(title, _("단위")), max_length=40, required=False, initial=column.unit
        )
        self.fields[f"{key}-tag"] = forms.CharField(
            label=_label(title, _("태그")), max_length=120, initial=column.tag
        )
        self.fields[f"{key}-sentinels"] = forms.CharField(
            label=_label(title, _("값 없음 표시")),
            max_length=400,
            required=False,
            initial=", ".join(column.sentinels),
        )

    def _row(self, index: int, proposal: ColumnProposal) -> ColumnRow:
        key = f"c{index}"
        return ColumnRow(
            column=self.columns[index],
            proposal=proposal,
            title=self.titles[index],
            role=self[f"{key}-role"] if f"{key}-role" in self.fields else None,
            name=self[f"{key}-name"],
            unit=self[f"{key}-unit"],
            tag=self[f"{key}-tag"],
            sentinels=self[f"{key}-sentinels"],
        )

    def _place(self, name: str) -> int | None:
        title = self.cleaned_data.get(name, "")
        if not title:
            return None
        if title in self.titles:
            return self.titles.index(title)
        self.add_error(name, _("파일에 없는 열입니다. 목록에서 골라 주세요."))
        return None

    def _find_time_layout(self, index: int) -> None:
        layout = time_layout_of(self.view.inspection, index)
        if layout is not None:
            self.cleaned_data["time_layout"] = layout.value
            return
        examples = [row[index] for row in self.view.inspection.sample if index < len(row)]
        self.add_error(
            "time",
            _("시각으로 읽을 수 없는 열입니다(예: {example}). 다른 열을 골라 주세요.").format(
                example=next((text for text in examples if text.strip()), _("빈칸"))
            ),
        )

    def _structure(self) -> dict[int, ColumnRole]:
        data = self.cleaned_data
        roles: dict[int, ColumnRole] = {}
        if data["layout"] == Layout.LONG:
            known = [c.index for c in self.view.mapping.with_role(ColumnRole.TAG_NAME)]
            names = known if known[:1] == [data["tag"]] else [data["tag"]]
            roles |= dict.fromkeys(names, ColumnRole.TAG_NAME)
            roles[data["value"]] = ColumnRole.VALUE
        for index in (data["time"], data["clock"]):
            if index is not None:
                roles[index] = ColumnRole.TIME
        return roles

    def _edited(self, column: ColumnMapping) -> ColumnMapping:
        data, key = self.cleaned_data, f"c{column.index}"
        role = ColumnRole(data.get(f"{key}-role") or column.role)
        words = (word.strip() for word in data[f"{key}-sentinels"].split(","))
        return replace(
            column,
            role=role,
            kind=self._kind(column, role),
            name=data[f"{key}-name"].strip(),
            unit=data[f"{key}-unit"].strip(),
            tag=make_tag(data[f"{key}-tag"]),
            sentinels=tuple(dict.fromkeys(word for word in words if word)),
        )

    def _kind(self, column: ColumnMapping, role: ColumnRole) -> Kind:
        """Readings and counts are numbers, lots are words; a label stays what it is."""
        if role in (ColumnRole.READING, ColumnRole.COUNT):
            return Kind.NUMBER
        if role is ColumnRole.LOT:
            return Kind.TEXT
        return column.kind


def _settled(column: ColumnMapping, role: ColumnRole | None) -> ColumnMapping:
    """The column in the role the table's shape gives it; out of such a role it is set aside."""
    if role is not None:
        return replace(column, role=role, kind=_STRUCTURE_KINDS[role])
    if column.role in STRUCTURE:
        return replace(column, role=ColumnRole.IGNORE, kind=Kind.TEXT)
    return column


_STRUCTURE_KINDS = {
    ColumnRole.TIME: Kind.TEXT,
    ColumnRole.TAG_NAME: Kind.TEXT,
    ColumnRole.VALUE: Kind.NUMBER,
}


def _label(title: str, what: str) -> str:
    return f"{title} · {what}"
