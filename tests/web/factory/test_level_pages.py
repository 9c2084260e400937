"""The level page: asked for, waited for, read with its evidence, and taken along."""

import csv
import io
import json

import pytest
from django.test import Client

from dure.foundation.jobs.models import Job
from dure.foundation.jobs.worker import run_pending
from dure.programme.levels import queries
from dure.programme.levels.models import LevelMeasurement
from dure.programme.streams import actions as streams
from tests.factories.levels import make_measurement, measure_again
from tests.factories.streams import bring, make_rows
from tests.web.factory.people import Person

pytestmark = pytest.mark.django_db


def measured(person: Person) -> queries.MeasurementView:
    return make_measurement(person.actor, person.workplace_id)


def test_without_data_the_page_asks_for_a_file(owner: Person) -> None:
    page = owner.get("level", owner.workplace_id)

    assert "아직 잴 데이터가 없습니다" in page
    assert f"/my/workplaces/{owner.workplace_id}/imports/new/" in page
    assert "수준 측정하기" not in page


def test_with_data_it_offers_to_measure_and_says_one_may_leave(owner: Person) -> None:
    bring(owner.actor, owner.workplace_id, make_rows(60))
    assert "수준 측정하기" in owner.get("level", owner.workplace_id)

    owner.post("level-measure", owner.workplace_id)

    waiting = owner.get("level", owner.workplace_id)
    assert "차례를 기다리고 있습니다" in waiting
    assert "이 화면을 나가도 계속됩니다" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "수준 측정하기" not in waiting
    owner.post("level-measure", owner.workplace_id)
    assert Job.objects.filter(kind="levels.measure").count() == 1


def test_progress_says_how_far_it_is_and_then_brings_the_page(owner: Person) -> None:
    bring(owner.actor, owner.workplace_id, make_rows(60))
    owner.post("level-measure", owner.workplace_id)
    part = owner.get("level-progress", owner.workplace_id)
    assert part.strip().startswith("<section")
    assert 'id="level-job"' in part

    run_pending()

    done = owner.client.get(f"/my/workplaces/{owner.workplace_id}/level/progress/")
    assert done.status_code == 204
    assert done["HX-Redirect"] == f"/my/workplaces/{owner.workplace_id}/level/"


def test_a_failed_measurement_says_why_and_offers_another_try(owner: Person) -> None:
    import_id = bring(owner.actor, owner.workplace_id, make_rows(60))
    owner.post("level-measure", owner.workplace_id)
    streams.undo_import(owner.actor, import_id)
    run_pending()

    page = owner.get("level-progress", owner.workplace_id)

    assert "아직 잴 데이터가 없습니다." in page
    assert "다시 측정하기" in page
    assert "hx-trigger" not in page


def test_asking_without_data_changes_nothing_and_says_so(owner: Person) -> None:
    response = owner.client.post(f"/my/workplaces/{owner.workplace_id}/level/measure/", follow=True)

    assert "파일을 먼저 올려 주세요" in response.content.decode()
    assert not Job.objects.exists()


def test_the_page_says_level_grade_worth_and_that_it_is_no_certificate(owner: Person) -> None:
    view = measured(owner)

    page = owner.get("level", owner.workplace_id)

    assert "데이터가 뒷받침하는 수준:" in page
    assert "정식 수준확인서가 아닙니다" in page
    assert "근거 C · 올린 파일" in page
    assert "C등급: 사람이 올린 파일입니다" in page
    assert "60행 · 신호 2개" in page
    assert "2024.05.01.(수)" in page
    assert str(view.result.missing_for_next[0]) in page
    assert all(str(text) in page for text in view.result.not_measurable)
    assert "기업제조혁신역량 수준" in page


def test_every_criterion_is_told_with_links_to_the_data_it_rests_on(owner: Person) -> None:
    view = measured(owner)

    page = owner.get("level", owner.workplace_id)

    for cell in view.result.cells:
        assert f'id="criterion-{cell.criterion}"' in page
        assert f'href="#criterion-{cell.criterion}"' in page
    rested = {series for cell in view.result.cells for series in cell.series}
    assert rested
    assert f"/my/workplaces/{owner.workplace_id}/signals/" in page
    assert page.count("서류·현장 확인") >= 2 * sum(
        "서류로 확인" in str(cell.found) for cell in view.result.cells
    )


def test_doubts_come_before_the_grid_and_say_what_to_do(owner: Person) -> None:
    bring(owner.actor, owner.workplace_id, make_rows(600))
    constant = "시각,온도\n" + "".join(f"2024-05-03 00:{i:02}:00,20.0\n" for i in range(60))
    bring(owner.actor, owner.workplace_id, constant, "고정.csv")
    view = measure_again(owner.actor, owner.workplace_id)
    assert view.result.integrity

    page = owner.get("level", owner.workplace_id)

    for finding in view.result.integrity:
        assert str(finding.text) in page
        assert page.index(str(finding.text)) < page.index('id="grid-title"')


def test_files_it_rests_on_are_listed_with_their_hashes(owner: Person) -> None:
    view = measured(owner)

    page = owner.get("level", owner.workplace_id)

    assert "근거가 된 파일 1개" in page
    assert view.files[0].sha256 in page
    assert f"/my/imports/{view.files[0].import_id}/" in page
    assert "되돌려졌습니다" not in page


def test_a_file_taken_back_is_said_first_and_its_series_lose_their_links(owner: Person) -> None:
    view = measured(owner)
    streams.undo_import(owner.actor, view.files[0].import_id)

    page = owner.get("level", owner.workplace_id)

    assert "근거가 된 파일이 되돌려졌습니다" in page
    assert page.index("근거가 된 파일이 되돌려졌습니다") < page.index('id="level-title"')
    assert f"/my/workplaces/{owner.workplace_id}/signals/" not in page


def test_newer_files_are_said_not_to_be_in_it(owner: Person) -> None:
    measured(owner)
    bring(owner.actor, owner.workplace_id, make_rows(60, day="2024-05-02"), "둘째.csv")

    page = owner.get("level", owner.workplace_id)

    assert "이 결과에 들어 있지 않은 파일이 1개 있습니다" in page


def test_the_history_keeps_every_measurement(owner: Person) -> None:
    first = measured(owner)
    second = measure_again(owner.actor, owner.workplace_id)

    page = owner.get("level-measurement", owner.workplace_id, first.id)

    assert "지난 측정을 보고 있습니다" in page
    assert f"/my/workplaces/{owner.workplace_id}/level/{second.id}/" in page
    assert "지난 측정을 보고 있습니다" not in owner.get("level", owner.workplace_id)


def test_the_csv_holds_a_line_for_each_criterion_and_doubt(owner: Person) -> None:
    view = measured(owner)

    response = owner.client.get(f"/my/workplaces/{owner.workplace_id}/level/{view.id}/csv/")

    table = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert table[0][:4] == ["수준", "기준", "결과", "찾은 것"]
    assert len(table) == 1 + len(view.result.cells) + len(view.result.integrity)
    assert table[1][1] == "생산실적의 전산 기록"
    assert response["Content-Disposition"].endswith(
        f'dure-level-{owner.workplace_id}-{view.id}.csv"'
    )


def test_the_json_is_the_engines_own_bytes(owner: Person) -> None:
    view = measured(owner)

    response = owner.client.get(f"/my/workplaces/{owner.workplace_id}/level/{view.id}/json/")

    assert response.content.decode() == view.result_json
    assert json.loads(response.content)["grid_hash"] == view.result.grid_hash
    owner.get("level-download", owner.workplace_id, view.id, "xml", status=404)


def test_the_page_reads_in_english(owner: Person) -> None:
    measured(owner)
    owner.client.cookies["django_language"] = "en"

    page = owner.get("level", owner.workplace_id)

    assert '<html lang="en"' in page
    assert "Production recorded digitally" in page


def test_another_firms_level_does_not_exist(owner: Person, stranger: Person) -> None:
    view = measured(owner)

    for name, args in (
        ("level", (owner.workplace_id,)),
        ("level-progress", (owner.workplace_id,)),
        ("level-measurement", (owner.workplace_id, view.id)),
        ("level-measurement", (stranger.workplace_id, view.id)),
        ("level-download", (owner.workplace_id, view.id, "csv")),
    ):
        stranger.get(name, *args, status=404)
    stranger.post("level-measure", owner.workplace_id, status=404)

    assert LevelMeasurement.objects.count() == 1
    assert Job.objects.filter(kind="levels.measure").count() == 1


def test_an_engineer_may_measure(engineer: Person) -> None:
    bring(engineer.actor, engineer.workplace_id, make_rows(60))

    engineer.post("level-measure", engineer.workplace_id)
    run_pending()

    assert LevelMeasurement.objects.get().measured_by == engineer.actor.label


def test_who_is_not_signed_in_sees_no_level(owner: Person) -> None:
    response = Client().get(f"/my/workplaces/{owner.workplace_id}/level/")

    assert response.status_code == 302
