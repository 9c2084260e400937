"""Lines, equipment and contacts of a workplace, and the equipment CSV."""

import pytest
from tests.factories.registry import make_equipment, make_workplace

from dure.programme.registry import actions, queries
from dure.programme.registry.details import ContactDetails, EquipmentDetails
from dure.programme.registry.errors import (
    AlreadyRegisteredError,
    EquipmentSheetError,
    FieldRefusedError,
)
from dure.programme.registry.models import Contact, Equipment, Line

pytestmark = pytest.mark.django_db


def test_a_machine_brings_its_line_with_it() -> None:
    actor, workplace_id = make_workplace()

    equipment_id = make_equipment(actor, workplace_id, line="1라인", maker="우진플라임")

    view = queries.get_equipment(actor.organisation_id, equipment_id)
    assert (view.name, view.line, view.maker) == ("사출 3호기", "1라인", "우진플라임")
    lines = queries.list_lines(actor.organisation_id, workplace_id)
    assert [(line.name, line.equipment_count) for line in lines] == [("1라인", 1)]


def test_a_name_is_given_once_in_a_workplace() -> None:
    actor, workplace_id = make_workplace()
    make_equipment(actor, workplace_id)
    other = make_equipment(actor, workplace_id, "사출 4호기")

    with pytest.raises(AlreadyRegisteredError):
        make_equipment(actor, workplace_id)
    with pytest.raises(AlreadyRegisteredError):
        actions.update_equipment(actor, other, EquipmentDetails(name="사출 3호기"))
    with pytest.raises(FieldRefusedError):
        make_equipment(actor, workplace_id, " ")

    names = [m.name for m in queries.list_equipment(actor.organisation_id, workplace_id)]
    assert names == ["사출 3호기", "사출 4호기"]


def test_a_machine_is_corrected_and_removed() -> None:
    actor, workplace_id = make_workplace()
    equipment_id = make_equipment(actor, workplace_id, line="1라인")

    actions.update_equipment(actor, equipment_id, EquipmentDetails(name="사출 5호기", kind="사출"))

    view = queries.get_equipment(actor.organisation_id, equipment_id)
    assert (view.name, view.kind, view.line) == ("사출 5호기", "사출", "")
    actions.remove_equipment(actor, equipment_id)
    assert queries.list_equipment(actor.organisation_id, workplace_id) == ()


def test_lines_are_added_once_and_leave_their_machines_behind() -> None:
    actor, workplace_id = make_workplace()
    line_id = actions.add_line(actor, workplace_id, " 1라인 ")
    equipment_id = make_equipment(actor, workplace_id, line="1라인")

    with pytest.raises(AlreadyRegisteredError):
        actions.add_line(actor, workplace_id, "1라인")
    actions.remove_line(actor, line_id)

    assert queries.get_equipment(actor.organisation_id, equipment_id).line == ""
    assert queries.list_lines(actor.organisation_id, workplace_id) == ()


def test_a_csv_adds_changes_and_keeps_only_what_it_has_columns_for() -> None:
    actor, workplace_id = make_workplace()
    make_equipment(actor, workplace_id, "1호기", maker="쌍용", line="1라인")
    make_equipment(actor, workplace_id, "2호기", line="2라인")
    content = "설비명,라인\n1호기,3라인\n2호기,2라인\n3호기,3라인\n".encode("cp949")

    preview = queries.preview_equipment_csv(actor.organisation_id, workplace_id, content)
    done = actions.import_equipment_csv(actor, workplace_id, content)

    assert [(c.row, c.change) for c in preview.changes] == [
        (2, "changed"),
        (3, "unchanged"),
        (4, "added"),
    ]
    assert [preview.count(c) for c in ("added", "changed", "unchanged")] == [1, 1, 1]
    assert (done.added, done.changed, done.unchanged) == (1, 1, 1)
    machines = queries.list_equipment(actor.organisation_id, workplace_id)
    assert {(m.name, m.line, m.maker) for m in machines} == {
        ("1호기", "3라인", "쌍용"),
        ("2호기", "2라인", ""),
        ("3호기", "3라인", ""),
    }


def test_a_csv_with_one_bad_row_writes_nothing() -> None:
    actor, workplace_id = make_workplace()
    content = "설비명,설치일\n1호기,2020-01-01\n2호기,언젠가\n".encode()

    with pytest.raises(EquipmentSheetError):
        actions.import_equipment_csv(actor, workplace_id, content)

    assert queries.list_equipment(actor.organisation_id, workplace_id) == ()
    preview = queries.preview_equipment_csv(actor.organisation_id, workplace_id, content)
    assert [(p.row, p.column) for p in preview.problems] == [(3, "설치일")]


def test_contacts_need_a_way_to_reach_them() -> None:
    actor, workplace_id = make_workplace()
    person = ContactDetails(name="박서연", duty="quality", phone="031-123-4567")

    contact_id = actions.add_contact(actor, workplace_id, person)

    contacts = queries.list_contacts(actor.organisation_id, workplace_id)
    assert [(c.name, c.duty_name, c.phone) for c in contacts] == [
        ("박서연", "품질", "031-123-4567")
    ]
    for refused in (
        person,
        ContactDetails(name="", duty="quality", phone="1"),
        ContactDetails(name="김", duty="king", phone="1"),
        ContactDetails(name="김", duty="quality"),
    ):
        with pytest.raises(FieldRefusedError):
            actions.add_contact(actor, workplace_id, refused)
    assert Contact.objects.count() == 1
    actions.remove_contact(actor, contact_id)
    assert not Contact.objects.exists()


def test_another_organisation_can_touch_nothing() -> None:
    actor, workplace_id = make_workplace()
    stranger, _ = make_workplace()
    equipment_id = make_equipment(actor, workplace_id, line="1라인")
    contact_id = actions.add_contact(
        actor, workplace_id, ContactDetails(name="박서연", duty="quality", phone="1")
    )
    line_id = queries.list_lines(actor.organisation_id, workplace_id)[0].id

    with pytest.raises(Equipment.DoesNotExist):
        queries.get_equipment(stranger.organisation_id, equipment_id)
    with pytest.raises(Equipment.DoesNotExist):
        actions.remove_equipment(stranger, equipment_id)
    with pytest.raises(Line.DoesNotExist):
        actions.remove_line(stranger, line_id)
    with pytest.raises(Contact.DoesNotExist):
        actions.remove_contact(stranger, contact_id)

    assert queries.list_equipment(stranger.organisation_id, workplace_id) == ()
    assert queries.list_lines(stranger.organisation_id, workplace_id) == ()
    assert queries.list_contacts(stranger.organisation_id, workplace_id) == ()
    assert Equipment.objects.count() == Line.objects.count() == Contact.objects.count() == 1
