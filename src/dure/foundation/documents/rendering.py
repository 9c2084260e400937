"""From a Django template to a tagged archive PDF, without fetching anything from anywhere.

WeasyPrint makes one variant at a time. We ask for PDF/A-3u, switch tagging on, and add the
PDF/UA-1 claim to the metadata ourselves (docs/decisions/0050).
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.document import Document as Laid
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from dure.foundation.documents.errors import RenderingError

VARIANT = "pdf/a-3u"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_CLAIM = files("dure.foundation.documents").joinpath("pdfua_claim.xml").read_text("utf-8")
_STYLE = files("dure.foundation.documents").joinpath("document.css").read_text("utf-8")


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """The template as a PDF, in Korean whatever the reader's language is: it is a record.

    Raises:
        RenderingError: the page refers to a picture, style sheet or font by address.
    """
    with translation.override(settings.LANGUAGE_CODE):
        page = render_to_string(template, dict(context))
    fetcher = URLFetcher(allowed_protocols=frozenset(), fail_on_errors=True)
    try:
        style = CSS(string=_STYLE, url_fetcher=fetcher)
        laid: Laid = HTML(string=page, url_fetcher=fetcher).render(
            stylesheets=[style], pdf_variant=VARIANT, pdf_tags=True
        )
        _claim_accessibility(laid)
        pdf = bytes(laid.write_pdf(pdf_variant=VARIANT, pdf_tags=True))
    except FatalURLFetchingError as error:
        raise RenderingError(template) from error
    return pdf


def _claim_accessibility(laid: Laid) -> None:
    described = laid.metadata.generate_rdf_metadata

    def with_claim(*arguments: Any, **named: Any) -> bytes:  # noqa: ANN401 - passed through
        rdf = ET.fromstring(described(*arguments, **named))  # noqa: S314 - WeasyPrint's own
        rdf.extend(ET.fromstring(_CLAIM).iter(f"{_RDF}Description"))  # noqa: S314 - our own file
        return bytes(ET.tostring(rdf, encoding="utf-8"))

    laid.metadata.generate_rdf_metadata = with_claim
