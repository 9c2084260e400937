"""A person's name, as typed once at sign-up and changed on the account page.

Apart from `forms`, because allauth's own forms are built upon `PersonForm`.
"""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60


class NameField(forms.CharField):
    """A name without control characters, composed (NFC), at most 60 characters."""

    def __init__(self) -> None:
        super().__init__(
            label=_("이름"),
            max_length=LONGEST_NAME,
            help_text=_("함께 쓰는 사람과 운영기관 담당자에게 보이는 이름입니다."),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def clean(self, value: str) -> str:
        cleaned = str(super().clean(value))
        visible = (c for c in cleaned if unicodedata.category(c)[0] != "C")
        return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())


class PersonForm(forms.Form):
    """What signing up asks besides the address: how to call the person."""

    name = NameField()
    field_order = ("name", "email", "password1", "password2")

    def signup(self, _request: Any, user: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Keep the name; allauth calls this with the account just made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
