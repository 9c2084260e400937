"""Handing in an application: what is frozen, what is refused, and who is told."""

from datetime import date

import pytest
from tests.factories.support import NOW, make_call, make_submitted

from dure.programme.support import queries

pytestmark = pytest.mark.django_db


def test_a_complete_application_is_handed_in_with_its_money_and_its_day() -> None:
    actor, application_id = make_submitted(make_call())

    view = queries.get_application(actor.own_organisation_id, application_id, now=NOW)

    assert view.number == "2026-GEN-100001"
    assert view.state == "submitted"
    assert view.due_on == date(2026, 12, 8)
    assert view.amount is not None
    assert view.amount.total_cost_krw == 177_000_000
    assert view.amount.government_krw == 88_500_000
    assert view.amount.company_krw == 88_500_000
    assert view.eligibility is not None
    assert view.eligibility.verdict == "possible"
