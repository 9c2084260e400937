"""What a person types into the pages of an application."""

from collections.abc import Mapping
from typing import Any

from tests.factories.support import GENERAL

_WORDS = {"yes": "true", "no": "false"}


def typed(topic: str, **changes: object) -> dict[str, Any]:
    """The inputs of a complete topic as a browser sends them; `changes` by question."""
    values: Mapping[str, object] = GENERAL.get(topic, {}) | changes
    sent: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for position, row in enumerate(value):
                sent |= {f"{key}.{position}.{column}": cell for column, cell in row.items()}
        elif isinstance(value, str):
            sent[key] = _WORDS.get(value, value)
        else:
            sent[key] = value
    return sent
