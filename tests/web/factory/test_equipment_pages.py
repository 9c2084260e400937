"""Equipment: one by one, by list, and what a wrong list is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.foundation.files.models import StoredFile
from dure.programme.registry import queries
from dure.programme.registry.models import Equipment, Line
from tests.factories.registry import make_equipment
from tests.factories.streams import bring, make_rows
from tests.web.factory.people import Person

pytestmark = pytest.mark.django_db
LIST = "설비명,라인,설치일\n사출 3호기,1라인,2021-03-15\n프레스 1호기,,2019.05.02\n"


def machines_of(person: Person) -> tuple[queries.EquipmentView, ...]:
    return queries.list_equipment(person.actor.own_organisation_id, person.workplace_id)


def sheet(content: str, encoding: str = "utf-8", name: str = "설비.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode(encoding), "text/csv")


def test_an_empty_list_says_what_to_do(owner: Person) -> None:
    page = owner.get("equipment-list", owner.workplace_id)

    assert "아직 등록한 설비가 없습니다" in page
    assert "목록 파일로 한꺼번에 올리기" in page
    assert "CSV 받기" not in page


def test_a_machine_is_added_corrected_and_removed(owner: Person) -> None:
    owner.post(
        "equipment-new", owner.workplace_id, name="사출 3호기", line="1라인", kind="사출성형기"
    )
    [machine] = machines_of(owner)
    assert (machine.line, machine.kind) == ("1라인", "사출성형기")
    assert "사출 3호기" in owner.get("equipment-list", owner.workplace_id)

    owner.post("equipment-edit", machine.id, name="사출 4호기", installed_on="2021-03-15")
    [machine] = machines_of(owner)
    assert (machine.name, machine.line) == ("사출 4호기", "")
    assert 'value="2021-03-15"' in owner.get("equipment-edit", machine.id)

    owner.post("equipment-remove", machine.id)
    assert machines_of(owner) == ()


def test_the_list_says_how_many_signals_each_machine_sent(owner: Person) -> None:
    machine_id = make_equipment(owner.actor, owner.workplace_id, "사출 3호기")
    make_equipment(owner.actor, owner.workplace_id, "프레스 1호기")
    bring(owner.actor, owner.workplace_id, make_rows(60), equipment_id=machine_id)

    page = owner.get("equipment-list", owner.workplace_id)

    assert f'href="/my/equipment/{machine_id}/"' in page
    assert page.index("사출 3호기") < page.index(">2개<") < page.index("프레스 1호기")
    assert page.index("프레스 1호기") < page.index(">0개<")


def test_a_name_twice_is_refused_at_its_field(owner: Person) -> None:
    make_equipment(owner.actor, owner.workplace_id, "사출 3호기")

    page = owner.post("equipment-new", owner.workplace_id, name="사출 3호기", status=422)

    assert "설비명: 같은 이름의 설비가 있습니다" in page
    assert len(machines_of(owner)) == 1


def test_an_engineer_keeps_the_equipment_too(engineer: Person) -> None:
    engineer.post("equipment-new", engineer.workplace_id, name="사출 3호기")

    assert len(machines_of(engineer)) == 1


def test_another_firms_equipment_does_not_exist(owner: Person, stranger: Person) -> None:
    machine_id = make_equipment(owner.actor, owner.workplace_id)

    stranger.get("equipment-edit", machine_id, status=404)
    stranger.post("equipment-edit", machine_id, name="남의 것", status=404)
    stranger.post("equipment-remove", machine_id, status=404)
    stranger.get("equipment-csv", owner.workplace_id, status=404)
    stranger.post("equipment-new", owner.workplace_id, name="남의 것", status=404)

    assert [machine.name for machine in machines_of(owner)] == ["사출 3호기"]


def test_lines_are_added_and_removed_and_a_name_twice_is_refused(owner: Person) -> None:
    owner.post("line-new", owner.workplace_id, name="1라인")
    page = owner.post("line-new", owner.workplace_id, name="1라인", status=422)
    assert "같은 이름의 라인이 있습니다: 1라인" in page
    owner.post("equipment-new", owner.workplace_id, name="사출 3호기", line="1라인")

    owner.post("line-remove", owner.workplace_id, Line.objects.get().pk)

    assert not Line.objects.exists()
    assert [machine.line for machine in machines_of(owner)] == [""]


def test_a_strangers_line_cannot_be_removed(owner: Person, stranger: Person) -> None:
    owner.post("line-new", owner.workplace_id, name="1라인")
    line_id = Line.objects.get().pk

    stranger.post("line-remove", stranger.workplace_id, line_id, status=404)
    stranger.post("line-remove", owner.workplace_id, line_id, status=404)

    assert Line.objects.filter(pk=line_id).exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_list_is_shown_before_it_is_saved(owner: Person, encoding: str) -> None:
    upload = owner.client.post(
        f"/my/workplaces/{owner.workplace_id}/equipment/upload/", {"file": sheet(LIST, encoding)}
    )
    assert upload.status_code == 302
    assert machines_of(owner) == ()
    page = owner.client.get(upload["Location"]).content.decode()
    assert "새로 등록 2대 · 내용이 바뀜 0대 · 그대로 0대" in page

    owner.client.post(upload["Location"])

    assert [(m.name, m.line) for m in machines_of(owner)] == [
        ("프레스 1호기", ""),
        ("사출 3호기", "1라인"),
    ]


def test_a_wrong_list_is_told_by_row_and_column_and_nothing_is_kept(owner: Person) -> None:
    content = "설비명,설치일\n사출 3호기,작년 봄\n,2020-01-01\n사출 3호기,2020-01-01\n"

    page = owner.post("equipment-upload", owner.workplace_id, file=sheet(content), status=422)

    assert "고칠 곳이 2건 있습니다" in page
    assert "2행" in page
    assert "설치일" in page
    assert "날짜로 읽을 수 없습니다: 작년 봄" in page
    assert "3행" in page
    assert "비어 있습니다." in page
    assert not Equipment.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("모델,제조사\nTE-150,우진\n", "설비명"),
        ("설비명\n", "설비가 한 대도 적혀 있지 않습니다."),
        ("설비명\n" + "가" * 700_000, "파일이 너무 큽니다 (최대 2MB)."),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(
    owner: Person, content: str, told: str
) -> None:
    page = owner.post("equipment-upload", owner.workplace_id, file=sheet(content), status=422)

    assert told in page
    assert 'href="#id_file"' in page
    assert not StoredFile.objects.exists()


def test_a_list_kept_for_one_firm_is_not_there_for_another(owner: Person, stranger: Person) -> None:
    upload = owner.client.post(
        f"/my/workplaces/{owner.workplace_id}/equipment/upload/", {"file": sheet(LIST)}
    )
    file_id = StoredFile.objects.get().pk

    stranger.get("equipment-sheet", stranger.workplace_id, file_id, status=404)
    stranger.post("equipment-sheet", stranger.workplace_id, file_id, status=404)

    assert upload.status_code == 302
    assert not Equipment.objects.exists()


def test_the_list_goes_out_in_the_form_it_comes_in(owner: Person) -> None:
    make_equipment(owner.actor, owner.workplace_id, "사출 3호기", line="1라인", maker="=우진")

    content = owner.client.get(f"/my/workplaces/{owner.workplace_id}/equipment/list.csv").content

    assert content.decode("utf-8-sig").splitlines() == [
        "설비명,라인,종류,제조사,모델명,제조번호,설치일",
        "사출 3호기,1라인,,'=우진,,,",
    ]
    preview = queries.preview_equipment_csv(
        owner.actor.own_organisation_id, owner.workplace_id, content
    )
    assert preview.problems == ()


def test_the_template_can_be_uploaded_as_it_is(owner: Person) -> None:
    template = owner.client.get("/my/equipment/template.csv").content

    preview = queries.preview_equipment_csv(
        owner.actor.own_organisation_id, owner.workplace_id, template
    )

    assert preview.count("added") == 1
    assert preview.changes[0].details.name == "사출 3호기"
