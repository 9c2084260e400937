"""Keeps a `Text` in a JSON column, so each reader later sees it in their own language."""

from typing import Any

from django.utils.translation import get_language, gettext

from dure.kernel.names import Name
from dure.kernel.text import Text


def sentence_to_json(sentence: Text | str) -> dict[str, Any]:
    """The stored form `{"source": …, "params": {…}}`; a plain string is kept literally."""
    if isinstance(sentence, str):
        return {"source": sentence.replace("{", "{{").replace("}", "}}"), "params": {}}
    return {
        "source": sentence.source,
        "params": {key: _param_to_json(value) for key, value in sentence.params.items()},
    }


def sentence_of(stored: dict[str, Any] | None) -> Text | None:
    """The sentence of a stored form; None for None or an empty object."""
    if not stored:
        return None
    params = {key: _param_of(value) for key, value in stored.get("params", {}).items()}
    return Text(str(stored["source"]), params)


def say(sentence: Text | None) -> str:
    """The sentence in the language now active; empty for None."""
    return sentence.render(gettext, get_language() or "ko") if sentence else ""


def _param_to_json(value: object) -> object:
    if isinstance(value, Text):
        return sentence_to_json(value)
    if isinstance(value, Name):
        return {"ko": value.ko, "en": value.en}
    return value if isinstance(value, int | float | bool) or value is None else str(value)


def _param_of(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return Name(**value) if "ko" in value else sentence_of(value)
