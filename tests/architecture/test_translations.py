"""English fills in the same fields, and no Korean escapes the catalogue."""

import ast
import re

from tests.architecture.house import SRC, kept, listing, name_of, templates
from tests.catalogue import HANGUL, Sentence, fields, read

CATALOGUE = {
    Sentence(entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""): entry for entry in read()
}


BLOCK = re.compile(r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}", re.S)
QUOTED = re.compile(r"\([^)]*\)|'[^']*'")
# Letters of a calendar, read only where the language is Korean.
KOREAN_ONLY = {"월화수목금토일"}
# What `make run` says to its Korean starter, and the example firms' Korean names.
IN_THE_TERMINAL = ("start.py", "example")


def test_translations_fill_in_the_same_fields() -> None:
    wrong = [
        f"{sentence.text[:60]} → {english[:60]}"
        for sentence, entry in sorted(CATALOGUE.items())
        for english in (entry.msgstr_plural.values() if sentence.plural else (entry.msgstr,))
        if english and fields(english) != fields(sentence.text)
    ]

    assert wrong == [], listing(wrong)


def test_the_english_is_english() -> None:
    korean = [
        f"{sentence.text[:60]} → {entry.msgstr[:60]}"
        for sentence, entry in sorted(CATALOGUE.items())
        if HANGUL.search(QUOTED.sub("", entry.msgstr))
    ]

    assert korean == [], "괄호와 따옴표 밖에 한글이 남은 번역:" + listing(korean)


def test_no_korean_in_a_template_escapes_translation() -> None:
    escaped = [
        f"{name_of(file)}: {text.strip()[:60]}"
        for file in templates()
        for text in _outside_translation(file.read_text(encoding="utf-8"))
    ]

    assert escaped == [], "번역되지 않는 한글 ({% translate %}로 감싸 주세요):" + listing(escaped)


def _outside_translation(source: str) -> list[str]:
    bare = re.sub(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", "", source, flags=re.S)
    bare = re.sub(
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", bare, flags=re.S
    )
    bare = re.sub(r"{%.*?%}|{{.*?}}", "", bare, flags=re.S)
    return [line for line in bare.splitlines() if HANGUL.search(line) and 'lang="ko"' not in line]


def test_no_korean_in_a_page_module_escapes_translation() -> None:
    escaped = [
        f"{name_of(file)}:{line}: {text[:60]}"
        for file in kept(SRC / "web", ".py")
        if not any(file.is_relative_to(SRC / "web" / part) for part in IN_THE_TERMINAL)
        for line, text in _untranslated(ast.parse(file.read_text(encoding="utf-8")))
    ]

    assert escaped == [], "번역되지 않는 한글 (gettext로 감싸 주세요):" + listing(escaped)


def _untranslated(tree: ast.Module) -> list[tuple[int, str]]:
    spoken: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            spoken |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
        elif isinstance(node, ast.Expr):  # a docstring
            spoken.add(id(node.value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HANGUL.search(node.value)
        and node.value not in KOREAN_ONLY
        and id(node) not in spoken
    ]
