"""Choosing a trade: search by words or code, then one select that also holds every division.

Works without scripts: the search button sends the whole form back with the matches in front.
"""

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.kernel.industries import is_manufacturing
from dure.programme.registry import queries

FIND = "find"


class IndustryField(forms.ChoiceField):
    """A manufacturing division, or the full class that the registration certificate names."""

    def valid_value(self, value: Any) -> bool:  # noqa: ANN401 - raw form data
        return is_manufacturing(str(value))


class IndustryForm(forms.Form):
    """The part of a form that asks for the trade; `found` is None before a search."""

    trade_words = forms.CharField(
        label=lazy("무엇을 만드시나요?"),
        max_length=80,
        required=False,
        help_text=lazy(
            "만드는 것이나 업종코드를 적고 찾아 주세요. 예: 플라스틱 사출, 금형, C22232"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ksic = IndustryField(
        label=lazy("업종"), help_text=lazy("가장 많이 만드는 제품으로 골라 주세요.")
    )
    found: list[tuple[str, str]] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - forwarded to Django's form
        super().__init__(*args, **kwargs)
        words = str(self["trade_words"].value() or "").strip()
        self.found = queries.find_industries(words) if words else None
        self._fill_choices(str(self["ksic"].value() or ""))

    def _fill_choices(self, current: str) -> None:
        every = queries.industry_choices()
        ahead = self.found or []
        known = {key for key, _name in (*every, *ahead)}
        if current and current not in known:
            ahead = [*queries.find_industries(current)[:1], *ahead]
        shown = {key for key, _name in ahead}
        rest = [choice for choice in every if choice[0] not in shown]
        field = self.fields["ksic"]
        if isinstance(field, forms.ChoiceField):
            groups = [(_("찾은 업종"), ahead), (_("전체 업종"), rest)] if ahead else rest
            field.choices = [("", _("골라 주세요")), *groups]


FormT = TypeVar("FormT", bound=IndustryForm)


def read_form(
    kind: type[FormT], request: HttpRequest, initial: dict[str, Any] | None = None
) -> FormT:
    """The form as sent; when the search button was pressed, unsent but with all that was typed."""
    if request.method == "POST" and FIND in request.POST:
        typed = request.POST.dict()
        best = queries.find_industries(typed.get("trade_words", ""))[:1]
        form = kind(initial=typed | ({"ksic": best[0][0]} if best else {}))
        looked_at = form.fields["ksic" if best else "trade_words"]
        looked_at.widget.attrs.update({"autofocus": True, "data-autofocus": True})
        return form
    return kind(request.POST or None, initial=initial)
