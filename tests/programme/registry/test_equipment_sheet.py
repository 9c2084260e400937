"""Reading a CSV of equipment: every problem at once, with row and column."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.kernel.errors import DureError
from dure.programme.registry.details import EquipmentDetails
from dure.programme.registry.equipment_sheet import (
    MAX_BYTES,
    MAX_ROWS,
    equipment_template,
    read_equipment_sheet,
)
from dure.programme.registry.errors import EquipmentSheetError


def test_the_template_is_read_as_it_was_written() -> None:
    sheet = read_equipment_sheet(equipment_template())

    assert sheet.problems == ()
    assert [row.row for row in sheet.rows] == [2]
    assert sheet.rows[0].details == EquipmentDetails(
        name="사출 3호기",
        line="1라인",
        kind="사출성형기",
        maker="우진플라임",
        model="TE-150",
        serial_number="WJ-0412",
        installed_on=date(2021, 3, 15),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_excel_files_of_either_korean_encoding_are_read(encoding: str) -> None:
    sheet = read_equipment_sheet("설비명,제조사\n뷁 프레스,쌍용\n".encode(encoding))

    assert sheet.rows[0].details == EquipmentDetails(name="뷁 프레스", maker="쌍용")
    assert sheet.fields == ("name", "maker")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_english_headings_and_other_delimiters_are_read(delimiter: str) -> None:
    lines = [["Machine", "Serial No.", "Installed on"], ["Press-01", "A-1", "2020.05.04"]]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode()

    sheet = read_equipment_sheet(content)

    assert sheet.rows[0].details == EquipmentDetails(
        name="Press-01", serial_number="A-1", installed_on=date(2020, 5, 4)
    )


def test_every_problem_is_named_with_its_row_and_column() -> None:
    content = (
        "설비명,설치일,종류\n1호기,어제,\n\n,2020-01-01,\n2호기,,{}\n3호기,,\n3호기,,\n".format(
            "가" * 61
        )
    )

    sheet = read_equipment_sheet(content.encode())

    assert [(p.row, p.column, str(p.text)) for p in sheet.problems] == [
        (2, "설치일", "날짜로 읽을 수 없습니다: 어제 (예: 2021-03-15)"),
        (4, "설비명", "비어 있습니다."),
        (5, "종류", "60자를 넘습니다."),
        (7, "설비명", "6행과 같은 설비명입니다: 3호기"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "첫 행에서 '설비명' 열을 찾지 못했습니다."),
        ("온도,압력\n1,2\n".encode(), "첫 행에서 '설비명' 열을 찾지 못했습니다."),
        ("설비명\n".encode(), "설비가 한 대도 적혀 있지 않습니다."),
        ("설비명\n1호기\n".encode() + b"\xff\xfe\n", "3행의 글자를 읽을 수 없습니다."),
        (b"x" * (MAX_BYTES + 1), "파일이 너무 큽니다 (최대 2MB)."),
        (b"name\n" + b"a\n" * (MAX_ROWS + 1), f"설비가 너무 많습니다 (최대 {MAX_ROWS}대)."),
        (b'name\n"press 1\npress 2\n', "표로 읽을 수 없는 파일입니다."),
    ],
)
def test_a_file_that_is_no_list_of_equipment_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(EquipmentSheetError) as refused:
        read_equipment_sheet(content)

    assert str(refused.value.text) == message
    assert refused.value.remedy is not None


@given(st.binary(max_size=300))
def test_any_bytes_are_either_read_or_refused_in_words(content: bytes) -> None:
    try:
        sheet = read_equipment_sheet(content)
    except DureError as error:
        assert str(error.text)
    else:
        assert sheet.rows or sheet.problems
