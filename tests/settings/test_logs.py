"""Logs: one line of JSON, no address of a page, no personal data."""

import json
import logging

import pytest
from django.test import RequestFactory
from django.urls import resolve

from dure.settings.logs import MASK, JsonLines, RouteInsteadOfPath, mask


def line_of(record: logging.LogRecord) -> dict[str, object]:
    assert RouteInsteadOfPath().filter(record)
    text = JsonLines().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def record_of(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("dure.test").makeRecord(
        "dure.test", logging.WARNING, __file__, 1, message, args, None, extra=dict(extra)
    )


def test_record_is_one_line_with_known_fields() -> None:
    line = line_of(record_of("job %s failed", 7, job=7, secret="x"))

    assert (line["said"], line["job"], line["level"], line["from"]) == (
        "job 7 failed",
        7,
        "warning",
        "dure.test",
    )
    assert "secret" not in line


def test_request_is_named_by_its_route_not_its_address() -> None:
    request = RequestFactory().get("/accounts/invitations/verysecrettoken/?email=a@b.kr")
    request.resolver_match = resolve("/accounts/invitations/verysecrettoken/")

    line = line_of(record_of("Gone: %s", request.path, request=request, status_code=410))

    assert line["said"] == "GET accounts/invitations/<str:token>/"
    assert line["status"] == 410
    assert "verysecrettoken" not in json.dumps(line)


def test_request_without_a_route_tells_nothing_of_its_address() -> None:
    request = RequestFactory().get("/no/such/secret")

    assert line_of(record_of("Not Found", request=request))["said"] == "GET (no route)"


@pytest.mark.parametrize(
    "personal", ["kim.h+1@hanbit.co.kr", "010-1234-5678", "01012345678", "124-81-00998"]
)
def test_personal_data_is_masked_in_sentences_and_errors(personal: str) -> None:
    try:
        raise ValueError(personal)
    except ValueError as error:
        record = record_of("failed for %s", personal)
        record.exc_info = (ValueError, error, error.__traceback__)

    line = line_of(record)

    assert line["said"] == f"failed for {MASK}"
    assert personal not in str(line["error"])
    assert "ValueError" in str(line["error"])


def test_ordinary_numbers_stay() -> None:
    assert mask("1,204,331 rows in 3.5 s on 2026-11-25") == "1,204,331 rows in 3.5 s on 2026-11-25"
