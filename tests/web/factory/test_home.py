"""My factory: what to do next and why, at every station of the journey."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from dure.foundation.accounts.models import User
from dure.programme.registry import actions as registry
from dure.programme.registry import queries
from dure.programme.streams import actions as streams
from dure.programme.support import actions as support
from tests.factories.foundation import make_member, make_user
from tests.factories.levels import make_measurement, measure_again
from tests.factories.registry import make_workplace_details
from tests.factories.streams import bring, make_rows, send
from tests.factories.support import NOW, make_call, make_operator, make_submitted
from tests.web.factory.people import Person

pytestmark = pytest.mark.django_db
FAR = datetime(2099, 11, 26, 9, 0, tzinfo=UTC)


def test_someone_without_a_workplace_is_asked_to_register_first(client: Client) -> None:
    client.force_login(make_user())

    response = client.get("/my/")

    page = response.content.decode()
    assert response.status_code == 200
    assert "먼저 사업장을 등록해 주세요" in page
    assert 'href="/my/workplaces/new/"' in page
    assert '<li aria-current="step"><span>1단계' in page


def test_a_registered_owner_is_asked_for_a_file_and_told_why(owner: Person) -> None:
    page = owner.get("home")

    assert "설비가 남긴 파일을 하나 올려 보세요" in page
    assert "왜 이 제안인가요?" in page
    assert "아직 올린 데이터가 없습니다." in page
    assert f"/my/workplaces/{owner.workplace_id}/imports/new/" in page
    assert "아직 올린 파일이 없습니다" in page
    assert "아직 재지 않았습니다" in page
    assert "아직 신청한 사업이 없습니다" in page


def test_a_file_that_waits_is_to_be_confirmed(owner: Person) -> None:
    import_id = send(owner.actor, owner.workplace_id, make_rows(60), "5월.csv")

    page = owner.get("home")

    assert "올린 파일을 확인해 주세요" in page
    assert "파일: 5월.csv" in page
    assert f'class="krds-btn primary xlarge" href="/my/imports/{import_id}/"' in page


def test_data_without_a_level_are_to_be_measured_and_their_first_figures_shown(
    owner: Person,
) -> None:
    bring(owner.actor, owner.workplace_id, make_rows(60), "5월.csv")

    page = owner.get("home")

    assert "우리 공장의 수준을 재 보세요" in page
    assert "데이터에서 나온 첫 수치" in page
    assert "근거 파일: 5월.csv" in page
    assert "데이터 60행 가져옴" in page


def test_a_measured_workplace_is_led_to_support(owner: Person) -> None:
    view = make_measurement(owner.actor, owner.workplace_id)

    page = owner.get("home")

    assert "받을 수 있는 지원을 찾아보세요" in page
    assert f"/my/workplaces/{owner.workplace_id}/level/{view.id}/" in page
    assert "정식 수준확인서가 아닙니다" in page
    assert "데이터로 수준 측정:" in page


def test_data_that_changed_since_are_to_be_measured_again(owner: Person) -> None:
    view = make_measurement(owner.actor, owner.workplace_id)
    bring(owner.actor, owner.workplace_id, make_rows(60, day="2024-05-02"), "둘째.csv")
    assert "지난 측정 뒤에 데이터가 바뀌었습니다." in owner.get("home")
    measure_again(owner.actor, owner.workplace_id)
    assert "지난 측정 뒤에 데이터가 바뀌었습니다." not in owner.get("home")

    streams.undo_import(owner.actor, view.files[0].import_id)

    page = owner.get("home")
    assert "지난 측정 뒤에 데이터가 바뀌었습니다." in page
    assert "근거가 된 파일이 되돌려졌습니다." in page


def test_one_of_several_workplaces_is_chosen_and_remembered(owner: Person) -> None:
    second = registry.register_workplace(
        owner.actor, make_workplace_details(name="제2공장", branch_number="0002")
    )
    assert "<h1>한빛정밀 제1공장</h1>" in owner.get("home")

    assert "<h1>한빛정밀 제2공장</h1>" in owner.get("home", workplace=str(second))

    assert "<h1>한빛정밀 제2공장</h1>" in owner.get("home")


@pytest.mark.parametrize("asked", ["x", "0", "999999"])
def test_a_workplace_that_is_not_there_is_not_found(owner: Person, asked: str) -> None:
    owner.get("home", workplace=asked, status=404)


def test_another_firms_workplace_is_not_found(owner: Person, stranger: Person) -> None:
    stranger.get("home", workplace=str(owner.workplace_id), status=404)


def test_an_engineer_sees_the_same_page_and_what_only_the_owner_may_do(engineer: Person) -> None:
    page = engineer.get("home")
    assert "설비가 남긴 파일을 하나 올려 보세요" in page
    assert "파일 올리기" in page
    make_measurement(engineer.actor, engineer.workplace_id)

    page = engineer.get("home")

    assert "받을 수 있는 지원을 찾아보세요" in page
    assert "대표 역할을 가진 분이 할 수 있습니다" in page
    assert "신청할 수 있는 사업 보기" not in page


def test_an_operator_is_led_to_the_first_screen_of_their_own(client: Client) -> None:
    user, _ = make_member("operator")
    client.force_login(user)

    response = client.get("/my/")

    assert response.status_code == 302
    assert response["Location"] == "/ops/"


def test_a_draft_is_to_be_continued_with_its_deadline(owner: Person) -> None:
    make_measurement(owner.actor, owner.workplace_id)
    call_id = make_call(closes_at=FAR)
    draft = support.start_application(owner.actor, call_id, owner.workplace_id, now=NOW)

    page = owner.get("home")

    assert "작성 중인 신청서를 이어서 써 주세요" in page
    assert f'href="/my/applications/{draft}/"' in page
    assert "일 남음" in page
    assert "2026년 고도화 지원 (예시)" in page


def test_a_supplement_comes_before_everything_else(owner: Person) -> None:
    call_id = make_call(closes_at=FAR)
    owner_actor, application_id = make_submitted(call_id)
    owner.client.force_login(User.objects.get(pk=owner_actor.user_id))
    waiting = owner.get("home")
    assert "보완 요청에 답해 주세요" not in waiting
    assert "접수" in waiting
    assert "신청서 제출" in waiting

    support.request_supplement(
        make_operator(), application_id, text="견적서를 다시 올려 주세요.", now=NOW
    )

    page = owner.get("home")
    assert "보완 요청에 답해 주세요" in page
    assert (
        f'class="krds-btn primary xlarge" href="/my/applications/{application_id}/status/"' in page
    )
    assert "보완 기한" in page


def test_who_has_applied_and_measured_is_told_to_wait(owner: Person) -> None:
    call_id = make_call(closes_at=FAR)
    actor, _ = make_submitted(call_id)
    [workplace] = queries.list_workplaces(actor.own_organisation_id)
    make_measurement(actor, workplace.id)
    owner.client.force_login(User.objects.get(pk=actor.user_id))

    page = owner.get("home")

    assert "지금은 기다리시면 됩니다" in page
    assert page.count('<li class="is-done"><span>') == 5
