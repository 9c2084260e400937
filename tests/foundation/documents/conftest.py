"""A template of the test's own, found like any room's."""

from pathlib import Path

import pytest
from pytest_django import Settings

TEMPLATE = """{% extends "documents/base.html" %}{% load documents %}
{% block content %}
<table class="facts"><caption>신청 내용</caption>
<tr><th scope="row">기업명</th><td>{{ firm }}</td></tr>
<tr><th scope="row">지원금</th><td>{{ amount|legal_won }}</td></tr></table>
{{ extra|default:""|safe }}
{% endblock %}"""


@pytest.fixture
def receipt(settings: Settings, tmp_path: Path) -> str:
    """The name of a small document template; `extra` is put in unescaped."""
    (tmp_path / "receipt.html").write_text(TEMPLATE, encoding="utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    settings.MEDIA_ROOT = tmp_path / "files"
    return "receipt.html"
