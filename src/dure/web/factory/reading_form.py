"""The form in which a person says how a file is written, where we misread it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.engines.lake.facts import Format, Told
from dure.engines.lake.inspection import Inspection

ENCODINGS = (
    ("", lazy("자동으로 찾기")),
    ("utf-8", lazy("UTF-8 (요즘 프로그램)")),
    ("cp949", lazy("CP949 (한글 윈도우, 엑셀 CSV)")),
    ("utf-16-le", lazy("UTF-16 (엑셀 유니코드 텍스트)")),
    ("utf-16-be", lazy("UTF-16 (바이트 순서 반대)")),
    ("cp1252", lazy("서유럽 (독일·이탈리아 설비)")),
)
DELIMITERS = {
    "comma": (",", lazy("쉼표 ( , )")),
    "tab": ("\t", lazy("탭")),
    "semicolon": (";", lazy("쌍반점 ( ; )")),
    "bar": ("|", lazy("세로줄 ( | )")),
    "space": (" ", lazy("빈칸")),
    "none": ("", lazy("나누지 않음 (한 열)")),
}
_AUTOMATIC = ("", lazy("자동으로 찾기"))
_HEADERS = (
    _AUTOMATIC,
    ("0", lazy("열 이름이 없음")),
    ("1", lazy("한 행")),
    ("2", lazy("두 행")),
)
_MOST_SKIPPED = 200


class ReadingForm(forms.Form):
    """How the file is written; what is left on automatic is found again."""

    encoding = forms.ChoiceField(label=lazy("글자 방식"), choices=ENCODINGS, required=False)
    delimiter = forms.ChoiceField(
        label=lazy("칸을 나누는 글자"),
        choices=[
            ("", lazy("자동으로 찾기")),
            *((key, pair[1]) for key, pair in DELIMITERS.items()),
        ],
        required=False,
    )
    sheet = forms.ChoiceField(label=lazy("시트"), required=False)
    skip_rows = forms.IntegerField(
        label=lazy("표 위에서 건너뛸 행 수"),
        min_value=0,
        max_value=_MOST_SKIPPED,
        required=False,
        help_text=lazy("비워 두면 자동으로 찾습니다."),
    )
    header_rows = forms.ChoiceField(
        label=lazy("열 이름이 있는 행"), choices=_HEADERS, required=False
    )

    def __init__(self, data: QueryDict | None, *, inspection: Inspection) -> None:
        super().__init__(data, initial=_initial(inspection.told), prefix="read")
        kept = _FIELDS.get(inspection.format, ())
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if "sheet" in self.fields:
            sheets = [("", _("자동으로 찾기")), *((name, name) for name in inspection.sheets)]
            self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]

    def told(self) -> Told:
        """What was said; call only when valid."""
        data = self.cleaned_data
        delimiter = data.get("delimiter")
        header = data.get("header_rows")
        return Told(
            encoding=data.get("encoding") or None,
            delimiter=DELIMITERS[delimiter][0] if delimiter else None,
            skip_rows=data.get("skip_rows"),
            header_rows=int(header) if header else None,
            sheet=data.get("sheet") or None,
        )


_FIELDS = {
    Format.CSV: ("encoding", "delimiter", "skip_rows", "header_rows"),
    Format.XLSX: ("sheet", "skip_rows", "header_rows"),
}


def _initial(told: Told) -> dict[str, Any]:
    keys = {pair[0]: key for key, pair in DELIMITERS.items()}
    return {
        "encoding": told.encoding or "",
        "delimiter": "" if told.delimiter is None else keys.get(told.delimiter, ""),
        "skip_rows": told.skip_rows,
        "header_rows": "" if told.header_rows is None else str(told.header_rows),
        "sheet": told.sheet or "",
    }
