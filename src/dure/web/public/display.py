"""The screen as the visitor wants it: contrast, text size and language."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from dure.foundation.organisations.access import public
from dure.web.display import MODES, TEXT_SIZES, Display, display_of, keep_display


class DisplayForm(forms.Form):
    """Contrast and text size."""

    mode = forms.ChoiceField(
        label=gettext_lazy("화면 밝기와 대비"), choices=MODES, widget=forms.RadioSelect
    )
    text = forms.ChoiceField(
        label=gettext_lazy("글자 크기"), choices=TEXT_SIZES, widget=forms.RadioSelect
    )


@public
def display(request: HttpRequest) -> HttpResponse:
    """Choose contrast and text size; the way back is the page one came from."""
    onward = _onward(request)
    chosen = display_of(request)
    form = DisplayForm(request.POST or None, initial={"mode": chosen.mode, "text": chosen.text})
    if request.method == "POST" and form.is_valid():
        keep_display(request, Display(**form.cleaned_data))
        messages.success(request, _("화면 설정을 바꿨습니다."))
        return redirect(onward)
    status = 422 if form.errors else 200
    return render(request, "public/display.html", {"form": form, "next": onward}, status=status)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else reverse("public:display")


language = public(require_POST(set_language))
