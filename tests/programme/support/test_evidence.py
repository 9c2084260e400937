"""Levels and figures from data: never typed again, frozen with their worth, beside the answers."""

from pathlib import Path
from typing import Any

import pytest
from tests.factories.levels import make_measurement, measure_again
from tests.factories.streams import bring
from tests.factories.support import (
    DECLARED,
    GENERAL,
    NOW,
    make_applicant,
    make_call,
    make_draft,
)

from dure.foundation.audit.actor import Actor
from dure.kernel.evidence import EvidenceGrade
from dure.policy.application_form import TopicState
from dure.programme.streams import actions as streams
from dure.programme.streams import queries as streams_queries
from dure.programme.support import actions, queries
from dure.programme.support.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def level_question(actor: Actor, application_id: int) -> queries.QuestionView:
    view = queries.get_application(actor.own_organisation_id, application_id, now=NOW)
    return next(q for q in view.topic("level").questions if q.key == "system_level")


def submit(actor: Actor, application_id: int) -> Submission:
    found = actions.submit_application(actor, application_id, declared=DECLARED, now=NOW)
    return Submission.objects.get(pk=found)


def beside(application_id: int, topic: str) -> list[tuple[str, str]]:
    case = queries.get_case(application_id, now=NOW)
    section = next(section for section in case.sections if section.key == topic)
    return [(item.tone, str(item.text)) for item in section.evidence]


def test_a_measured_level_is_shown_with_its_worth_and_cannot_be_typed_over() -> None:
    actor, workplace_id = make_applicant()
    measurement = make_measurement(actor, workplace_id)
    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    actions.save_answers(actor, application_id, "level", GENERAL["level"], now=NOW)

    question = level_question(actor, application_id)
    assert measurement.result.system_level == "basic"
    assert (question.value, question.fixed) == ("basic", True)
    assert str(question.origin).endswith("데이터로 측정")
    assert question.grade is EvidenceGrade.UPLOADED_FILE


def test_a_measurement_whose_file_was_taken_back_no_longer_counts() -> None:
    actor, workplace_id = make_applicant()
    make_measurement(actor, workplace_id)
    imported = streams_queries.list_imports(actor.own_organisation_id, workplace_id)[0]
    streams.undo_import(actor, imported.id)

    application_id = actions.start_application(actor, make_call(), workplace_id, now=NOW)

    question = level_question(actor, application_id)
    assert (question.value, question.fixed) == (None, False)


def test_before_anything_is_written_a_call_is_held_against_the_measured_level() -> None:
    actor, workplace_id = make_applicant()
    make_measurement(actor, workplace_id)

    fits = queries.list_fits(actor.own_organisation_id, workplace_id, make_call(), now=NOW)

    rises = {
        fit.tier.key: reason.verdict
        for fit in fits
        for reason in fit.eligibility.reasons
        if reason.rule in {"level_rises", "level_stays"}
    }
    assert rises == {"upgrade1": "possible", "same_level": "difficult"}


def test_the_measurement_is_frozen_with_files_and_hash() -> None:
    actor, workplace_id = make_applicant()
    measurement = make_measurement(actor, workplace_id)
    application_id = make_draft(actor, workplace_id, make_call())

    submission = submit(actor, application_id)

    assert submission.measurement_id == measurement.id
    assert submission.content["measurement"] == {
        "id": measurement.id,
        "measured_at": measurement.measured_at.isoformat(),
        "result_sha256": measurement.result_sha256,
        "files": [{"name": "설비.csv", "sha256": measurement.files[0].sha256}],
        "system_level": "basic",
        "confidence": measurement.result.confidence,
        "grade": "C",
        "looks_fabricated": False,
        "doubts": [],
    }
    assert submission.content["facts"]["system_level"]["grade"] == "C"
    assert [flag.kind for flag in queries.get_case(application_id, now=NOW).flags] == []


def test_a_later_measurement_changes_nothing_that_was_submitted() -> None:
    actor, workplace_id = make_applicant()
    make_measurement(actor, workplace_id)
    application_id = make_draft(actor, workplace_id, make_call())
    submit(actor, application_id)
    before = beside(application_id, "level")

    measure_again(actor, workplace_id)

    assert beside(application_id, "level") == before


def test_a_level_already_reached_leaves_the_decision_to_the_rules() -> None:
    actor, workplace_id = make_applicant()
    make_measurement(actor, workplace_id)
    goal: dict[str, Any] = {"tier": "same_level", "months": "6"}
    application_id = make_draft(actor, workplace_id, make_call(), goal=goal)

    view = queries.get_application(actor.own_organisation_id, application_id, now=NOW)

    assert view.eligibility is not None
    assert view.eligibility.verdict == "difficult"
    refused = {r.rule for r in view.eligibility.reasons if r.verdict == "difficult"}
    assert refused == {"already_built", "level_stays", "target_stays"}
    assert view.topic("level").state == TopicState.DONE


def test_a_reviewer_sees_the_measured_level_and_figures_beside_the_answers() -> None:
    actor, workplace_id = make_applicant()
    measurement = make_measurement(actor, workplace_id)
    rows = [
        {"indicator": "product_defect_rate", "before": "3", "target": "1", "weight": "60"},
        {"indicator": "claims", "before": "12", "target": "4", "weight": "40"},
    ]
    application_id = make_draft(actor, workplace_id, make_call(), indicators={"indicators": rows})

    submit(actor, application_id)

    percent = round(measurement.result.confidence * 100)
    assert ("yes", f"데이터로 측정한 수준: 기초 (확신 {percent}%)") in beside(
        application_id, "level"
    )
    # One row in five of the file is judged NG.
    assert beside(application_id, "indicators") == [
        ("no", "(완제품)불량률: 신청서 3, 데이터 20"),
        ("unknown", "데이터로 계산한 값이 없는 지표: 클레임 건수"),
    ]


def test_a_stated_figure_that_agrees_with_the_data_says_so() -> None:
    actor, workplace_id = make_applicant()
    make_measurement(actor, workplace_id)
    row = {"indicator": "product_defect_rate", "before": "20", "target": "5", "weight": "100"}
    application_id = make_draft(actor, workplace_id, make_call(), indicators={"indicators": [row]})

    submit(actor, application_id)

    assert beside(application_id, "indicators") == [("yes", "(완제품)불량률: 신청서 20, 데이터 20")]


def test_doubts_about_the_data_are_flagged_and_told(factory_data: Path) -> None:
    actor, workplace_id = make_applicant()
    content = (factory_data / "kamp_press" / "Press_error.csv").read_bytes()
    bring(actor, workplace_id, content, "Press_error.csv")
    measure_again(actor, workplace_id)
    application_id = make_draft(actor, workplace_id, make_call())

    submit(actor, application_id)

    row = queries.list_queue(queries.QueueFilter(flag="doubted_data"), now=NOW).rows[0]
    assert row.id == application_id
    assert "자료에서 확인할 점 2건" in [str(flag) for flag in row.flags]
    told = [text for tone, text in beside(application_id, "level") if tone == "unknown"]
    assert len(told) == 2
    assert "시각이 날짜까지만 있어" in told[0]
