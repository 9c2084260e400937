"""Sentences kept in the database: each reader gets them in their own language."""

import json

from django.utils import translation

from dure.foundation.sentences import say, sentence_of, sentence_to_json
from dure.kernel.names import Name
from dure.kernel.text import Text


def test_a_sentence_comes_back_with_its_nested_texts_and_names() -> None:
    text = Text(
        "{n}건 · {state} · {law}",
        {"n": 3, "state": Text("접수"), "law": Name("중소기업기본법", "Framework Act on SMEs")},
    )

    stored = json.loads(json.dumps(sentence_to_json(text)))

    assert sentence_of(stored) == text
    with translation.override("ko"):
        assert say(sentence_of(stored)) == "3건 · 접수 · 중소기업기본법"
    with translation.override("en"):
        assert say(sentence_of(stored)).endswith("Framework Act on SMEs")


def test_a_plain_string_is_kept_literally_and_nothing_is_nothing() -> None:
    assert say(sentence_of(sentence_to_json("100% {그대로}"))) == "100% {그대로}"
    assert sentence_of(None) is None
    assert sentence_of({}) is None
    assert say(None) == ""
