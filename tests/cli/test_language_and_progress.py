"""The command in English, and what a person sees while large files are read."""

import gettext
import io
from pathlib import Path

import pytest
from rich.console import Console
from tests.cli.making import make_log

from dure.cli import following
from dure.cli.arguments import GivenFile
from dure.cli.language import Speaker
from dure.kernel.names import Name
from dure.kernel.text import Text


def catalogue(folder: Path, sentences: dict[str, str]) -> Path:
    """A compiled English catalogue, as gettext lays it out."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    made = Catalog(locale="en")
    for source, english in sentences.items():
        made.add(source, english)
    path = folder / "en" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, made)
    assert gettext.find("django", str(folder), ["en"])
    return folder


def test_texts_are_said_in_english_where_the_catalogue_has_them(tmp_path: Path) -> None:
    inner = Text("{n}초", {"n": 3})
    locale = catalogue(tmp_path, {"{step}마다": "every {step}", "{n}초": "{n} s"})

    speaker = Speaker("en", locale)

    assert speaker.say(Text("{step}마다", {"step": inner})) == "every 3 s"
    assert speaker.say(Text("없는 문장")) == "없는 문장"
    assert speaker.say(Name("기초", "Basic")) == "Basic"


def test_without_a_catalogue_texts_stay_korean(tmp_path: Path) -> None:
    assert Speaker("en", tmp_path).say(Text("기초")) == "기초"
    assert Speaker("ko", tmp_path).say(Name("기초", "Basic")) == "기초"


def test_progress_is_drawn_for_large_files_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BIG_BYTES", 10)
    log, screen = make_log(tmp_path), io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100)

    with following.follow([GivenFile(log, is_named=True)], console) as follow, follow(log) as told:
        assert told is not None
        told(50, 100)

    assert "press.csv" in screen.getvalue()


def test_a_person_is_told_what_is_being_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BIG_BYTES", 10)
    given, screen = [GivenFile(make_log(tmp_path), is_named=True)], io.StringIO()

    with following.waiting(given, "재는 중", Console(file=screen, force_terminal=True)):
        pass
    with following.waiting(given, "재는 중", Console(file=(silent := io.StringIO()))):
        pass

    assert "재는 중" in screen.getvalue()
    assert silent.getvalue() == ""


def test_progress_is_silent_without_a_terminal(tmp_path: Path) -> None:
    log, screen = make_log(tmp_path), io.StringIO()

    given, console = [GivenFile(log, is_named=True)], Console(file=screen)
    with following.follow(given, console) as follow, follow(log) as told:
        assert told is not None
        told(1, 2)

    assert screen.getvalue() == ""
