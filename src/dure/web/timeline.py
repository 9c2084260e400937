"""What happened to an application, as `parts/timeline.html` shows it."""

from collections.abc import Iterable

from dure.programme.support.queries import EventView
from dure.web.words import said


def timeline_of(events: Iterable[EventView]) -> list[dict[str, object]]:
    """The events in their order, who did it after what was said."""
    return [
        {
            "at": event.at,
            "title": event.title,
            "detail": " · ".join(part for part in (said(event.detail), said(event.who)) if part),
        }
        for event in events
    ]
