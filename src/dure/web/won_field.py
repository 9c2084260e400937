"""A form field for amounts of money, typed the way people write them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dure.kernel.errors import DureError
from dure.kernel.won import parse_won

LARGEST_KRW = 10**16 - 1
_LONGEST = 60


class WonInput(forms.TextInput):
    """Shows whole won with commas; `ui.js` repeats the amount in words under it."""

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401 - the widget API is untyped
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value:,}"
        written: str | None = super().format_value(value)
        return written


class WonField(forms.Field):
    """Whole won as an int: reads `160000000`, `160,000,000원` and `1억 6,000만원`."""

    widget = WonInput

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - forwarded to Django's field
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "data-money": ""})

    def to_python(self, value: Any) -> int | None:  # noqa: ANN401 - raw form data
        """The amount; raises ValidationError where it is no amount or not of this world."""
        if value in self.empty_values:
            return None
        try:
            amount = value if isinstance(value, int) else parse_won(_short(str(value)))
        except DureError as error:
            raise ValidationError(
                _("금액은 숫자로 입력해 주세요. 예: 160,000,000 또는 1억 6,000만원"), code="won"
            ) from error
        if not 0 <= amount <= LARGEST_KRW:
            raise ValidationError(
                _("금액이 너무 크거나 0원보다 작습니다. 원 단위로 다시 입력해 주세요."),
                code="range",
            )
        return amount


def _short(text: str) -> str:
    """The text, or nothing where it is too long for an amount: refused, never cut."""
    return text if len(text) <= _LONGEST else ""
