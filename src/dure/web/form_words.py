"""Django's own messages of forms, where their Korean does not say what to do next.

Its wording of a wrong choice puts the raw value before a particle ("z 이/가").
"""

from django import forms
from django.utils.translation import gettext_lazy as _


def use_own_words() -> None:
    """Replace the messages for every form of the process."""
    choice = _("보기에 있는 것을 골라 주세요.")
    forms.ChoiceField.default_error_messages["invalid_choice"] = choice
    forms.MultipleChoiceField.default_error_messages["invalid_choice"] = choice
    forms.DateField.default_error_messages["invalid"] = _("날짜는 2021-03-01처럼 입력해 주세요.")
