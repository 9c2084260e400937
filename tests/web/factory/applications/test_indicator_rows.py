"""Indicators: rows are added, removed and refused without any script."""

import pytest

from dure.programme.support import queries
from tests.web.factory.applications.forms import typed
from tests.web.factory.people import Person
from tests.web.page import errors, parsed, part, value, words

pytestmark = pytest.mark.django_db

ROWS = [
    {"indicator": "hourly_output", "before": "120", "target": "150", "weight": "60"},
    {"indicator": "product_defect_rate", "before": "3.2", "target": "1.5", "weight": "40"},
]


def _stored(person: Person, application_id: int) -> object:
    view = queries.get_application(person.actor.own_organisation_id, application_id)
    return view.topic("indicators").questions[0].value


def _rows(page: str) -> int:
    return len(parsed(page).xpath('//fieldset[@class="sf-group"]'))


def _send(person: Person, application_id: int, go: str, *, status: int = 200, **sent: str) -> str:
    return person.post(
        "application-topic", application_id, "indicators", status=status, go=go, **sent
    )


def test_an_empty_table_has_one_row_to_write_into(applicant: Person, draft: int) -> None:
    _send(applicant, draft, "leave", status=302)

    assert _stored(applicant, draft) is None
    assert _rows(applicant.get("application-topic", draft, "indicators")) == 1


def test_adding_a_row_keeps_what_was_typed(applicant: Person, draft: int) -> None:
    page = _send(applicant, draft, "add-row:indicators", **typed("x", indicators=ROWS))

    assert _rows(page) == 3
    assert value(page, "indicators.1.before") == "3.2"
    assert value(page, "indicators.2.before") == ""
    assert not parsed(page).xpath('//*[@id="error-summary"]')


def test_removing_a_row_moves_the_others_up(applicant: Person, draft: int) -> None:
    page = _send(applicant, draft, "remove-row:indicators:0", **typed("x", indicators=ROWS))

    assert _rows(page) == 1
    assert value(page, "indicators.0.indicator") == "product_defect_rate"


def test_an_empty_row_between_others_is_left_out(applicant: Person, draft: int) -> None:
    empty = {"indicator": "", "before": " ", "target": "", "weight": ""}

    _send(applicant, draft, "next", status=302, **typed("x", indicators=[ROWS[0], empty, ROWS[1]]))

    assert _stored(applicant, draft) == ROWS


def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(
    applicant: Person, draft: int
) -> None:
    wrong = ROWS[1] | {"target": "많이"}

    page = _send(applicant, draft, "next", status=422, **typed("x", indicators=[ROWS[0], wrong]))

    assert errors(page) == {"id_indicators.1.target": "2번째 목표: 숫자로 적어 주세요. 예: 12.5"}
    assert value(page, "indicators.1.target") == "많이"


def test_weights_that_do_not_add_up_are_told_at_the_table(applicant: Person, draft: int) -> None:
    light = ROWS[1] | {"weight": "30"}

    page = _send(applicant, draft, "next", status=422, **typed("x", indicators=[ROWS[0], light]))

    assert errors(page) == {
        "id_indicators_group": "성과지표: 가중치의 합이 100%여야 합니다. 지금은 90%입니다."
    }
    assert words(part(page, "id_indicators"))


def test_a_target_in_the_wrong_direction_is_refused(applicant: Person, draft: int) -> None:
    worse = ROWS[1] | {"target": "5"}

    page = _send(applicant, draft, "next", status=422, **typed("x", indicators=[ROWS[0], worse]))

    assert list(errors(page)) == ["id_indicators.1.target"]
    assert "이 지표는 낮을수록 좋습니다." in errors(page)["id_indicators.1.target"]


def test_an_unknown_table_in_a_button_changes_nothing(applicant: Person, draft: int) -> None:
    page = _send(applicant, draft, "add-row:nothing", **typed("x", indicators=ROWS))

    assert _rows(page) == 2
