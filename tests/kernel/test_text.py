"""Sentences and errors for people."""

import doctest
import importlib
import pkgutil

import pytest

import dure.kernel
import dure.policy
from dure.kernel.errors import DureError
from dure.kernel.names import Name
from dure.kernel.text import Text


def test_text_renders_in_the_readers_language_with_nested_texts() -> None:
    words = {"{what}: 없음": "{what}: none", "로트": "Lot"}
    text = Text("{what}: 없음", {"what": Text("로트")})

    assert str(text) == "로트: 없음"
    assert text.render(words.__getitem__) == "Lot: none"


def test_names_in_a_text_are_said_in_the_readers_language() -> None:
    text = Text("근거: {source}", {"source": Text("{law}", {"law": Name("법", "Act")})})

    assert text.render() == "근거: 법"
    assert text.render(
        {"근거: {source}": "Source: {source}", "{law}": "{law}"}.__getitem__, "en"
    ) == ("Source: Act")


def test_an_error_says_what_and_what_to_do() -> None:
    error = DureError(Text("3행: 날짜가 없습니다."), Text("날짜를 넣어 주세요."))

    assert str(error) == "3행: 날짜가 없습니다."
    assert str(error.remedy) == "날짜를 넣어 주세요."


@pytest.mark.parametrize(
    "module",
    [
        f"{package.__name__}.{info.name}"
        for package in (dure.kernel, dure.policy)
        for info in pkgutil.iter_modules(package.__path__)
    ],
)
def test_examples_in_docstrings_hold(module: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(module))

    assert failed == 0
