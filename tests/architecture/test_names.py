"""Names: a file says what it holds, and a sentence never glues a particle to a variable."""

import ast
import re

from tests.architecture.house import ROOT, kept, listing, name_of, product_code, templates

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base2"}
FIELD = r"(?:\{[a-z_]\w*\}|%\([a-z_]\w*\)s|\{\{\s*[\w.]+\s*\}\})"
PARTICLE = re.compile(FIELD + r"(은|는|이|가|을|를|와|과|으로|로)(?=[\s.,)]|$)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
WORK = ("src", "tests", "bench", "docs", "frontend/src", "bin", "policy")


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        name_of(file)
        for folder in ("src", "tests", "bench")
        for file in kept(ROOT / folder, ".py")
        if VAGUE & {file.stem, *file.relative_to(ROOT).parts[:-1]}
    ]

    assert vague == [], "무엇이 들었는지 말하는 이름으로 바꿔 주세요:" + listing(vague)


def test_no_particle_follows_a_variable() -> None:
    sentences = [
        (f"{name_of(file)}:{node.lineno}", node.value)
        for file in product_code()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    sentences += [
        (f"{name_of(file)}:{number}", line)
        for file in templates()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    ]
    glued = [f"{where}: {text.strip()[:80]}" for where, text in sentences if PARTICLE.search(text)]

    assert glued == [], "변수 바로 뒤에 조사가 있는 문장 (받침에 따라 틀립니다):" + listing(glued)


def test_nothing_is_marked_as_unfinished() -> None:
    marked = [
        f"{name_of(file)}:{number}"
        for folder in WORK
        for file in kept(ROOT / folder, ".py", ".md", ".html", ".css", ".js", ".mjs", ".yaml")
        if file.name != "test_names.py"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]

    assert marked == [], listing(marked)
