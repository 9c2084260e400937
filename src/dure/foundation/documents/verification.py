"""What a document says of itself: its number, and where anyone can check it."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def verify_url(number: str) -> str:
    """The public page that says whether the document with this number is ours."""
    return str(settings.SITE_URL) + reverse("public:verify", args=[number])


def qr_picture(number: str) -> SafeString:
    """The address of that page as an SVG element with a text alternative."""
    code = segno.make(verify_url(number), error="m", micro=False)
    title = _("문서 확인 주소의 QR 코드: {number}").format(number=number)
    # segno escapes the title; the rest is its own drawing.
    return mark_safe(  # noqa: S308
        code.svg_inline(title=title, border=0, omitsize=True, svgclass=None, lineclass=None)
    )
