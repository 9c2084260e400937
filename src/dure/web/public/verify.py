"""Anyone checks whether a document is ours: by its number, by the file, or by both."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dure.foundation.documents.numbers import read_number
from dure.foundation.documents.queries import PublicDocument, find_by_hash, find_document
from dure.foundation.organisations.access import public
from dure.web.limits import limited

LARGEST_FILE = 20_000_000


class VerifyForm(forms.Form):
    """A document number, the PDF itself, or both."""

    number = forms.CharField(
        label=_("문서확인번호"),
        required=False,
        max_length=40,
        help_text=_("문서 아래쪽에 있습니다. 예: 2026-7KQM-4TXB"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    file = forms.FileField(
        label=_("PDF 파일"),
        required=False,
        help_text=_(
            "받은 파일을 올리면 한 글자라도 바뀌었는지 확인합니다. 파일은 저장하지 않습니다."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_number(self) -> str:
        typed = str(self.cleaned_data["number"]).strip()
        if not typed:
            return ""
        number = read_number(typed)
        if number is None:
            raise forms.ValidationError(
                _("번호를 잘못 입력했습니다. 문서에 있는 12자리를 다시 확인해 주세요.")
            )
        return number

    def clean_file(self) -> UploadedFile[bytes] | None:
        given: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if given is not None and (given.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("두레가 발급한 문서보다 훨씬 큰 파일입니다. 받은 PDF 파일인지 확인해 주세요.")
            )
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("number") and not cleaned.get("file"):
            raise forms.ValidationError(_("문서확인번호를 입력하거나 PDF 파일을 골라 주세요."))
        return cleaned


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: `document` is what the number (or else the file) names, if anything does.

    `same_file` is None when no file was given.
    """

    number: str
    document: PublicDocument | None
    same_file: bool | None


@public
@require_http_methods(["GET", "POST"])
@limited("verify", times=30, seconds=60)
def verify(request: HttpRequest, number: str = "") -> HttpResponse:
    """The form, and below it the answer once a number or a file is given."""
    given = request.POST if request.method == "POST" else request.GET
    asked = request.method == "POST" or bool(number) or "number" in request.GET
    data = {"number": given.get("number", number)}
    form = VerifyForm(data, request.FILES) if asked else VerifyForm()
    verdict = _judge(form) if asked and form.is_valid() else None
    status = 422 if form.errors else 200
    return render(request, "public/verify.html", {"form": form, "verdict": verdict}, status=status)


def _judge(form: VerifyForm) -> Verdict:
    number, given = form.cleaned_data["number"], form.cleaned_data["file"]
    digest = _digest(given) if given is not None else None
    found = find_document(number) if number else find_by_hash(digest or "")
    same = None if digest is None else found is not None and found.sha256 == digest
    return Verdict(number, found, same)


def _digest(given: UploadedFile[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in given.chunks():
        digest.update(chunk)
    return digest.hexdigest()
