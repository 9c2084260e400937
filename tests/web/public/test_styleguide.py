"""The styleguide names every behaviour and every state there is."""

import re
from pathlib import Path

import pytest
from django.test import Client

from dure.web.status import STATUSES

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[3] / "frontend" / "src" / "ui.js"
BEHAVIOUR = re.compile(r"^//   (data-[a-z-]+)", re.M)


def test_every_behaviour_of_the_script_is_explained(client: Client) -> None:
    named = BEHAVIOUR.findall(SCRIPT.read_text(encoding="utf-8"))
    shown = client.get("/styleguide/").content.decode()

    assert len(named) > 10
    assert [name for name in named if f"<code>{name}</code>" not in shown] == []


def test_every_state_is_shown_with_its_word(client: Client) -> None:
    shown = client.get("/styleguide/").content.decode()
    words = {str(status.label) for states in STATUSES.values() for status in states.values()}

    assert [word for word in words if word not in shown] == []


def test_wrong_input_is_answered_in_our_own_words(client: Client) -> None:
    shown = client.get("/styleguide/").content.decode()

    assert "보기에 있는 것을 골라 주세요." in shown
    assert "날짜는 2021-03-01처럼 입력해 주세요." in shown
    assert "이/가" not in shown
