"""Every kind of bad file through the page: words a person can act on, nothing half-written."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dure.foundation.accounts.models import User
from dure.foundation.audit.actor import Actor
from dure.foundation.files.models import StoredFile
from dure.foundation.jobs.worker import run_pending
from dure.programme.streams import actions, queries
from dure.programme.streams.models import Import
from tests.engines.lake.making import make_xlsx, make_zip
from tests.factories.registry import make_workplace
from tests.factories.streams import make_rows, proposed
from tests.web.factory.test_data_pages import text_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def factory(client: Client) -> tuple[Actor, int]:
    actor, workplace_id = make_workplace()
    client.force_login(User.objects.get(pk=actor.user_id))
    return actor, workplace_id


def kept_files() -> list[Path]:
    """Contents on the disk, those on their way included."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("빈.csv", lambda: b"", "빈 파일입니다"),
    ("공백.csv", lambda: b"\n \r\n", "빈 파일입니다"),
    ("제목만.csv", "시각,온도\n".encode, "열 이름만 있고 데이터 행이 없습니다"),
    ("설비.csv", lambda: b"MZ\x90\x00" + b"\0" * 60, "실행 파일이나 스크립트는"),
    ("설비.csv", lambda: b"\x7fELF\x02\x01" + b"\0" * 60, "실행 파일이나 스크립트는"),
    ("설비.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "받을 수 없는 종류"),
    ("옛날.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "예전 엑셀"),
    ("글.txt", ("오늘은 설비를 점검했다. " * 20).encode, "표를 찾지 못했습니다"),
    ("끊김.csv.gz", lambda: gzip.compress(make_rows(2_000).encode())[:900], "손상"),
    ("묶음.zip", lambda: make_zip({"a.csv": b"a,b\n1,2\n"}), "압축"),
    (
        "폭탄.xlsx",
        lambda: make_zip(
            {
                "[Content_Types].xml": b"<x/>",
                "xl/workbook.xml": b"<x/>",
                "xl/worksheets/sheet1.xml": b"0" * 90_000_000,
            }
        ),
        "지나치게 커지는",
    ),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_a_file_that_cannot_be_data_is_refused_and_leaves_nothing(
    client: Client,
    factory: tuple[Actor, int],
    name: str,
    content: Callable[[], bytes],
    said: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(client, factory[1], content(), name)

    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert "입력 내용을 확인해 주세요 (1건)" in page
    assert (Import.objects.count(), StoredFile.objects.count(), kept_files()) == (0, 0, [])


def rows_with(**changes: str) -> str:
    """Sixty good rows with some replaced, by row number (`r5`)."""
    rows = make_rows(60).splitlines()
    for place, text in changes.items():
        rows[int(place[1:])] = text
    return "\n".join(rows) + "\n"


def wide() -> str:
    header = ",".join(["시각", *(f"tag_{i}" for i in range(1_999))])
    rows = [
        f"2024-05-01 00:{m:02}:00," + ",".join(f"{i + m / 10}" for i in range(1_999))
        for m in range(6)
    ]
    return "\n".join([header, *rows])


def illegal_byte() -> bytes:
    lines = ["시각,온도,판정"] + [f"2024-05-01 00:{i:02}:00,{i},양품" for i in range(30)]
    raw = [line.encode("cp949") for line in lines]
    raw[7] = b"2024-05-01 00:06:00,6,\xff\xfe"
    return b"\r\n".join(raw) + b"\r\n"


TAKEN: list[tuple[str, bytes | str, int, int, str]] = [
    ("한 줄.csv", "시각,온도\n2024-05-01 00:00:00,20.5\n", 1, 0, "1행뿐이라"),
    ("시각 없음.csv", "온도,압력\n20.5,1\n20.6,2\n20.7,4\n", 3, 0, "시각 열을 찾지 못했습니다"),
    (
        "무한대.csv",
        rows_with(r3="2024-05-01 00:02:00,NaN,OK", r5="2024-05-01 00:04:00,inf,OK"),
        59,
        1,
        "무한대가 1개 있습니다. 그 행은 격리합니다.",
    ),
    (
        "글자 섞임.csv",
        rows_with(r9="2024-05-01 00:08:00,열림?,OK"),
        59,
        1,
        "60행 · 3열",
    ),
    ("이천 열.csv", wide(), 6, 0, "2000열"),
    ("같은 이름.csv", "온도,온도,온도\n1.5,2.5,3.5\n1.6,2.6,3.6\n", 2, 0, "같은 이름의 열이 또"),
    ("깨진 바이트.csv", illegal_byte(), 29, 1, "CP949 글자가 아닙니다"),
    (
        "구분 표시.csv",
        "\ufeffsep=;\n시각;온도 (°C)\n2024-05-01 10:00;1,5\n2024-05-01 10:01;1,6\n",
        2,
        0,
        "표 위의 1행을 건너뜁니다",
    ),
    (
        "이상한 날짜.csv",
        rows_with(r2="1900-01-00 00:00:00,20.1,OK", r4="2099-01-01 00:00:00,20.1,OK"),
        58,
        2,
        "있을 수 없는 날짜나 시각이 1행",
    ),
    (
        "수식.csv",
        '시각,메모\n2024-05-01 00:00,"=HYPERLINK(""http://x"")"\n2024-05-01 00:01,@SUM(A1)\n',
        2,
        0,
        "수식",
    ),
]


@pytest.mark.parametrize(("name", "content", "accepted", "refused", "said"), TAKEN)
def test_a_file_with_faults_is_taken_and_says_them(
    client: Client,
    factory: tuple[Actor, int],
    name: str,
    content: bytes | str,
    accepted: int,
    refused: int,
    said: str,
) -> None:
    actor, workplace_id = factory

    response = upload(client, workplace_id, content, name)
    page = client.get(response["Location"])
    import_id = Import.objects.get().pk
    actions.confirm_import(actor, import_id, proposed(actor, import_id))
    run_pending()
    done = client.get(response["Location"])

    view = queries.get_import(actor.own_organisation_id, import_id)
    assert (view.state, view.rows_accepted, view.rows_refused) == ("done", accepted, refused)
    assert said in text_of(page).replace("2,000", "2000")
    assert done.status_code == 200
    total = queries.quarantine_page(actor.own_organisation_id, import_id).total
    assert total == refused
    assert ("격리한 행 보기" in text_of(done)) is bool(refused)


def test_a_workbook_is_taken_sheet_by_sheet(
    client: Client, factory: tuple[Actor, int], tmp_path: Path
) -> None:
    actor, workplace_id = factory
    rows: list[list[object]] = [["시각", "온도"]]
    rows += [[f"2024-05-01 00:{i:02}:00", 20 + i] for i in range(40)]
    content = make_xlsx(tmp_path, rows, sheet="1호기").read_bytes()

    response = upload(client, workplace_id, content, "기록.xlsx")
    page = client.get(response["Location"])

    assert "XLSX" in text_of(page) and "1호기" in text_of(page)
    import_id = Import.objects.get().pk
    assert len(proposed(actor, import_id).stored) == 1


def test_a_name_that_fools_the_eye_is_cleaned(client: Client, factory: tuple[Actor, int]) -> None:
    file = SimpleUploadedFile("../../\u202egpj.설비.csv", make_rows(5).encode())

    client.post(reverse("factory:import-new", args=(factory[1],)), {"file": file})

    assert "/" not in StoredFile.objects.get().name
    assert "\u202e" not in StoredFile.objects.get().name
