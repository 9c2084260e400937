"""A file is sent, understood, confirmed, imported, looked at, and taken back."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.foundation import make_member
from tests.factories.registry import make_equipment, make_workplace
from tests.factories.streams import bring, confirm, left_in, make_rows, proposed, send, upload_of

from dure.engines.lake.errors import MappingError, UnreadableFileError
from dure.engines.lake.facts import Layout, Told
from dure.engines.lake.series import ColumnRole
from dure.foundation.audit.models import AuditEntry
from dure.foundation.files.models import StoredFile
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.queries import get_job
from dure.foundation.jobs.worker import run_pending
from dure.programme.registry.models import Equipment, Workplace
from dure.programme.streams import actions, queries
from dure.programme.streams.errors import ImportStateError, SameFileError
from dure.programme.streams.models import Import, ImportedSeries, MappingTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def states(workplace_id: int) -> list[str]:
    """States of a workplace's imports, oldest first."""
    rows = Import.objects.filter(workplace_id=workplace_id).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_a_file_is_understood_and_waits_for_a_person() -> None:
    actor, workplace_id = make_workplace()
    content = make_rows(60)

    import_id = send(actor, workplace_id, content)

    view = queries.get_import(actor.own_organisation_id, import_id)
    assert (view.state, view.name, view.sent_by) == ("inspected", "설비.csv", actor.label)
    assert view.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert [(c.tag, c.unit, c.role.value) for c in view.mapping.columns] == [
        ("시각", "", "time"),
        ("온도", "°C", "reading"),
        ("판정", "", "label"),
    ]
    assert view.inspection.rows_estimate == 60
    assert queries.list_signals(actor.own_organisation_id, workplace_id) == ()
    entries = AuditEntry.objects.filter(action__startswith="streams").values_list("action", "new")
    assert [(action, new["sha256"]) for action, new in entries] == [
        ("streams:import:started", view.sha256)
    ]


def test_a_confirmed_file_becomes_signals_with_health_and_first_figures() -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    import_id = send(actor, workplace_id, make_rows(240, skip=range(60, 90)))

    job_id = confirm(actor, import_id)
    queued = queries.get_import(org, import_id)
    run_pending()

    done = queries.get_import(org, import_id)
    assert (queued.state, queued.job_id) == ("queued", job_id)
    assert (done.state, done.rows_accepted, done.rows_refused) == ("done", 210, 0)
    assert get_job(org, job_id).result == {"import_id": import_id, "accepted": 210, "refused": 0}
    temperature, verdict = queries.health(org, import_id)
    assert (temperature.name, temperature.unit, temperature.rows) == ("온도", "°C", 210)
    assert (temperature.minimum, temperature.maximum) == (20.0, 20.6)
    assert (temperature.cadence_seconds, temperature.gap_count) == (60.0, 1)
    assert (temperature.longest_gap_seconds, temperature.gap_seconds) == (1860.0, 1860.0)
    assert temperature.longest_gap_at is not None
    assert temperature.longest_gap_at.isoformat() == "2024-04-30T15:59:00+00:00"
    assert (verdict.words, verdict.is_words, verdict.filled_share) == (2, True, 1.0)
    kpis = {kpi.key: kpi for kpi in done.kpis}
    assert set(kpis) == {
        "good_rate",
        "cycle_time",
        "hourly_output",
        "completeness",
        "running_share",
    }
    good = kpis["good_rate"]
    assert good.value == pytest.approx(80.0)
    assert good.low is not None and good.high is not None
    assert good.low <= 80.0 <= good.high
    assert str(good.basis)
    actions_done = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions_done[-4:] == [
        "streams:import:confirmed",
        "jobs:job:queued",
        "streams:import:began",
        "streams:import:finished",
    ] or actions_done[-4:] == [
        "jobs:job:queued",
        "streams:import:confirmed",
        "streams:import:began",
        "streams:import:finished",
    ]


def test_the_same_file_is_refused_and_leads_to_its_import() -> None:
    actor, workplace_id = make_workplace()
    first = bring(actor, workplace_id, make_rows(30))
    entries = AuditEntry.objects.filter(action__startswith="streams").count()

    with pytest.raises(SameFileError) as refused:
        send(actor, workplace_id, make_rows(30), "다른 이름.csv")

    assert refused.value.import_id == first
    assert refused.value.remedy is not None
    assert [f.name for f in StoredFile.objects.all()] == ["설비.csv"]
    assert AuditEntry.objects.filter(action__startswith="streams").count() == entries
    assert states(workplace_id) == ["done"]


def test_a_file_that_waits_is_found_again_and_can_get_a_machine() -> None:
    actor, workplace_id = make_workplace()
    machine = make_equipment(actor, workplace_id)
    first = send(actor, workplace_id, make_rows(30))

    again = send(actor, workplace_id, make_rows(30), equipment_id=machine)

    assert again == first
    assert queries.get_import(actor.own_organisation_id, first).equipment == "사출 3호기"
    assert states(workplace_id) == ["inspected"]


def test_two_waiting_copies_cannot_both_be_imported() -> None:
    actor, workplace_id = make_workplace()
    first = send(actor, workplace_id, make_rows(30))
    waiting = Import.objects.get(pk=first)
    from dure.foundation.audit.context import acting

    with acting(actor):
        copy = Import.objects.create(
            workplace_id=workplace_id,
            file_id=waiting.file_id,
            inspection=waiting.inspection,
            mapping=waiting.mapping,
            sent_by="x",
        )
    confirm(actor, first)

    with pytest.raises(SameFileError):
        confirm(actor, copy.pk)

    assert states(workplace_id) == ["queued", "inspected"]
    assert Job.objects.count() == 1


def test_a_file_that_is_no_table_leaves_nothing() -> None:
    actor, workplace_id = make_workplace()

    with pytest.raises(UnreadableFileError):
        send(actor, workplace_id, "시각,온도\n", "빈 표.csv")

    assert StoredFile.objects.count() == 0
    assert Import.objects.count() == 0
    entries = AuditEntry.objects.filter(action__startswith="files").order_by("id")
    stored = [entry.action for entry in entries]
    assert stored == ["files:file:stored", "files:file:deleted"]


def test_corrections_are_kept_before_everything_is_confirmed() -> None:
    actor, workplace_id = make_workplace()
    import_id = send(actor, workplace_id, make_rows(30))
    mapping = proposed(actor, import_id)
    renamed = replace(mapping.columns[1], name="금형 온도", unit="K")

    actions.save_mapping(
        actor,
        import_id,
        replace(mapping, columns=(mapping.columns[0], renamed, mapping.columns[2])),
    )

    assert proposed(actor, import_id).columns[1].name == "금형 온도"
    confirm(actor, import_id)
    run_pending()
    signal = queries.list_signals(actor.own_organisation_id, workplace_id)[0]
    assert (signal.name, signal.unit) == ("금형 온도", "K")


def test_a_mapping_that_contradicts_itself_is_not_kept() -> None:
    actor, workplace_id = make_workplace()
    import_id = send(actor, workplace_id, make_rows(30))
    mapping = proposed(actor, import_id)
    columns = tuple(replace(c, role=ColumnRole.IGNORE) for c in mapping.columns)
    nothing = replace(mapping, columns=columns, time=None)

    with pytest.raises(MappingError):
        actions.save_mapping(actor, import_id, nothing)
    with pytest.raises(MappingError):
        actions.confirm_import(actor, import_id, nothing)

    assert proposed(actor, import_id) == mapping
    assert states(workplace_id) == ["inspected"]
    assert Job.objects.count() == 0


def test_a_saved_template_reads_the_next_file_of_the_same_shape() -> None:
    actor, workplace_id = make_workplace()
    import_id = send(actor, workplace_id, make_rows(30))
    mapping = proposed(actor, import_id)
    named = replace(mapping.columns[1], name="금형 온도")
    told = replace(mapping, columns=(mapping.columns[0], named, mapping.columns[2]))
    actions.confirm_import(actor, import_id, told, save_template_name=" 사출기 온도 ")

    second = send(actor, workplace_id, make_rows(40, day="2024-05-02"), "다음 날.csv")
    other = send(actor, workplace_id, "시각,압력\n2024-05-01 00:00,1.5\n2024-05-01 00:01,1.6\n")

    org = actor.own_organisation_id
    assert queries.get_import(org, second).template_name == "사출기 온도"
    assert proposed(actor, second).columns[1].name == "금형 온도"
    assert queries.get_import(org, other).template_name == ""
    templates = queries.list_templates(org, workplace_id)
    assert [(t.name, t.columns) for t in templates] == [("사출기 온도", 2)]
    actions.remove_template(actor, templates[0].id)
    assert queries.list_templates(org, workplace_id) == ()


def test_what_a_person_told_of_the_writing_is_taken_and_remembered() -> None:
    actor, workplace_id = make_workplace()
    # In the Korean code page the degree sign and the C after it read as one syllable.
    lines = ["time;temp °C"] + [f"2024-05-01 00:{i:02};{i}.5" for i in range(30)]
    content = "\n".join(lines).encode("cp1252")
    later = content.replace(b"2024-05-01", b"2024-05-02")
    import_id = send(actor, workplace_id, content)
    misread = proposed(actor, import_id)

    actions.reread_import(actor, import_id, Told(encoding="cp1252"))
    read = proposed(actor, import_id)
    actions.confirm_import(actor, import_id, read, save_template_name="독일 설비")
    second = send(actor, workplace_id, later)

    assert misread.file.encoding == "cp949"
    assert [(c.header, c.unit) for c in read.columns] == [("time", ""), ("temp °C", "°C")]
    assert [c.header for c in proposed(actor, second).columns] == ["time", "temp °C"]
    entry = AuditEntry.objects.get(action="streams:import:reread")
    assert (entry.old["told"]["encoding"], entry.new["told"]["encoding"]) == (None, "cp1252")


def test_a_way_of_reading_that_finds_no_table_changes_nothing() -> None:
    actor, workplace_id = make_workplace()
    import_id = send(actor, workplace_id, make_rows(30))
    before = queries.get_import(actor.own_organisation_id, import_id)

    with pytest.raises(UnreadableFileError):
        actions.reread_import(actor, import_id, Told(skip_rows=300))

    assert queries.get_import(actor.own_organisation_id, import_id) == before


def test_refused_rows_come_back_corrected() -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    rows = make_rows(60).splitlines()
    rows[10] = rows[10].replace("20.", "뜨거움")
    rows[20] = "=cmd|'/c calc'!A1,20.5,OK"
    first = bring(actor, workplace_id, "\n".join(rows))

    page = queries.quarantine_page(org, first)
    text = queries.quarantine_csv(org, first).read_text(encoding="utf-8-sig")

    assert (page.total, page.number, page.last) == (2, 1, 1)
    assert [(r.row, r.column) for r in page.rows] == [(11, "온도(°C)"), (21, "시각")]
    lines = text.splitlines()
    assert lines[0] == "시각,온도(°C),판정,격리_행,격리_열,격리_사유"
    assert lines[2].startswith("'=cmd|")
    corrected = text.replace("뜨거움", "20.").replace("'=cmd|'/c calc'!A1", "2024-05-01 00:19:00")
    second = actions.resubmit_quarantine(actor, first, upload_of(corrected, "고침.csv"))
    confirm(actor, second)
    run_pending()
    view = queries.get_import(org, second)
    assert (view.corrects_id, view.state, view.rows_accepted) == (first, "done", 2)
    signal = queries.list_signals(org, workplace_id)[0]
    assert (signal.rows, signal.import_ids, signal.gap_count) == (60, (first, second), 0)
    assert [c.role for c in view.mapping.columns[3:]] == [ColumnRole.IGNORE] * 3


def test_corrected_rows_must_keep_their_columns() -> None:
    actor, workplace_id = make_workplace()
    first = bring(actor, workplace_id, make_rows(30) + "어제,1,OK\n")
    files = StoredFile.objects.count()

    with pytest.raises(MappingError, match="온도"):
        actions.resubmit_quarantine(actor, first, upload_of("시각,판정\n2024-05-02 00:00,OK\n"))

    assert StoredFile.objects.count() == files
    assert states(workplace_id) == ["done"]


def test_undo_takes_out_exactly_the_rows_of_one_import(
    own_files: Path, django_capture_on_commit_callbacks: object
) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    first = bring(actor, workplace_id, make_rows(30))
    second = bring(actor, workplace_id, make_rows(40, day="2024-05-02"), "둘째 날.csv")
    assert queries.list_signals(org, workplace_id)[0].rows == 70

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.undo_import(actor, first, reason="시험 운전이었음")

    signal = queries.list_signals(org, workplace_id)[0]
    series = queries.open_site(org, workplace_id).list_series()
    assert (signal.rows, signal.import_ids) == (40, (second,))
    assert [info.rows for info in series] == [40, 40]
    assert states(workplace_id) == ["undone", "done"]
    kept = [name for name in left_in(own_files / "lake") if f"import-{first}-" in name]
    assert kept == []
    entry = AuditEntry.objects.get(action="streams:import:undone")
    assert (entry.reason, entry.old["rows"]) == ("시험 운전이었음", 30)
    assert StoredFile.objects.filter(name="설비.csv").exists()
    again = bring(actor, workplace_id, make_rows(30))
    assert queries.list_signals(org, workplace_id)[0].import_ids == (second, again)
    with pytest.raises(ImportStateError):
        actions.undo_import(actor, first)


def test_a_waiting_file_is_set_aside_and_a_finished_one_is_not() -> None:
    actor, workplace_id = make_workplace()
    done = bring(actor, workplace_id, make_rows(30))
    waiting = send(actor, workplace_id, make_rows(31))

    actions.discard_import(actor, waiting)

    with pytest.raises(ImportStateError):
        actions.discard_import(actor, done)
    with pytest.raises(ImportStateError):
        confirm(actor, waiting)
    with pytest.raises(ImportStateError):
        actions.save_mapping(actor, waiting, proposed(actor, waiting))
    with pytest.raises(ImportStateError):
        actions.reread_import(actor, waiting, Told())
    with pytest.raises(ImportStateError):
        actions.choose_equipment(actor, waiting, None)
    with pytest.raises(ImportStateError):
        actions.retry_import(actor, done)
    with pytest.raises(ImportStateError):
        actions.resubmit_quarantine(actor, waiting, upload_of("a\n1\n"))
    assert states(workplace_id) == ["done", "discarded"]


def test_two_machines_that_write_alike_are_kept_apart() -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    one = make_equipment(actor, workplace_id, "사출 1호기")
    two = make_equipment(actor, workplace_id, "사출 2호기")

    bring(actor, workplace_id, make_rows(30), equipment_id=one)
    bring(actor, workplace_id, make_rows(30, base=50), equipment_id=two)
    bring(actor, workplace_id, make_rows(30, day="2024-05-02"), equipment_id=one)

    signals = [s for s in queries.list_signals(org, workplace_id) if s.name == "온도"]
    assert [(s.equipment, s.rows, s.minimum) for s in signals] == [
        ("사출 1호기", 60, 20.0),
        ("사출 2호기", 30, 50.0),
    ]
    assert queries.count_series_by_equipment(org, workplace_id) == {one: 2, two: 2}
    assert [s.rows for s in queries.list_signals(org, workplace_id, equipment_id=two)] == [30, 30]


def test_another_organisation_sees_and_changes_nothing() -> None:
    actor, workplace_id = make_workplace()
    stranger, elsewhere = make_workplace()
    done = bring(actor, workplace_id, make_rows(30) + "어제,1,OK\n")
    waiting = send(actor, workplace_id, make_rows(31))
    machine = make_equipment(actor, workplace_id)
    org = stranger.own_organisation_id
    file_id = Import.objects.get(pk=done).file_id
    missing = (Workplace.DoesNotExist, Equipment.DoesNotExist, StoredFile.DoesNotExist)
    entries = AuditEntry.objects.count()

    for refused in (
        lambda: send(stranger, workplace_id, make_rows(5)),
        lambda: send(stranger, elsewhere, make_rows(5), equipment_id=machine),
        lambda: actions.start_import(stranger, elsewhere, file_id),
    ):
        with pytest.raises(missing):
            refused()  # type: ignore[no-untyped-call]
    mapping = proposed(actor, waiting)
    for change in (
        lambda: actions.save_mapping(stranger, waiting, mapping),
        lambda: actions.confirm_import(stranger, waiting, mapping),
        lambda: actions.choose_equipment(stranger, waiting, None),
        lambda: actions.reread_import(stranger, waiting, Told()),
        lambda: actions.discard_import(stranger, waiting),
        lambda: actions.undo_import(stranger, done),
        lambda: actions.retry_import(stranger, done),
        lambda: actions.resubmit_quarantine(stranger, done, upload_of("a\n1\n")),
        lambda: queries.get_import(org, done),
        lambda: queries.quarantine_page(org, done),
        lambda: queries.quarantine_csv(org, done),
    ):
        with pytest.raises(Import.DoesNotExist):
            change()  # type: ignore[no-untyped-call]

    assert states(workplace_id) == ["done", "inspected"]
    assert AuditEntry.objects.count() == entries
    assert queries.list_imports(org, workplace_id) == ()
    assert queries.list_signals(org, workplace_id) == ()
    assert queries.health(org, done) == ()
    assert queries.count_imports(org, workplace_id) == 0
    assert queries.count_series_by_equipment(org, workplace_id) == {}
    assert queries.refused_dates(org, workplace_id) == ()
    assert queries.list_series(org, workplace_id) == ()
    assert queries.list_templates(org, workplace_id) == ()
    signal = queries.list_signals(actor.own_organisation_id, workplace_id)[0]
    with pytest.raises(queries.SignalNotFoundError):
        queries.chart(org, workplace_id, signal.series_id)
    with pytest.raises(queries.SignalNotFoundError):
        queries.export_csv(org, workplace_id, signal.series_id)


def test_a_machine_of_another_workplace_is_refused() -> None:
    from tests.factories.registry import make_workplace_details

    from dure.programme.registry.actions import register_workplace

    actor, workplace_id = make_workplace()
    second = register_workplace(actor, make_workplace_details(name="제2공장", branch_number="0002"))
    machine = make_equipment(actor, second)
    waiting = send(actor, workplace_id, make_rows(5))

    with pytest.raises(Equipment.DoesNotExist):
        send(actor, workplace_id, make_rows(6), equipment_id=machine)
    with pytest.raises(Equipment.DoesNotExist):
        actions.choose_equipment(actor, waiting, machine)

    assert StoredFile.objects.count() == 1
    assert Import.objects.get().equipment_id is None


def test_template_of_another_organisation_stays() -> None:
    actor, workplace_id = make_workplace()
    stranger, _ = make_workplace()
    import_id = send(actor, workplace_id, make_rows(5))
    actions.confirm_import(
        actor, import_id, proposed(actor, import_id), save_template_name="온도 파일"
    )
    template = MappingTemplate.objects.get()

    with pytest.raises(MappingTemplate.DoesNotExist):
        actions.remove_template(stranger, template.pk)

    assert MappingTemplate.objects.count() == 1


def test_long_tables_become_one_signal_per_name() -> None:
    actor, workplace_id = make_workplace()
    lines = ["시각,태그,값"]
    lines += [
        f"2024-05-01 00:{i:02}:00,{tag},{i + shift}"
        for i in range(30)
        for tag, shift in (("온도", 20), ("압력", 3))
    ]

    import_id = bring(actor, workplace_id, "\n".join(lines))

    view = queries.get_import(actor.own_organisation_id, import_id)
    signals = queries.list_signals(actor.own_organisation_id, workplace_id)
    assert view.mapping.layout is Layout.LONG
    assert [(s.name, s.rows, s.minimum, s.gap_count) for s in signals] == [
        ("온도", 30, 20.0, 0),
        ("압력", 30, 3.0, 0),
    ]


def test_the_stretch_between_two_imports_is_a_gap() -> None:
    actor, workplace_id = make_workplace()
    bring(actor, workplace_id, make_rows(60))
    bring(actor, workplace_id, make_rows(60, day="2024-05-03"), "사흘째.csv")

    signal = queries.list_signals(actor.own_organisation_id, workplace_id)[0]

    assert (signal.rows, signal.gap_count, signal.longest_gap_seconds) == (120, 1, 169_260.0)
    assert signal.longest_gap_at is not None
    assert signal.longest_gap_at.isoformat() == "2024-04-30T15:59:00+00:00"


def test_rows_refused_for_their_date_are_told_to_the_measurement() -> None:
    actor, workplace_id = make_workplace()
    rows = make_rows(30).splitlines()
    rows[3] = "1900-01-01 00:00:00,20.1,OK"
    rows[5] = "2199-01-01 00:00:00,20.1,OK"
    rows[7] = "2024-05-01 00:06:00,뜨거움,OK"

    bring(actor, workplace_id, "\n".join(rows), "프레스 3.csv")

    refused = queries.refused_dates(actor.own_organisation_id, workplace_id)
    assert [(one.frame, one.row, one.written) for one in refused] == [
        ("프레스_3", 4, "1900-01-01 00:00:00"),
        ("프레스_3", 6, "2199-01-01 00:00:00"),
    ]


def test_a_file_whose_rows_are_all_refused_is_done_with_nothing() -> None:
    actor, workplace_id = make_workplace()
    rows = ["시각,온도,판정"] + [f"2024-05-01 00:{i:02},{20 + i},OK" for i in range(12)]
    import_id = send(actor, workplace_id, "\n".join(rows))
    mapping = proposed(actor, import_id)
    reading = replace(mapping.columns[2], role=ColumnRole.READING, kind=mapping.columns[1].kind)
    actions.confirm_import(
        actor, import_id, replace(mapping, columns=(*mapping.columns[:2], reading))
    )

    run_pending()

    view = queries.get_import(actor.own_organisation_id, import_id)
    assert (view.state, view.rows_accepted, view.rows_refused) == ("done", 0, 12)
    assert queries.quarantine_page(actor.own_organisation_id, import_id).total == 12
    assert ImportedSeries.objects.count() == 0


def test_an_engineer_imports_as_the_owner_does() -> None:
    actor, workplace_id = make_workplace()
    from dure.foundation.organisations.models import Organisation

    organisation = Organisation.objects.get(pk=actor.own_organisation_id)
    _, engineer = make_member("engineer", organisation=organisation)

    import_id = bring(engineer, workplace_id, make_rows(30))

    assert queries.get_import(actor.own_organisation_id, import_id).sent_by == engineer.label


def test_a_cell_with_a_nul_is_kept_and_shown() -> None:
    actor, workplace_id = make_workplace()
    rows = [{"온도": 20.5 + i, "비고": "끊김\0끝" if i % 2 else "정상"} for i in range(20)]

    import_id = bring(actor, workplace_id, json.dumps(rows), "기록.json")

    view = queries.get_import(actor.own_organisation_id, import_id)
    assert (view.state, view.rows_accepted) == ("done", 20)
    assert view.inspection.sample[1] == ("21.5", "끊김\ufffd끝")
    words = queries.count_words(actor.own_organisation_id, workplace_id, "기록/비고")
    assert sorted(word.count for word in words) == [10, 10]
