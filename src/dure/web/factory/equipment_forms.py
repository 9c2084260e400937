"""Forms about lines and equipment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from dure.programme.registry.details import EquipmentDetails
from dure.programme.registry.queries import EquipmentView


class EquipmentForm(forms.Form):
    """A machine; only its name is needed."""

    name = forms.CharField(
        label=lazy("설비명"),
        max_length=80,
        help_text=lazy("현장에서 부르는 이름이면 됩니다. 예: 사출 3호기"),
    )
    line = forms.CharField(
        label=lazy("라인"),
        max_length=80,
        required=False,
        help_text=lazy("새 이름을 적으면 라인이 만들어집니다."),
        widget=forms.TextInput(attrs={"list": "known-lines", "autocomplete": "off"}),
    )
    kind = forms.CharField(
        label=lazy("종류"), max_length=60, required=False, help_text=lazy("예: 사출성형기, 프레스")
    )
    maker = forms.CharField(label=lazy("제조사"), max_length=80, required=False)
    model = forms.CharField(label=lazy("모델명"), max_length=80, required=False)
    serial_number = forms.CharField(label=lazy("제조번호"), max_length=80, required=False)
    installed_on = forms.DateField(
        label=lazy("설치일"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def details(self) -> EquipmentDetails:
        """What was typed, for the registry's actions."""
        return EquipmentDetails(**self.cleaned_data)

    @staticmethod
    def initial_of(equipment: EquipmentView) -> dict[str, Any]:
        """The form filled in from the registered machine."""
        return {name: getattr(equipment, name) for name in EquipmentForm.base_fields}


class LineForm(forms.Form):
    """A production line."""

    name = forms.CharField(label=lazy("라인 이름"), max_length=80)


class EquipmentSheetForm(forms.Form):
    """A CSV list of equipment."""

    file = forms.FileField(
        label=lazy("설비 목록 파일"),
        help_text=lazy("CSV 파일(UTF-8 또는 엑셀 기본 저장), 최대 5,000대"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
    )
