"""Pages of data: sending, confirming, carrying, results, quarantine; states, roles, refusals."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.files.models import StoredFile
from dure.foundation.jobs.models import Job
from dure.foundation.jobs.worker import run_pending
from dure.programme.streams import actions, queries
from dure.programme.streams.models import Import, MappingTemplate
from tests.factories.foundation import make_member
from tests.factories.registry import make_equipment, make_workplace
from tests.factories.streams import bring, confirm, make_rows, proposed, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def factory(client: Client) -> tuple[Actor, int]:
    """A firm's owner, signed in, and their workplace."""
    actor, workplace_id = make_workplace()
    client.force_login(User.objects.get(pk=actor.user_id))
    return actor, workplace_id


def address(name: str, *args: object) -> str:
    return reverse(f"factory:{name}", args=args)


def upload(
    client: Client, workplace_id: int, content: bytes | str, name: str = "설비.csv", **more: Any
) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    data = {"file": SimpleUploadedFile(name, raw), **more}
    return client.post(address("import-new", workplace_id), data)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", lxml.html.fromstring(response.content).text_content())


def form_of(response: Any, form_id: str = "mapping") -> dict[str, str]:
    """What a browser would send of a form as it stands on the page, buttons left out."""
    page = lxml.html.fromstring(response.content)
    form = page.get_element_by_id(form_id)
    return dict(form.form_values())


def part_of(response: Any, part_id: str) -> str:
    """A part of a page, spaces evened, the token of the moment left out."""
    root = lxml.html.fromstring(response.content.decode())
    part = root.get_element_by_id(part_id) if root.get("id") != part_id else root
    for hidden in part.xpath('.//input[@name="csrfmiddlewaretoken"]'):
        hidden.set("value", "")
    part.tail = None
    return re.sub(r"\s+", " ", lxml.html.tostring(part, encoding="unicode")).strip()


def test_an_empty_workplace_says_what_to_do(client: Client, factory: tuple[Actor, int]) -> None:
    response = client.get(address("data", factory[1]))

    assert response.status_code == 200
    assert "아직 보낸 데이터가 없습니다" in text_of(response)
    assert address("import-new", factory[1]) in response.content.decode()


def test_an_upload_leads_to_its_confirmation(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    machine = make_equipment(actor, workplace_id)

    response = upload(client, workplace_id, make_rows(60), equipment=machine)

    import_id = Import.objects.get().pk
    assert (response.status_code, response["Location"]) == (302, address("import", import_id))
    page = client.get(response["Location"])
    said = text_of(page)
    assert "60행 · 3열" in said
    assert "보통 1분 간격" in said
    assert "시각, " not in said
    form = form_of(page)
    assert (form["time"], form["layout"], form["equipment"]) == ("시각", "wide", str(machine))
    assert (form["c1-role"], form["c1-name"], form["c1-unit"]) == ("reading", "온도", "°C")
    assert "c0-role" not in form


def test_corrections_are_imported_as_confirmed(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60) + "2024-05-01 02:00:00,999,OK\n")
    form = form_of(client.get(address("import", import_id)))
    form |= {
        "c1-name": "금형 온도",
        "c1-sentinels": "999, ERR",
        "c2-role": "ignore",
        "save_as": "온도 파일",
        "action": "confirm",
    }

    response = client.post(address("import-confirm", import_id), form)
    queued = client.get(response["Location"])
    run_pending()
    done = client.get(response["Location"])

    assert "차례를 기다리고 있습니다" in text_of(queued)
    said = text_of(done)
    assert "61행을 가져와 신호 1개가 생겼습니다" in said
    assert "양품률" in said
    signal = queries.list_signals(actor.own_organisation_id, workplace_id)[0]
    assert (signal.name, signal.rows, signal.filled, signal.maximum) == ("금형 온도", 61, 60, 20.6)
    assert MappingTemplate.objects.get().name == "온도 파일"


def test_enter_in_a_field_saves_and_does_not_import(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60))
    page = client.get(address("import", import_id))
    form = lxml.html.fromstring(page.content).get_element_by_id("mapping")
    first = next(iter(form.xpath('.//button[@type="submit"]')))
    values = form_of(page) | {first.get("name"): first.get("value"), "c1-unit": "K"}

    response = client.post(address("import-confirm", import_id), values)

    assert response.status_code == 302
    assert Import.objects.get().state == "inspected"
    assert proposed(actor, import_id).columns[1].unit == "K"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"c1-name": ""}, "온도(°C) · 이름"),
        ({"time": "", "clock": "시각"}, "시간만으로는 날짜를 알 수 없습니다"),
        ({"time": "판정"}, "시각으로 읽을 수 없는 열입니다"),
        ({"time": "없는 열"}, "파일에 없는 열입니다"),
        ({"clock": "시각"}, "날짜 열과 다른 열을 골라 주세요"),
        ({"layout": "long"}, "이 모양의 표에는 이 열이 있어야 합니다"),
        ({"c1-role": "ignore", "c2-role": "ignore"}, "보관할 열이 없습니다"),
        ({"c1-tag": "판정"}, "두 열이 같은 자리나 이름을 씁니다"),
        ({"c1-role": "anything"}, "온도(°C) · 쓰임"),
        ({"zone": "Mars/Base"}, "어느 나라 시각인가요"),
        ({"equipment": "99999"}, "어느 설비의 데이터인가요"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_words_and_focus(
    client: Client, factory: tuple[Actor, int], change: dict[str, str], said: str
) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60))
    before = proposed(actor, import_id)
    form = form_of(client.get(address("import", import_id)))
    form |= {"time_layout": "", "action": "confirm"} | change

    response = client.post(address("import-confirm", import_id), form)

    assert response.status_code == 422
    page = lxml.html.fromstring(response.content)
    summary = page.get_element_by_id("error-summary")
    assert said in summary.text_content()
    assert summary.get("data-autofocus") is not None
    assert page.findtext(".//title").startswith("오류:")
    for link in summary.xpath(".//a/@href"):
        assert page.xpath(f'//*[@id="{link[1:]}"]'), link
    assert proposed(actor, import_id) == before
    assert Import.objects.get().state == "inspected"
    assert Job.objects.count() == 0


def test_time_and_shape_of_the_table_can_be_corrected(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    lines = ["기록,측정일,항목,수치"]
    lines += [f"{i},2024-05-01 00:{i:02}:00,{'온도' if i % 2 else '압력'},{i}" for i in range(40)]
    import_id = send(actor, workplace_id, "\n".join(lines))
    form = form_of(client.get(address("import", import_id)))
    form |= {
        "layout": "long",
        "tag": "항목",
        "value": "수치",
        "time": "측정일",
        "time_layout": "",
        "zone": "UTC",
        "action": "confirm",
    }

    client.post(address("import-confirm", import_id), form)
    run_pending()

    view = queries.get_import(actor.own_organisation_id, import_id)
    signals = queries.list_signals(actor.own_organisation_id, workplace_id)
    assert (view.state, view.rows_accepted) == ("done", 40)
    assert sorted((s.name, s.rows) for s in signals) == [("압력", 20), ("온도", 20)]
    assert str(view.first_at) == "2024-05-01 00:00:00+00:00"


def test_a_file_without_time_is_imported_without_it(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60))
    form = form_of(client.get(address("import", import_id)))
    form |= {"time": "", "time_layout": "", "action": "confirm"}

    client.post(address("import-confirm", import_id), form)
    run_pending()

    page = client.get(address("import", import_id))
    assert "시각이 없는 데이터라" in text_of(page)
    view = queries.get_import(actor.own_organisation_id, import_id)
    assert view.mapping.columns[0].role == "ignore"


def test_a_file_is_read_again_as_told(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    lines = ["time;temp °C"] + [f"2024-05-01 00:{i:02};{i}.5" for i in range(30)]
    import_id = send(actor, workplace_id, "\n".join(lines).encode("cp1252"))

    response = client.post(address("import-read", import_id), {"read-encoding": "cp1252"})
    impossible = client.post(address("import-read", import_id), {"read-skip_rows": "150"})
    wrong = client.post(address("import-read", import_id), {"read-delimiter": "x"})

    assert response.status_code == 302
    assert proposed(actor, import_id).columns[1].unit == "°C"
    assert (impossible.status_code, wrong.status_code) == (422, 422)
    assert "표를 찾지 못했습니다" in text_of(impossible)
    page = lxml.html.fromstring(impossible.content)
    assert page.get_element_by_id("reading").get("open") is not None


def test_the_same_file_is_refused_with_a_link(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    first = bring(actor, workplace_id, make_rows(60))

    response = upload(client, workplace_id, make_rows(60), "또.csv")

    assert response.status_code == 422
    assert "이미 가져온 파일입니다" in text_of(response)
    assert address("import", first) in response.content.decode()
    assert Import.objects.count() == 1


def test_no_file_is_refused(client: Client, factory: tuple[Actor, int]) -> None:
    response = client.post(address("import-new", factory[1]), {})

    assert response.status_code == 422
    assert "올릴 파일을 골라 주세요" in text_of(response)


def test_progress_is_the_changing_part_of_the_page_in_every_state(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60))
    seen = []

    def parts_agree() -> None:
        whole = client.get(address("import", import_id))
        part = client.get(address("import-progress", import_id), headers={"HX-Request": "true"})
        assert part_of(part, "import-state") == part_of(whole, "import-state")
        seen.append(Import.objects.get(pk=import_id).state)

    parts_agree()
    confirm(actor, import_id)
    parts_agree()
    page = client.get(address("import", import_id)).content.decode()
    assert f'hx-get="{address("import-progress", import_id)}"' in page
    run_pending()
    parts_agree()
    assert "every 2s" not in client.get(address("import", import_id)).content.decode()
    actions.undo_import(actor, import_id)
    parts_agree()

    assert seen == ["inspected", "queued", "done", "undone"]
    plain = client.get(address("import-progress", import_id))
    assert (plain.status_code, plain["Location"]) == (302, address("import", import_id))


def test_a_failed_import_says_why_and_can_be_tried_again(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60))
    confirm(actor, import_id)
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.update(state=Job.State.RUNNING, attempt=1, lease_until=past)

    failed = client.get(address("import", import_id))
    editing = client.get(address("import", import_id), {"edit": "1"})
    again = client.post(address("import-retry", import_id))
    twice = client.post(address("import-retry", import_id))
    run_pending()

    said = text_of(failed)
    assert "데이터를 가져오지 못했습니다" in said
    assert "작업을 처리하던 프로그램이 멈춰" in said
    assert "반쯤 들어간 데이터는 없습니다" in said
    assert "이대로 가져오기" in text_of(editing)
    assert (again.status_code, twice.status_code) == (302, 422)
    assert "지금은 할 수 없습니다" in text_of(twice)
    assert Import.objects.get().state == "done"


def test_an_import_is_undone_with_a_reason(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    import_id = bring(actor, workplace_id, make_rows(60))

    response = client.post(address("import-undo", import_id), {"reason": "시험 운전"}, follow=True)
    again = client.post(address("import-undo", import_id))

    assert "되돌린 데이터입니다" in text_of(response)
    assert again.status_code == 422
    assert queries.list_signals(actor.own_organisation_id, workplace_id) == ()


def test_a_file_is_set_aside(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(60))

    response = client.post(address("import-discard", import_id), follow=True)

    assert "가져오지 않기로 한 파일입니다" in text_of(response)
    assert Import.objects.get().state == "discarded"


def test_the_original_comes_back_byte_for_byte(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    content = make_rows(30).encode("cp949")
    import_id = send(actor, workplace_id, content, "프레스 <1>.csv")

    response = client.get(address("import-original", import_id))

    assert b"".join(response.streaming_content) == content  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")


def test_refused_rows_are_shown_given_back_and_taken_corrected(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    rows = make_rows(800).splitlines()
    for i in range(10, 80):
        rows[i] = rows[i].replace(",20.", f",{i}도")
    rows[90] = "=cmd|'/c calc'!A1,20.5,OK"
    first = bring(actor, workplace_id, "\n".join(rows))

    page = client.get(address("import-quarantine", first))
    second_page = client.get(address("import-quarantine", first), {"page": "2"})
    table = client.get(address("import-quarantine-csv", first))
    content = b"".join(table.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    assert "격리한 행 71개" in text_of(page)
    assert "숫자로 읽을 수 없습니다" in text_of(page)
    assert "=cmd|" in text_of(second_page)
    assert all(not line.startswith(("=", "+", "@")) for line in content.splitlines())
    assert "'=cmd|" in content
    formula, moment = "'=cmd|'/c calc'!A1", "2024-05-01 01:29:00"
    corrected = re.sub(r",\d+도", ",20.", content).replace(formula, moment)
    file = SimpleUploadedFile("고침.csv", corrected.encode())
    response = client.post(address("import-resubmit", first), {"file": file})
    second = Import.objects.latest("id")
    assert (response["Location"], second.corrects_id) == (address("import", second.pk), first)
    assert "격리했던 행을 고쳐서 다시 보낸 파일입니다" in text_of(client.get(response["Location"]))
    missing = SimpleUploadedFile("다른 열.csv", b"a,b\n1,2\n3,4\n")
    refused = client.post(address("import-resubmit", first), {"file": missing})
    assert refused.status_code == 422
    assert "파일에 없는 열이 있습니다" in text_of(refused)


def test_an_import_without_refused_rows_has_no_list_of_them(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    import_id = bring(actor, workplace_id, make_rows(30))

    assert "격리한 행이 없습니다" in text_of(client.get(address("import-quarantine", import_id)))
    assert client.get(address("import-quarantine-csv", import_id)).status_code == 404
    waiting = send(actor, workplace_id, make_rows(31))
    assert client.get(address("import-quarantine", waiting)).status_code == 404


def test_two_thousand_columns_stay_usable(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    header = ",".join(["시각", *(f"tag_{i}" for i in range(1_999))])
    rows = [
        f"2024-05-01 00:{m:02}:00," + ",".join(f"{i + m / 10}" for i in range(1_999))
        for m in range(12)
    ]
    import_id = send(actor, workplace_id, "\n".join([header, *rows]))
    url = address("import", import_id)

    page = client.get(url)
    found = client.get(url, {"q": "tag_1777", "show": "all"})
    form = form_of(found) | {"c1778-name": "주축 온도", "action": "save", "go": "3"}
    saved = client.post(address("import-confirm", import_id), form)

    assert len(page.content) < 400_000
    assert len(form_of(page)["columns"].split(",")) <= 30
    assert "2000열" in text_of(page).replace(",", "")
    assert form["columns"] == "1778"
    assert "page=3" in saved["Location"]
    assert proposed(actor, import_id).columns[1_778].name == "주축 온도"
    refused = client.post(
        address("import-confirm", import_id), form | {"time": "tag_없음", "action": "confirm"}
    )
    assert refused.status_code == 422
    confirm_form = form_of(client.get(url)) | {"action": "confirm"}
    assert client.post(address("import-confirm", import_id), confirm_form).status_code == 302
    run_pending()
    done = client.get(url)
    assert "신호 1999개" in text_of(done)
    assert "tag_1777" not in text_of(done)
    assert "주축 온도" in text_of(client.get(url, {"q": "주축"}))


def test_the_list_of_data_pages_and_finds_signals(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    bring(actor, workplace_id, make_rows(240, skip=range(60, 90)) + "어제,1,OK\n")
    for number in range(11):
        send(actor, workplace_id, make_rows(5 + number), f"{number}.csv")

    page = client.get(address("data", workplace_id))
    every = client.get(address("data", workplace_id), {"imports": "all"})
    table = client.get(address("data-csv", workplace_id)).content.decode("utf-8-sig")

    said = text_of(page)
    assert "보낸 파일 12건" in said
    assert "1곳" in said and "가장 긴 것 31분" in said
    assert "설비.csv" not in said
    assert "설비.csv" in text_of(every)
    lines = table.splitlines()
    assert lines[0].startswith("신호,태그,단위")
    assert lines[1].startswith("온도,온도,°C,측정값,,210,210,20,20.6,60,1,1860,2024-05-01 00:00:00")


def test_a_machine_has_its_own_signals_and_files(
    client: Client, factory: tuple[Actor, int]
) -> None:
    actor, workplace_id = factory
    machine = make_equipment(actor, workplace_id, maker="우진플라임")
    url = address("equipment", machine)

    empty = client.get(url)
    bring(actor, workplace_id, make_rows(60), equipment_id=machine)
    bring(actor, workplace_id, "시각,압력\n" + "2024-05-01 00:00,1.5\n2024-05-01 00:01,1.6\n")
    filled = client.get(url)

    assert "아직 이 설비에서 온 신호가 없습니다" in text_of(empty)
    assert f"{address('import-new', workplace_id)}?equipment={machine}" in empty.content.decode()
    said = text_of(filled)
    assert "우진플라임" in said
    assert "신호 2개" in said and "압력" not in said


def test_saved_ways_of_reading_can_be_forgotten(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(5))
    mapping = proposed(actor, import_id)
    actions.confirm_import(actor, import_id, mapping, save_template_name="온도 파일")
    template = MappingTemplate.objects.get()
    listed = client.get(address("import-new", workplace_id))

    response = client.post(address("template-remove", workplace_id, template.pk), follow=True)

    assert "온도 파일" in text_of(listed)
    assert "저장한 설정을 지웠습니다" in text_of(response)
    assert MappingTemplate.objects.count() == 0


@pytest.mark.usefixtures("factory")
def test_another_firms_data_do_not_exist(client: Client) -> None:
    stranger, elsewhere = make_workplace()
    machine = make_equipment(stranger, elsewhere)
    done = bring(stranger, elsewhere, make_rows(30) + "어제,1,OK\n", equipment_id=machine)
    waiting = send(stranger, elsewhere, make_rows(31))
    series = queries.list_signals(stranger.own_organisation_id, elsewhere)[0].series_id
    states = list(Import.objects.order_by("id").values_list("state", flat=True))

    reads = [
        address("data", elsewhere),
        address("data-csv", elsewhere),
        address("equipment", machine),
        address("import-new", elsewhere),
        *(
            address(name, done)
            for name in (
                "import",
                "import-original",
                "import-quarantine",
                "import-quarantine-csv",
            )
        ),
        *(address(name, elsewhere, series) for name in ("signal", "signal-data", "signal-csv")),
    ]
    writes = [
        address(name, import_id)
        for import_id in (done, waiting)
        for name in (
            "import-confirm",
            "import-read",
            "import-retry",
            "import-undo",
            "import-discard",
        )
    ]

    assert {url: client.get(url).status_code for url in reads} == dict.fromkeys(reads, 404)
    assert {url: client.post(url).status_code for url in writes} == dict.fromkeys(writes, 404)
    assert upload(client, elsewhere, make_rows(5)).status_code == 404
    file = SimpleUploadedFile("x.csv", make_rows(6).encode())
    assert client.post(address("import-resubmit", done), {"file": file}).status_code == 404
    assert list(Import.objects.order_by("id").values_list("state", flat=True)) == states
    assert StoredFile.objects.count() == 2


def test_strangers_sign_in_and_operators_stay_out(client: Client) -> None:
    actor, workplace_id = make_workplace()
    import_id = bring(actor, workplace_id, make_rows(5))
    urls = [address("data", workplace_id), address("import", import_id)]

    assert [client.get(url).status_code for url in urls] == [302, 302]
    operator, _ = make_member("operator")
    client.force_login(operator)
    assert [client.get(url).status_code for url in urls] == [403, 403]


def test_writes_are_not_made_by_reading(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(5))

    for name in ("confirm", "read", "retry", "undo", "discard", "resubmit"):
        assert client.get(address(f"import-{name}", import_id)).status_code == 405

    assert Import.objects.get().state == "inspected"


def test_a_template_that_was_used_is_named(client: Client, factory: tuple[Actor, int]) -> None:
    actor, workplace_id = factory
    import_id = send(actor, workplace_id, make_rows(30))
    mapping = proposed(actor, import_id)
    columns = (mapping.columns[0], replace(mapping.columns[1], name="금형"), mapping.columns[2])
    actions.confirm_import(
        actor, import_id, replace(mapping, columns=columns), save_template_name="온도 파일"
    )

    response = upload(client, workplace_id, make_rows(31, day="2024-05-02"), "다음.csv")
    page = client.get(response["Location"])

    assert "저장해 둔 설정으로 읽었습니다: 온도 파일" in text_of(page)
    assert form_of(page)["c1-name"] == "금형"
