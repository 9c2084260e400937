"""What would be, without keeping anything."""

import pytest
from tests.factories.support import NOW, make_applicant, make_call, make_draft

from dure.programme.registry.models import Workplace
from dure.programme.support import queries
from dure.programme.support.models import Application

pytestmark = pytest.mark.django_db


def test_each_tier_of_a_call_is_held_against_the_workplace() -> None:
    actor, workplace_id = make_applicant()

    fits = queries.list_fits(actor.own_organisation_id, workplace_id, make_call(), now=NOW)

    assert [(fit.tier.key, fit.tier.cap_krw, fit.eligibility.verdict) for fit in fits] == [
        ("upgrade1", 200_000_000, "check"),
        ("same_level", 50_000_000, "check"),
    ]


def test_what_the_finder_was_told_decides_a_fit() -> None:
    actor, workplace_id = make_applicant()
    told = {"tax_arrears": True}

    upgrade, _same = queries.list_fits(
        actor.own_organisation_id, workplace_id, make_call(), carried=told, now=NOW
    )

    assert upgrade.eligibility.verdict == "difficult"
    against = [r.rule for r in upgrade.eligibility.reasons if r.verdict == "difficult"]
    assert against == ["tax_paid"]


def test_only_offered_tiers_are_judged() -> None:
    actor, workplace_id = make_applicant()

    fits = queries.list_fits(
        actor.own_organisation_id, workplace_id, make_call(tiers=["same_level"]), now=NOW
    )

    assert [fit.tier.key for fit in fits] == ["same_level"]


def test_a_fit_of_another_firms_workplace_does_not_exist() -> None:
    actor, _workplace_id = make_applicant()
    _other, elsewhere = make_applicant()

    with pytest.raises(Workplace.DoesNotExist):
        queries.list_fits(actor.own_organisation_id, elsewhere, make_call(), now=NOW)


def test_the_money_of_typed_values_replaces_the_saved_ones_and_keeps_nothing() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())

    amount = queries.preview_amount(
        actor.own_organisation_id,
        application_id,
        {"hardware": "1억원", "software_development": "", "other_cost": "많이", "unknown": "1"},
        now=NOW,
    )

    assert amount is not None
    assert (amount.total_cost_krw, amount.by_arithmetic_krw) == (100_000_000, 50_000_000)
    saved = queries.get_application(actor.own_organisation_id, application_id, now=NOW).amount
    assert saved is not None
    assert saved.total_cost_krw == 177_000_000


def test_another_firms_application_has_no_money_to_show() -> None:
    actor, workplace_id = make_applicant()
    application_id = make_draft(actor, workplace_id, make_call())
    stranger, _workplace_id = make_applicant()

    with pytest.raises(Application.DoesNotExist):
        queries.preview_amount(stranger.own_organisation_id, application_id, {}, now=NOW)
