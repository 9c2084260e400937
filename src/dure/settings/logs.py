"""Logs for whoever runs Dure: one JSON line per record, without personal data or secrets.

Addresses of pages can hold tokens and business data, so the pattern of the route stands for
them. What still looks like an e-mail address, a phone or a registration number is masked.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

FORMAT = "dure.settings.logs.JsonLines"
_EXTRA = ("user", "job", "kind", "attempt", "notice", "tries", "task", "status", "route")
_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"\b0\d{1,2}[- ]?\d{3,4}[- ]?\d{4}\b"),
    re.compile(r"\b\d{3}-\d{2}-\d{5}\b"),
    re.compile(r"\b\d{6}-\d{7}\b"),
)
MASK = "***"


class JsonLines(logging.Formatter):
    """A record as one line: at, level, from, said, known extra fields, error."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": mask(record.getMessage()),
        }
        line |= {name: record.__dict__[name] for name in _EXTRA if name in record.__dict__}
        if record.exc_info:
            line["error"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class RouteInsteadOfPath(logging.Filter):
    """Says which route a request took, not the address it asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None:
            return True
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "(no route)"
        record.__dict__ |= {"route": route, "status": getattr(record, "status_code", None)}
        record.msg, record.args = f"{getattr(request, 'method', '?')} {route}", ()
        return True


def mask(text: str) -> str:
    """The text with what looks like personal data replaced."""
    for pattern in _PERSONAL:
        text = pattern.sub(MASK, text)
    return text


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": FORMAT}},
    "filters": {"routes": {"()": "dure.settings.logs.RouteInsteadOfPath"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["routes"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "dure": {"level": "INFO"},
        # Django gives these handlers of their own otherwise; one line per record is enough.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Missing glyphs and ignored properties are seen in the tests, not by operators.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
