"""Templates: each compiles, each finds what it includes, and none steps outside our own files."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines
from tests.architecture.house import TEMPLATES, kept, listing, name_of, templates

REFERENCE = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
ELSEWHERE = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["']?\s*(?:https?:)?//""", re.I)
SOURCE_LINK = re.compile(r"""<a\b[^>]*\bhref=["']https://[^"']+["'][^>]*\brel=["'][^"']*noopener""")
INLINE = (
    (re.compile(r"<[a-z][^>]*\s(on[a-z]+)\s*=", re.I), "처리기 속성"),
    (re.compile(r"\bhx-on\b", re.I), "hx-on"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I), "style 속성"),
    (re.compile(r"<style\b", re.I), "<style>"),
    (
        re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:json|ld\+json))", re.I),
        "<script>",
    ),
    (re.compile(r"javascript:", re.I), "javascript:"),
)
LINES_AT_MOST = 250


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _template_name(file: Path) -> str:
    return file.relative_to(TEMPLATES).as_posix()


def test_every_include_and_extends_finds_its_template() -> None:
    engine = engines["django"]
    missing = []
    for file in templates():
        for name in REFERENCE.findall(_read(file)):
            try:
                engine.get_template(name)
            except Exception as error:  # noqa: BLE001 - each broken template is listed, whatever broke
                missing.append(f"{name_of(file)}: {name} ({error})")

    assert missing == [], listing(missing)


def test_every_template_compiles() -> None:
    engine = engines["django"]
    broken = []
    for file in templates():
        try:
            engine.get_template(_template_name(file))
        except Exception as error:  # noqa: BLE001 - each broken template is listed, whatever broke
            broken.append(f"{name_of(file)}: {error}")

    assert broken == [], listing(broken)


def test_pages_hold_no_inline_code_or_style() -> None:
    found = [
        f"{name_of(file)}:{number}: {what}"
        for file in templates()
        if not _is_document(file)
        for number, line in enumerate(_read(file).splitlines(), 1)
        for pattern, what in INLINE
        if pattern.search(line)
    ]

    assert found == [], "보안 정책(CSP)이 막는 것:" + listing(found)


def test_nothing_is_loaded_from_another_host() -> None:
    styles = kept(TEMPLATES.parents[3] / "frontend" / "src", ".css", ".js", ".svg")
    found = [
        f"{name_of(file)}:{number}: {line.strip()[:90]}"
        for file in (*templates(), *styles)
        for number, line in enumerate(_read(file).splitlines(), 1)
        if ELSEWHERE.search(SOURCE_LINK.sub("", line)) and "w3.org/" not in line
    ]

    assert found == [], "다른 곳의 파일을 부르는 줄:" + listing(found)


def test_no_template_is_longer_than_its_limit() -> None:
    long = [
        f"{name_of(file)}: {lines}"
        for file in templates()
        if (lines := _read(file).count("\n")) > LINES_AT_MOST
    ]

    assert long == [], f"{LINES_AT_MOST}줄이 넘는 템플릿:" + listing(long)


def test_the_content_policy_keeps_pages_to_our_own_files() -> None:
    from dure.web.headers import POLICY

    assert "default-src 'self'" in POLICY
    assert "unsafe" not in POLICY
    assert "dure.web.headers.ContentPolicyMiddleware" in settings.MIDDLEWARE


def _is_document(file: Path) -> bool:
    """Whether WeasyPrint renders it on the server: no browser, so no content policy."""
    return "documents" in file.relative_to(TEMPLATES).parts or file.suffix == ".txt"
