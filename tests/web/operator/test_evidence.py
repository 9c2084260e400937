"""The measurement behind a case: through the case alone, and nothing else of the factory."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.foundation.audit import triggers
from dure.foundation.organisations.queries import find_actor
from dure.programme.levels.queries import MeasurementView
from dure.programme.support import actions, queries
from dure.programme.support.models import Submission
from tests.factories.levels import make_measurement
from tests.factories.streams import bring, make_rows
from tests.factories.support import DECLARED, make_applicant, make_call, make_draft
from tests.web.operator.conftest import Reviewer, Submit
from tests.web.page import parsed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured() -> tuple[int, MeasurementView, User]:
    """A case that rests on a measurement, that measurement, and the applicant."""
    now = timezone.now()
    call = make_call(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))
    actor, workplace_id = make_applicant()
    measurement = make_measurement(actor, workplace_id)
    application_id = make_draft(actor, workplace_id, call)
    actions.submit_application(actor, application_id, declared=DECLARED)
    return application_id, measurement, User.objects.get(pk=actor.user_id)


def test_a_case_leads_to_the_measurement_it_rests_on(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User]
) -> None:
    case, measurement, _applicant = measured

    level = parsed(reviewer.get("case", case)).xpath('//section[@aria-labelledby="topic-level"]')
    assert level[0].xpath('.//a[contains(@href, "evidence")]/@href') == [
        reverse("operator:case-evidence", args=(case,))
    ]
    page = reviewer.get("case-evidence", case)

    text = words(parsed(page).xpath("//main")[0])
    assert "데이터가 뒷받침하는 수준" in text
    assert f"{measurement.result.rows:,}행" in text
    assert "근거 C · 올린 파일" in text
    assert measurement.files[0].name in text
    assert measurement.files[0].sha256[:12] in text
    for criterion in measurement.result.cells:
        assert f'id="criterion-{criterion.criterion}"' in page


def test_nothing_on_it_leads_into_the_factorys_own_pages(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User]
) -> None:
    page = parsed(reviewer.get("case-evidence", measured[0]))

    assert not [link for link in page.xpath("//main//a/@href") if link.startswith("/my/")]


def test_only_reviewers_open_it_and_only_for_a_case(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User], submit: Submit
) -> None:
    case, _measurement, applicant = measured
    address = reverse("operator:case-evidence", args=(case,))
    own = Client()
    own.force_login(applicant)

    assert own.get(address).status_code == 403
    assert Client().get(address).status_code == 302
    reviewer.get("case-evidence", submit("한빛정밀"), status=404)
    reviewer.get("case-evidence", 999_999, status=404)


def test_a_draft_of_the_same_workplace_opens_nothing(reviewer: Reviewer) -> None:
    actor, workplace_id = make_applicant()
    make_measurement(actor, workplace_id)
    now = timezone.now()
    call = make_call(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))
    draft = make_draft(actor, workplace_id, call)

    reviewer.get("case-evidence", draft, status=404)


def test_a_later_measurement_is_not_the_one_that_was_submitted(
    measured: tuple[int, MeasurementView, User],
) -> None:
    case, measurement, applicant = measured
    actor = find_actor(applicant.pk)
    assert actor is not None
    later = make_measurement(actor, measurement.workplace_id)

    found = queries.find_case_evidence(case)

    assert later.id != measurement.id
    assert found is not None
    assert (found.measurement.id, found.is_unchanged) == (measurement.id, True)
    assert found.series == {s for cell in measurement.result.cells for s in cell.series} | {
        s for doubt in measurement.result.integrity for s in doubt.series
    }


def test_a_record_that_differs_from_what_was_submitted_is_called_out(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User]
) -> None:
    case = measured[0]
    submission = Submission.objects.get(application_id=case)
    submission.content["measurement"]["result_sha256"] = "0" * 64
    # Only who holds the database itself can do this; the end of the test brings the guards back.
    triggers.remove()
    submission.save()

    assert "제출한 뒤에 측정 기록이 달라졌습니다." in reviewer.get("case-evidence", case)


def _signals(page: str, case: int) -> list[str]:
    begin = reverse("operator:case", args=(case,)) + "signals/"
    links = parsed(page).xpath("//main//a/@href")
    return sorted({link for link in links if link.startswith(begin)})


def test_the_signals_it_names_can_be_looked_at(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User]
) -> None:
    case = measured[0]
    addresses = _signals(reviewer.get("case-evidence", case), case)

    assert addresses
    for address in addresses:
        page = reviewer.client.get(address).content.decode()
        assert not [link for link in parsed(page).xpath("//main//a/@href") if "/my/" in link]
    (chart,) = [a for a in addresses if "온도" in unquote(a)]
    points = reviewer.client.get(chart.replace("/signals/", "/signal-data/"), {"width": "10"})
    assert points.json()["unit"] == "°C"
    assert len(points.json()["at"]) > 1
    page = reviewer.client.get(chart).content.decode()
    assert f'data-signal-chart="{chart.replace("/signals/", "/signal-data/")}"' in page


def test_a_signal_it_does_not_name_stays_closed(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User], submit: Submit
) -> None:
    case = measured[0]
    (address, *_others) = _signals(reviewer.get("case-evidence", case), case)
    series = address.split("/signals/")[1].rstrip("/")

    for name in ("case-signal", "case-signal-data"):
        reviewer.get(name, case, "설비/없는신호", status=404)
        reviewer.get(name, submit("한빛정밀"), unquote(series), status=404)


def test_a_signal_that_holds_later_data_is_named_without_a_link(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User]
) -> None:
    case, measurement, applicant = measured
    before = _signals(reviewer.get("case-evidence", case), case)
    actor = find_actor(applicant.pk)
    assert actor is not None
    bring(actor, measurement.workplace_id, make_rows(60, day="2024-05-02"), "이튿날.csv")

    assert _signals(reviewer.get("case-evidence", case), case) == []
    assert [reviewer.client.get(address).status_code for address in before] == [404] * len(before)


def test_only_reviewers_look_at_a_signal(
    reviewer: Reviewer, measured: tuple[int, MeasurementView, User]
) -> None:
    case, _measurement, applicant = measured
    (address, *_others) = _signals(reviewer.get("case-evidence", case), case)
    own = Client()
    own.force_login(applicant)

    assert own.get(address).status_code == 403
    assert Client().get(address).status_code == 302
