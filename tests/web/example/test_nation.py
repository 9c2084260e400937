"""The example nation is made by real actions, once, and says everywhere that it is an example."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from dure.foundation.audit.actor import SYSTEM
from dure.foundation.audit.models import AuditEntry
from dure.foundation.organisations.models import Organisation
from dure.programme.levels.queries import list_measurements
from dure.programme.registry.models import Firm, Workplace
from dure.programme.streams.queries import list_imports
from dure.programme.support.queries import (
    QueueFilter,
    get_application,
    list_applications,
    list_calls,
    list_queue_rows,
)
from dure.settings import ENVIRONMENT
from dure.web.example import accounts
from dure.web.example.calls import BUILD, open_calls
from dure.web.example.factory import (
    begin_application,
    give_data,
    make_factory,
    measure_level,
)
from dure.web.example.firms import list_firms
from dure.web.example.nation import has_nation, make_agency, make_firm, make_nation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture(autouse=True)
def _own_accounts_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(accounts, "ENVIRONMENT", replace(ENVIRONMENT, data_dir=tmp_path))


def _counts() -> dict[str, int]:
    models = (Organisation, Firm, Workplace, AuditEntry)
    return {model.__name__: model.objects.count() for model in models}


def test_everything_is_labelled_and_a_second_run_adds_nothing() -> None:
    assert not has_nation()

    make_nation(lambda _said: None)
    first = _counts()
    make_nation(lambda _said: None)

    assert has_nation()
    assert _counts() == first
    assert first["Firm"] == 41
    assert set(Organisation.objects.values_list("is_example", flat=True)) == {True}
    assert {call.is_example for call in list_calls(timezone.now())} == {True}
    assert Counter(row.state for row in list_queue_rows(QueueFilter(stage=""))) == {
        "submitted": 20,
        "requirement_met": 8,
        "requirement_not_met": 4,
        "supplement_requested": 4,
    }
    assert [
        name for name in Firm.objects.values_list("name", flat=True) if "예시" not in name
    ] == []


def test_the_factory_s_files_are_imported_measured_and_an_application_is_begun() -> None:
    owner, workplace_id = make_factory({role.role: role for role in accounts.make_accounts()})

    give_data(owner, workplace_id)

    imports = list_imports(owner.own_organisation_id, workplace_id)
    assert [(one.state, one.rows_refused, one.series) for one in imports] == [
        ("done", 0, 8),
        ("done", 0, 6),
    ]
    assert {one.equipment for one in imports} == {"사출 3호기"}

    measure_level(owner, workplace_id)
    calls = open_calls(SYSTEM, timezone.now())
    begin_application(owner, workplace_id, calls[BUILD.ko])

    [measured] = list_measurements(owner.own_organisation_id, workplace_id)
    assert (measured.result.system_level, measured.result.looks_fabricated) == ("mid1", False)
    [draft] = list_applications(owner.own_organisation_id)
    amount = get_application(owner.own_organisation_id, draft.id).amount
    assert (draft.state, amount and amount.government_krw) == ("draft", 38_000_000)


def test_each_role_can_sign_in_with_the_password_shown_and_small_firms_cannot() -> None:
    made = {account.role: account for account in accounts.make_accounts()}
    agency = make_agency(made["operator"])
    make_factory(made)
    make_firm(list_firms()[0], agency, open_calls(agency, timezone.now()), timezone.now())

    for account in accounts.list_accounts():
        assert authenticate(email=account.email, password=account.password), account.email
    assert list(made) == ["owner", "engineer", "operator"]
    assert authenticate(email=list_firms()[0].email, password="") is None


def test_the_firms_cover_every_province_and_no_number_is_ever_issued() -> None:
    firms = list_firms()

    assert len(firms) == 40
    assert len({firm.province for firm in firms}) == 17
    assert {firm.business_number[:5] for firm in firms} == {"00000"}
    assert len({firm.business_number for firm in firms}) == 40
