"""Gathers every sentence for people and keeps the English catalogue: `make messages`.

Sentences come from gettext calls in Python, from templates, and from `Text("…")` of the floors
below Django. The catalogue is sorted and names no lines, so a change shows only its sentences.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "dure"
CATALOGUE = SRC / "locale" / "en" / "LC_MESSAGES" / "django.po"
SINGLE = {"gettext", "gettext_lazy", "gettext_noop", "_", "Text"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
TEMPLATE_CALL = re.compile(r"\b(gettext|ngettext|pgettext|_)\(")
HANGUL = re.compile("[가-힣]")
FIELD = re.compile(r"%\((\w+)\)[sd]|%%|(?<!\{)\{([a-z_]\w*)(?:[:!][^}]*)?\}")


@dataclass(frozen=True, order=True, slots=True)
class Sentence:
    """A source sentence; `plural` and `context` are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""


def gather() -> dict[Sentence, str]:
    """Each sentence of the product with the first file that says it."""
    found: dict[Sentence, str] = {}
    for file in sorted(SRC.rglob("*.py")):
        if "migrations" not in file.parts:
            for sentence in _of_python(file.read_text(encoding="utf-8")):
                found.setdefault(sentence, file.relative_to(ROOT).as_posix())
    for file in sorted((SRC / "web" / "templates").rglob("*.*")):
        for sentence in _of_template(file.read_text(encoding="utf-8")):
            found.setdefault(sentence, file.relative_to(ROOT).as_posix())
    return {sentence: where for sentence, where in found.items() if HANGUL.search(sentence.text)}


def _of_python(code: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield from _of_call(name, [list(_strings(argument)) for argument in node.args[:2]])


def _of_call(name: str, arguments: list[list[str]]) -> Iterator[Sentence]:
    if name in SINGLE:
        yield from (Sentence(text) for text in arguments[0])
    elif name in PLURAL and len(arguments) == 2:
        yield from (Sentence(one, many) for one in arguments[0] for many in arguments[1])
    elif name in CONTEXT and len(arguments) == 2:
        yield from (
            Sentence(text, context=context) for context in arguments[0] for text in arguments[1]
        )


def _strings(node: ast.expr) -> Iterator[str]:
    """The literal a call is given; both, where the call chooses between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def _of_template(source: str) -> Iterator[Sentence]:
    code = templatize(source)
    for call in TEMPLATE_CALL.finditer(code):
        arguments = [[text] for text in _literals(code[call.end() :], 2)]
        if arguments:
            yield from _of_call(call.group(1), arguments)


def _literals(code: str, at_most: int) -> Iterator[str]:
    for _ in range(at_most):
        literal = re.match(r"""\s*,?\s*(u?("|')(?:\\.|(?!\2).)*\2)""", code, re.S)
        if literal is None:
            return
        yield ast.literal_eval(literal.group(1))
        code = code[literal.end() :]


def fields(text: str) -> list[str]:
    """The fields a sentence fills in, sorted; a translation must have the same."""
    return sorted(found.group(1) or found.group(2) or "%%" for found in FIELD.finditer(text))


def read() -> polib.POFile:
    """The English catalogue as kept."""
    return polib.pofile(str(CATALOGUE), wrapwidth=100)


def write(catalogue: polib.POFile) -> None:
    """Keep the catalogue sorted and free of anything that changes by itself."""
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE), newline="\n")


def refresh() -> tuple[int, int, int]:
    """Add new sentences, drop unused ones; returns how many were added, dropped, lack English."""
    catalogue, sentences = read(), gather()
    known = {
        Sentence(entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""): entry
        for entry in catalogue
    }
    for sentence in known.keys() - sentences.keys():
        catalogue.remove(known[sentence])
    for sentence in sentences.keys() - known.keys():
        catalogue.append(_entry(sentence))
    write(catalogue)
    return (
        len(sentences.keys() - known.keys()),
        len(known.keys() - sentences.keys()),
        len(catalogue.untranslated_entries()),
    )


def _entry(sentence: Sentence) -> polib.POEntry:
    if sentence.plural:
        return polib.POEntry(
            msgid=sentence.text, msgid_plural=sentence.plural, msgstr_plural={0: "", 1: ""}
        )
    return polib.POEntry(msgid=sentence.text, msgctxt=sentence.context or None, msgstr="")


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    added, dropped, missing = refresh()
    sys.stdout.write(f"{CATALOGUE.name}: +{added} −{dropped}, without English: {missing}\n")
    sys.exit(0)
