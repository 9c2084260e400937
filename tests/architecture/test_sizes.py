"""Small pieces: a file or a function that outgrows its limit is to be split by use case."""

import ast
from pathlib import Path
from statistics import quantiles

from tests.architecture.house import listing, name_of, product_code

FILE_AT_MOST, FILE_P90 = 400, 300
FUNCTION_AT_MOST, FUNCTION_P90 = 60, 25

Sized = list[tuple[int, str]]


def _files() -> Sized:
    return [(_lines(file), name_of(file)) for file in product_code()]


def _lines(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("\n")


def _spans(*kinds: type[ast.AST]) -> Sized:
    return [
        (node.end_lineno - node.lineno + 1, f"{name_of(file)}:{node.lineno} {node.name}")  # type: ignore[attr-defined]
        for file in product_code()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, kinds)
    ]


def _over(sized: Sized, limit: int) -> str:
    return listing([f"{size} {name}" for size, name in sorted(sized, reverse=True) if size > limit])


def _p90(sized: Sized) -> float:
    return quantiles([size for size, _ in sized], n=10)[-1]


def test_files_stay_small() -> None:
    files = _files()

    assert max(files)[0] <= FILE_AT_MOST, _over(files, FILE_AT_MOST)
    assert _p90(files) <= FILE_P90


def test_functions_stay_small() -> None:
    functions = _spans(ast.FunctionDef, ast.AsyncFunctionDef)

    assert max(functions)[0] <= FUNCTION_AT_MOST, _over(functions, FUNCTION_AT_MOST)
    assert _p90(functions) <= FUNCTION_P90
