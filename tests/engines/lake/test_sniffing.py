"""How a file is written is found from its content: encoding, delimiter, headers, units, format."""

import codecs
import gzip
import json
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.lake.making import codes, look, make_file, make_rows, make_xlsx, read

from dure.engines.lake.blocks import record_end
from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.facts import Format, Layout, Told
from dure.engines.lake.headers import make_tag, split_unit
from dure.engines.lake.inspection import Inspection, inspect
from dure.engines.lake.mapping import propose
from dure.engines.lake.reading import read_file
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.workbook import cell_text

KOREAN = "시각,온도,판정\n" + "".join(f"2024-05-01 00:{i:02}:00,{i}.5,똠방\n" for i in range(30))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (KOREAN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + KOREAN.encode(), "utf-8-sig"),
        (KOREAN.encode("cp949"), "cp949"),
        (codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), "utf-16-be"),
        (make_rows(30).encode("utf-16-le"), "utf-16-le"),
        (make_rows(30).encode("utf-16-be"), "utf-16-be"),
        (make_rows(30).encode(), "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, encoding: str) -> None:
    data = read(tmp_path, content)

    assert data.inspection is not None
    assert data.inspection.encoding == encoding
    assert (len(data.refused), data.list_series()[0].rows) == (0, 30)


def test_korean_far_behind_in_a_large_file_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.engines.lake.sniffing._HEAD_BYTES", 5_000)
    rows = make_rows(3_000).splitlines()
    rows[1_500:] = [row.replace("OK", "양품") for row in rows[1_500:]]

    data = read(tmp_path, "\n".join(rows).encode("cp949"))

    assert data.inspection is not None
    assert (data.inspection.encoding, len(data.refused)) == ("cp949", 0)
    assert data.read_text("data/label").words == ("NG", "OK", "양품")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "  "])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [["a", "b", "c"]] + [[str(i), f"{i}.5", str(i % 3)] for i in range(20)]
    text = "\n".join(delimiter.join(row) for row in (rows if delimiter != "  " else rows[1:]))

    found = look(tmp_path, text)

    assert found.delimiter == delimiter[0]
    assert (found.rows_estimate, len(found.columns)) == (20, 3)


def test_old_mac_line_ends(tmp_path: Path) -> None:
    data = read(tmp_path, make_rows(20).replace("\n", "\r"))

    assert (data.mapping.file.carriage, data.list_series()[0].rows) == (True, 20)


def test_title_lines_above_the_table(tmp_path: Path) -> None:
    text = "설비 데이터 조회,,\n기간: 2024-05-01 ~ 2024-05-02,,\n\n" + make_rows(20)

    found = look(tmp_path, text)

    assert (found.file.skip_rows, found.header_rows, found.rows_estimate) == (3, 1, 20)
    assert "preface_skipped" in codes(found)


def test_two_header_rows_of_names_and_tags(tmp_path: Path) -> None:
    text = "일시,용해 온도,압력\nSTD_DT,MELT_TEMP,PRESS(bar)\n" + "".join(
        f"2024-05-01 00:{i:02},{i}.5,{i}\n" for i in range(20)
    )

    found = look(tmp_path, text)

    assert found.header_rows == 2
    assert [(c.tag, c.name, c.unit) for c in found.columns] == [
        ("STD_DT", "일시", ""),
        ("MELT_TEMP", "용해 온도", ""),
        ("PRESS", "압력", "bar"),
    ]


def test_second_header_row_of_units(tmp_path: Path) -> None:
    text = "time,temp,press\n,℃,(bar)\n" + "".join(
        f"2024-05-01 00:{i:02},{i}.5,{i}\n" for i in range(9)
    )

    found = look(tmp_path, text)

    assert found.header_rows == 2
    assert [(c.tag, c.unit) for c in found.columns] == [
        ("time", ""),
        ("temp", "℃"),
        ("press", "bar"),
    ]


def test_merged_first_header_row(tmp_path: Path) -> None:
    rows = [
        ["로", "", "프레스"],
        ["온도", "습도", "압력"],
        *[[i + 0.5, i, i * 2] for i in range(9)],
    ]

    found = inspect(make_xlsx(tmp_path, rows))

    assert [c.tag for c in found.columns] == ["로_온도", "로_습도", "프레스_압력"]


@pytest.mark.parametrize(
    ("rows", "header_rows"),
    [
        ("1,2,3\n4,5,6\n7,8,10\n", 0),
        ("0,1,2\n4.5,5.5,6.5\n7.1,8.2,9.3\n", 1),
        ("a,b\nx,y\nz,w\n", 1),
        ("on,off\non,off\noff,on\non,on\n", 0),
        ("온도,2024,습도,압력,전류,전압\n1.5,2,3,4,5,6\n1.6,2,3,4,5,6\n", 1),
        ("temp,1,2\n5.5,6.5,7.5\n5.6,6.6,7.6\n", 1),
        ("ERR,1.5,2\n5.5,6.5,7.5\n5.6,6.6,7.6\n", 0),
        ("온도\n1.5\n1.6\n1.7\n", 1),
        ("time,temp\n2024-05-01 00:00,\n2024-05-01 00:01,\n", 1),
    ],
)
def test_header_rows(tmp_path: Path, rows: str, header_rows: int) -> None:
    assert look(tmp_path, rows).header_rows == header_rows


def test_names_of_a_mac_are_composed(tmp_path: Path) -> None:
    found = look(tmp_path, unicodedata.normalize("NFD", KOREAN))

    assert [c.tag for c in found.columns] == ["시각", "온도", "판정"]
    assert found.columns[2].examples == (unicodedata.normalize("NFD", "똠방"),)


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("Air temperature [K]", ("Air temperature", "K")),
        ("온도(°C)", ("온도", "°C")),
        ("Usage_kWh", ("Usage", "kWh")),
        ("Press time(ms)", ("Press time", "ms")),
        ("압력 (kgf/cm²)", ("압력", "kgf/cm²")),
        ("Yield_%", ("Yield", "%")),
        ("속도 rpm", ("속도", "rpm")),
        ("온도(상부)", ("온도(상부)", "")),
        ("mold_temp", ("mold_temp", "")),
        ("[K]", ("[K]", "")),
        ("X_A", ("X_A", "")),
    ],
)
def test_units_of_headers(header: str, parts: tuple[str, str]) -> None:
    assert split_unit(header) == parts


def test_tags_have_no_spaces_or_brackets() -> None:
    assert make_tag(" 1호기 온도 (상부)/A ") == "1호기_온도_상부_A"
    assert make_tag("///") == "column"


def test_thousands_percent_and_units_in_cells(tmp_path: Path) -> None:
    text = """생산량,수율,전력(kWh),a
"1,234",98.5%,12.5 kWh,+1.5
"12,345,678",97 %,13kWh,-.5e1
99,96%,14,N/A
"""

    data = read(tmp_path, text)

    assert data.refused == []
    assert data.read("data/생산량").values.tolist() == [1234.0, 12345678.0, 99.0]
    assert data.read("data/수율").values.tolist() == [98.5, 97.0, 96.0]
    assert data.read("data/전력").values.tolist() == [12.5, 13.0, 14.0]
    assert data.read("data/a").values[:2].tolist() == [1.5, -5.0]


def test_sentinels_are_emptied_and_said(tmp_path: Path) -> None:
    rows = [
        f"2024-05-01 {i // 60:02}:{i % 60:02},{20 + i % 5},{30 + i % 5},{i % 5}.5"
        for i in range(200)
    ]
    rows[50] = "2024-05-01 00:50,65503,-999,3.5"
    rows[51] = "2024-05-01 00:51,20,-999,3.5"

    data = read(tmp_path, "time,a,b,c\n" + "\n".join(rows))

    assert [c.sentinels for c in data.mapping.columns] == [(), ("65503",), ("-999",), ()]
    assert data.inspection is not None
    assert "sentinels" in codes(data.inspection)
    assert np.isnan(data.read("data/a").values).sum() == 1
    assert np.isnan(data.read("data/b").values).sum() == 2
    assert {f.code for f in data.findings} == {"sentinels_emptied"}


def test_an_isolated_extreme_that_comes_again_is_said(tmp_path: Path) -> None:
    rows = [f"{20 + i % 50 / 10},{i % 50}" for i in range(400)]
    rows[::20] = ["1449.5,-4000"] * 20

    found = look(tmp_path, "temp,b\n" + "\n".join(rows))

    assert [f.code for f in found.columns[0].findings] == ["repeated_extreme"]
    assert [f.code for f in found.columns[1].findings] == ["repeated_extreme"]


def test_roles(tmp_path: Path) -> None:
    header = "No,time,온도,생산수량,판정,LOT번호,barcode,설비,passorfail,memo,empty,fixed,counter"
    rows = []
    for i in range(60):
        start = f"{i + 1},2024-05-01 00:{i:02},{i % 7}.5,{i * 3 % 11},{'양품' if i % 9 else '불량'}"
        middle = f"L{i // 10},00{i:04},M1,{i % 2},note {i * 7919 % 1000}"
        rows.append(f"{start},{middle},,5,{i % 50}")

    found = look(tmp_path, header + "\n" + "\n".join(rows))

    assert {c.header: c.role.value for c in found.columns} == {
        "No": "ignore",
        "time": "time",
        "온도": "reading",
        "생산수량": "count",
        "판정": "label",
        "LOT번호": "lot",
        "barcode": "lot",
        "설비": "label",
        "passorfail": "label",
        "memo": "lot",
        "empty": "ignore",
        "fixed": "reading",
        "counter": "count",
    }
    assert {"row_number", "empty_column", "constant_column"} <= codes(found)
    assert all(0 < c.confidence < 1 for c in found.columns)


def test_barcodes_longer_than_a_float_keeps_stay_words(tmp_path: Path) -> None:
    text = "code,v\n" + "\n".join(f"8801234567890{i:05},{i}.5" for i in range(30))

    data = read(tmp_path, text)

    assert data.read_text("data/code").words[1] == "880123456789000001"


def test_duplicate_and_out_of_order_rows_are_said(tmp_path: Path) -> None:
    rows = make_rows(30).splitlines()
    rows += [rows[5], rows[6]]

    found = look(tmp_path, "\n".join(rows))

    assert {"duplicate_rows", "out_of_order"} <= codes(found)


def test_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [["설비 일지"], [], ["일시", "온도(℃)", "판정", "양품", None]]
    rows += [[datetime(2024, 5, 1, 0, i), i + 0.5, "OK", i % 2 == 0, None] for i in range(30)]  # noqa: DTZ001

    data = read_file(make_xlsx(tmp_path, rows))

    assert data.inspection is not None
    assert (data.inspection.format, data.inspection.sheet) == (Format.XLSX, "데이터")
    assert (data.inspection.file.skip_rows, len(data.inspection.columns)) == (2, 4)
    assert data.inspection.columns[1].unit == "℃"
    assert data.read("book/온도").values[:2].tolist() == [0.5, 1.5]
    assert data.read("book/온도").times[1] - data.read("book/온도").times[0] == 60_000_000


def test_the_sheet_with_the_most_cells_is_read(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["표지"])
    page = book.create_sheet("측정")
    for row in [["a", "b"], *[[i + 0.5, i] for i in range(20)]]:
        page.append(row)
    book.save(tmp_path / "two.xlsx")

    assert inspect(tmp_path / "two.xlsx").sheet == "측정"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (3.0, "3"),
        (3.25, "3.25"),
        (1e300, "1e+300"),
        (datetime(2024, 5, 1, 9, 10), "2024-05-01 09:10:00"),  # noqa: DTZ001
        (date(2024, 5, 1), "2024-05-01"),
        (time(9, 10), "09:10:00"),
        (timedelta(hours=25, seconds=5), "25:00:05"),
        ("글", "글"),
    ],
)
def test_cells_of_a_workbook(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_parquet_of_every_type(tmp_path: Path) -> None:
    count = 40
    moments = [datetime(2024, 5, 1, 0, i) for i in range(count)]  # noqa: DTZ001
    table = pa.table(
        {
            "time": pa.array(moments, pa.timestamp("ns")),
            "day": pa.array([date(2024, 5, 1)] * count),
            "whole": pa.array(range(count), pa.int32()),
            "huge": pa.array([2**60 + i for i in range(count)], pa.int64()),
            "money": pa.array([Decimal("1.50")] * count),
            "flag": pa.array([i % 2 == 0 for i in range(count)]),
            "word": pa.array(["OK", "NULL"] * (count // 2)).dictionary_encode(),
            "raw": pa.array([b"\xff\x01"] * count),
            "list": pa.array([[1, 2]] * count),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    (tmp_path / "t.parquet.gz").write_bytes(gzip.compress((tmp_path / "t.parquet").read_bytes()))

    for name in ("t.parquet", "t.parquet.gz"):
        data = read_file(tmp_path / name)

        roles = {c.tag: c.role for c in data.mapping.columns}
        assert roles["time"] is ColumnRole.TIME
        assert data.read("t/whole").values.tolist() == list(map(float, range(count)))
        assert data.read_text("t/huge").words[0] == str(2**60)
        assert data.read("t/money").values[0] == 1.5
        assert data.read("t/flag").values[:2].tolist() == [1.0, 0.0]
        assert data.read_text("t/word").codes[:2].tolist() == [0, -1]
        assert data.read_text("t/raw").words == ("\\xff\x01",)


def test_json_in_its_shapes(tmp_path: Path) -> None:
    rows = [
        {"ts": f"2024-05-01T00:{i:02}:00", "motor": {"temp": i + 0.5, "on": i % 2 == 0}, "a": [1]}
        for i in range(20)
    ]
    columns = {"ts": [r["ts"] for r in rows], "temp": list(range(20))}
    files = {
        "list.json": json.dumps(rows),
        "inside.json": json.dumps({"count": 20, "data": rows}),
        "lines.jsonl": "\n".join(json.dumps(r) for r in rows) + "\n\n",
        "lines.jsonl.gz": "\n".join(json.dumps(r) for r in rows),
    }

    for name, text in files.items():
        content = text.encode()
        data = read(tmp_path, gzip.compress(content) if name.endswith("gz") else content, name)
        frame = name.split(".")[0]
        assert data.read(f"{frame}/motor.temp").values.tolist() == [i + 0.5 for i in range(20)]
        assert data.read(f"{frame}/motor.on").values[:2].tolist() == [1.0, 0.0]
    by_column = read(tmp_path, json.dumps(columns), "columns.json")
    assert by_column.read("columns/temp").values.tolist() == list(map(float, range(20)))
    assert read(tmp_path, '\ufeff{"a": 1, "b": 2.5}', "one.json").read("one/b").values.tolist() == [
        2.5
    ]


def test_json_rows_that_do_not_fit(tmp_path: Path) -> None:
    rows = [json.dumps({"a": i, "b": None}) for i in range(2_100)]
    rows += ['{"a": 1, "new": 5}', "[1]", "{broken"]

    data = read(tmp_path, "\n".join(rows), "x.jsonl")

    assert [(r.row, r.column, str(r.reason)) for r in data.refused] == [
        (2_101, "new", "표에 없는 항목입니다."),
        (2_102, "", "이름과 값으로 된 행이 아닙니다."),
        (2_103, "", "JSON으로 읽을 수 없는 줄입니다."),
    ]


def test_json_of_columns_with_lists_in_cells_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="표 형태가 아닙니다"):
        look(tmp_path, '{"a": [[1, 2], [3, 4]], "b": [1, 2]}', "x.json")


def test_long_layout_is_found_and_wide_is_left_alone(tmp_path: Path) -> None:
    long = "time,tag,value\n" + "".join(
        f"2024-05-01 00:{i:02},{tag},{i}.5\n" for i in range(20) for tag in ("A", "B")
    )
    wide = "time,name,value\n" + "".join(f"2024-05-01 00:{i:02},n{i},{i}.5\n" for i in range(20))

    assert look(tmp_path, long).layout is Layout.LONG
    assert look(tmp_path, wide).layout is Layout.WIDE
    assert (
        look(tmp_path, long.replace("time,", "x,").replace("2024-05-01 00:", "a")).layout
        is Layout.WIDE
    )


def test_estimate_of_a_file_too_large_to_look_at_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.engines.lake.inspection.SAMPLE_BYTES", 50_000)
    monkeypatch.setattr("dure.engines.lake.blocks.BLOCK_BYTES", 30_000)
    path = make_file(tmp_path, make_rows(20_000))

    found = inspect(path)

    assert not found.whole
    assert abs(found.rows_estimate - 20_000) < 200
    assert 1_000 < found.sample_rows < 3_000


def test_inspection_survives_json(tmp_path: Path) -> None:
    rows = make_rows(30).splitlines()
    rows[4] += ",extra"
    rows[9] = "2024-05-01 00:08:00,20.1,=A1"

    found = look(tmp_path, "\n".join(rows))

    again = Inspection.from_json(found.to_json())
    assert again == found
    assert [str(f.text) for f in again.findings] == [str(f.text) for f in found.findings]


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"a,b\nc", 4),
        (b'a,"b\nc"\nd', 8),
        (b'a,b\n"c\nd', 4),
        (b'5" pipe,1\n6,2\n', 14),
        (b'"a""b\nc', 0),
        (b'x,"a ""b"" c"\ny,"open\n', 14),
        (b"abc", 0),
    ],
)
def test_blocks_end_where_records_end(data: bytes, end: int) -> None:
    assert record_end(data) == end


def test_what_a_person_tells_of_the_writing_is_taken_as_it_is(tmp_path: Path) -> None:
    lines = ["time;temp °C", *(f"2024-05-01 00:{i:02};{i}.5" for i in range(30))]
    path = make_file(tmp_path, "\n".join(lines).encode("cp1252"))

    found = inspect(path)
    told = inspect(path, told=Told(encoding="cp1252"))

    assert (found.encoding, found.told) == ("cp949", Told())
    assert [(c.name, c.unit) for c in told.columns] == [("time", ""), ("temp", "°C")]
    assert Inspection.from_json(told.to_json()) == told
    data = read_file(path, mapping=propose(told))
    assert (len(data.read("data/temp").values), data.refused) == (30, [])


def test_told_rows_and_delimiter_overrule_what_was_found(tmp_path: Path) -> None:
    path = make_file(tmp_path, "1;2,5\n3;4,5\n5;6,5\n7;8,5\n")

    told = inspect(path, told=Told(delimiter=",", skip_rows=1, header_rows=1))

    assert [c.header for c in told.columns] == ["3;4", "5"]
    assert (told.file.skip_rows, told.file.header_rows, told.rows_estimate) == (1, 1, 2)
    spaced = inspect(make_file(tmp_path, "a  b\n1   2\n3  4\n"), told=Told(delimiter=" "))
    assert [c.header for c in spaced.columns] == ["a", "b"]


def test_a_told_mark_of_utf8_is_not_read_as_text(tmp_path: Path) -> None:
    path = make_file(tmp_path, codecs.BOM_UTF8 + KOREAN.encode())

    assert inspect(path, told=Told(encoding="utf-8")).columns[0].header == "시각"


def test_skipping_past_the_end_finds_no_table(tmp_path: Path) -> None:
    path = make_file(tmp_path, make_rows(5))
    book = make_xlsx(tmp_path, [["a", "b"], [1, 2]])

    for file in (path, book):
        with pytest.raises(UnreadableFileError, match="표를 찾지 못했습니다"):
            inspect(file, told=Told(skip_rows=50))


def test_a_workbook_names_its_sheets_and_reads_the_one_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "표지"
    first.append(["작성자", "홍길동"])
    first.append(["부서", "생산"])
    second = book.create_sheet("측정")
    for row in (["temp", "press"], *([i, i * 2] for i in range(20))):
        second.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)

    found = inspect(path)
    cover = inspect(path, told=Told(sheet="표지"))

    assert (found.sheets, found.sheet) == (("표지", "측정"), "측정")
    assert (cover.sheet, len(cover.sample)) == ("표지", 1)
