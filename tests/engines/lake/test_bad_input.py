"""Every kind of bad file is answered with something a person can act on; nothing half-written."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from tests.engines.lake.making import (
    bring,
    codes,
    left_in,
    look,
    make_file,
    make_rows,
    make_xlsx,
    make_zip,
    read,
)

from dure.engines.lake.errors import StoreError, UnreadableFileError
from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import propose
from dure.engines.lake.reading import read_file
from dure.engines.lake.store import Lake


def refusal(folder: Path, content: bytes | str, name: str = "data.csv") -> str:
    """What is said of a file that cannot be read; there is always a remedy."""
    with pytest.raises(UnreadableFileError) as refused:
        look(folder, content, name)
    assert refused.value.remedy is not None
    return str(refused.value.text)


@pytest.mark.parametrize("content", [b"", b"\n\n \r\n", b"\xef\xbb\xbf", b"\0" * 4096])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content) == "data.csv: 빈 파일입니다."


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="열 수 없습니다"):
        inspect(tmp_path / "none.csv")
    with pytest.raises(UnreadableFileError, match="폴더입니다"):
        inspect(tmp_path)


@pytest.mark.parametrize("content", ["time,temp\n", "time,temp\n\n", "시각;온도;습도"])
def test_header_only(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path, content) == "data.csv: 열 이름만 있고 데이터 행이 없습니다."


def test_one_row(tmp_path: Path) -> None:
    data = read(tmp_path, "time,temp\n2024-05-01 00:00:00,20.5\n")

    assert data.inspection is not None
    assert "few_rows" in codes(data.inspection)
    assert data.read("data/temp").values.tolist() == [20.5]


def test_no_time_column_is_said_and_values_are_kept(tmp_path: Path) -> None:
    data = read(tmp_path, "temp,press\n20.5,1\n20.6,2\n20.7,4\n")

    series = data.read("data/temp")
    assert data.inspection is not None
    assert "no_time_column" in codes(data.inspection)
    assert (series.values.tolist(), len(series.times)) == ([20.5, 20.6, 20.7], 0)


def test_not_a_number_is_empty_and_infinity_is_refused(tmp_path: Path) -> None:
    rows = make_rows(20, header="time,temp,label").splitlines()
    rows[3] = rows[3].replace("20.2", "NaN")
    rows[5] = rows[5].replace("20.4", "inf")
    rows[7] = rows[7].replace("20.6", "-Infinity")

    data = read(tmp_path, "\n".join(rows))

    refused = [(r.row, r.column, r.value, str(r.reason)) for r in data.refused]
    why = "무한대는 측정값이 될 수 없습니다."
    assert refused == [(6, "temp", "inf", why), (8, "temp", "-Infinity", why)]
    values = data.read("data/temp").values
    assert (len(values), int(np.isnan(values).sum()), bool(np.isinf(values).any())) == (
        18,
        1,
        False,
    )


def test_typed_infinity_is_refused_too(tmp_path: Path) -> None:
    data = read(tmp_path, "a,b\n" + "\n".join(f"{i}.5,{i}" for i in range(30)) + "\n1e999,3\n")

    assert [(r.row, r.cells) for r in data.refused] == [(32, ("1e999", "3"))]


def test_words_among_numbers(tmp_path: Path) -> None:
    rows = ["time,temp"] + [f"2024-05-01 00:{i:02}:00,{20 + i / 10}" for i in range(60)]
    rows[10] = "2024-05-01 00:09:00,ERR"
    rows[20] = "2024-05-01 00:19:00,ERR"
    rows[30] = "2024-05-01 00:29:00,열림?"

    data = read(tmp_path, "\n".join(rows))

    column = data.mapping.columns[1]
    assert column.sentinels == ("ERR",)
    assert [(r.row, r.value, str(r.reason)) for r in data.refused] == [
        (31, "열림?", "숫자로 읽을 수 없습니다.")
    ]
    assert int(np.isnan(data.read("data/temp").values).sum()) == 2


def test_column_of_mixed_types_becomes_a_label(tmp_path: Path) -> None:
    data = read(tmp_path, "a,b\n" + "\n".join(f"{i},{i if i % 2 else 'stop'}" for i in range(40)))

    words = data.read_text("data/b")
    assert len(words.codes) == 40
    assert words.words[0] == "stop"


def test_two_thousand_columns(tmp_path: Path) -> None:
    header = ",".join(["time", *(f"tag_{i}" for i in range(1_999))])
    rows = [
        f"2024-05-01 00:{m:02}:00," + ",".join(f"{i + m / 10}" for i in range(1_999))
        for m in range(5)
    ]

    data = read(tmp_path, "\n".join([header, *rows]))

    assert len(data.list_series()) == 1_999
    assert data.read("data/tag_1998").values.tolist() == [1998.0, 1998.1, 1998.2, 1998.3, 1998.4]


def test_more_columns_than_a_table_has(tmp_path: Path) -> None:
    row = ",".join(str(i % 7) for i in range(20_500))

    assert refusal(tmp_path, f"{row}\n{row}\n{row}\n") == (
        "data.csv: 열이 20500개입니다. 20000개까지 읽습니다."
    )


def test_duplicate_headers_are_told_apart(tmp_path: Path) -> None:
    data = read(tmp_path, "temp,temp,TEMP\n1.5,2.5,3.5\n1.6,2.6,3.6\n")

    assert data.inspection is not None
    assert [c.tag for c in data.inspection.columns] == ["temp", "temp_2", "TEMP_3"]
    assert "duplicate_header" in codes(data.inspection)
    assert data.read("data/temp_2").values.tolist() == [2.5, 2.6]


def test_cp949_with_an_illegal_byte_names_row_and_byte(tmp_path: Path) -> None:
    lines = ["시각,온도,판정"] + [f"2024-05-01 00:{i:02}:00,{i},똠방각하" for i in range(30)]
    raw = [line.encode("cp949") for line in lines]
    raw[7] = b"2024-05-01 00:06:00,6,\xff\xfe"

    data = read(tmp_path, b"\r\n".join(raw) + b"\r\n")

    assert data.inspection is not None
    assert data.inspection.encoding == "cp949"
    assert [(r.row, str(r.reason)) for r in data.refused] == [
        (8, "23번째 바이트 0xFF: CP949 글자가 아닙니다.")
    ]
    assert data.read_text("data/판정").words == ("똠방각하",)
    assert len(data.read("data/온도").values) == 29


def test_utf8_with_an_illegal_byte_is_not_read_as_cp949(tmp_path: Path) -> None:
    lines = [line.encode() for line in make_rows(30, header="시각,온도,판정").splitlines()]
    lines[1:] = [line.replace(b"OK", "양품".encode()) for line in lines[1:]]
    lines[4] += b"\xc0"

    data = read(tmp_path, b"\n".join(lines))

    assert data.inspection is not None
    assert data.inspection.encoding == "utf-8"
    assert [r.row for r in data.refused] == [5]


def test_byte_order_mark_and_separator_line(tmp_path: Path) -> None:
    data = read(
        tmp_path, "\ufeffsep=;\n시각;온도 (°C)\n2024-05-01 10:00;1,5\n2024-05-01 10:01;1.6\n"
    )

    assert data.inspection is not None
    assert (data.inspection.delimiter, data.inspection.file.skip_rows) == (";", 1)
    assert [c.unit for c in data.inspection.columns] == ["", "°C"]
    assert "preface_skipped" in codes(data.inspection)


def test_future_and_1900_dates_are_refused_with_their_reason(tmp_path: Path) -> None:
    rows = make_rows(10).splitlines()
    rows[2] = "1900-01-00 00:00:00,20.1,OK"
    rows[3] = "1899-12-30 00:00:00,20.1,OK"
    rows[4] = "2031-01-01 00:00:00,20.1,OK"
    rows[5] = ",20.1,OK"

    data = read(tmp_path, "\n".join(rows))

    assert [(r.row, str(r.reason)) for r in data.refused] == [
        (3, "없는 날짜이거나 시각으로 읽을 수 없습니다."),
        (4, "1990년 이전의 날짜입니다. 시계가 맞지 않은 기록입니다."),
        (5, "아직 오지 않은 날짜입니다."),
        (6, "시각이 비어 있습니다."),
    ]
    assert data.inspection is not None
    assert {"impossible_date", "date_before_1990", "future_date", "time_missing"} <= codes(
        data.inspection
    )


def test_formula_cells_stay_text(tmp_path: Path) -> None:
    data = read(tmp_path, 'a,memo\n1,"=HYPERLINK(""http://x"")"\n2,@SUM(A1)\n3,ok\n')

    assert data.inspection is not None
    assert "formula_cells" in codes(data.inspection)
    assert data.read_text("data/memo").words[0] == '=HYPERLINK("http://x")'


def test_zip_bomb_in_a_workbook(tmp_path: Path) -> None:
    bomb = make_zip({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 90_000_000})

    text = refusal(tmp_path, bomb, "bomb.xlsx")

    assert text == "bomb.xlsx: 풀면 85 MB가 되는 엑셀 파일이라 열지 않았습니다."


def test_gzip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.engines.lake.container.GZIP_ALWAYS_ALLOWED_BYTES", 1_000_000)
    bomb = gzip.compress(b"1,2\n" * 8_000_000)

    with pytest.raises(UnreadableFileError, match="압축 폭탄"):
        read(tmp_path, bomb, "bomb.csv.gz")


def test_gzip_cut_short(tmp_path: Path) -> None:
    whole = gzip.compress(make_rows(2_000).encode())

    with pytest.raises(UnreadableFileError, match="압축이 손상되었거나"):
        read(tmp_path, whole[: len(whole) // 2], "cut.csv.gz")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00" + b"\0" * 60, "실행 파일입니다"),
        (b"\x7fELF\x02\x01" + b"\0" * 60, "실행 파일입니다"),
        (b"%PDF-1.7\n1 0 obj", "PDF 문서는"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "예전 엑셀"),
        (b"\x89PNG\r\n\x1a\n", "그림 파일은"),
        (b"\xff\xd8\xff\xe0rest", "그림 파일은"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"7z\xbc\xaf\x27\x1c", "7z 압축"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "XML·HTML"),
        (b"PAR1garbage-that-ends-nowhere", "Parquet 파일이 손상"),
        (b"PK\x03\x04not really a zip", "엑셀 파일이 손상"),
    ],
)
def test_renamed_files_of_other_kinds(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refusal(tmp_path, content, "machine.csv")


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert "엑셀(XLSX)이 아닌" in refusal(tmp_path, make_zip({"a.csv": b"1,2\n"}), "a.zip")
    inner = gzip.compress(make_zip({"a.csv": b"1,2\n"}))
    assert "또 압축 파일이" in refusal(tmp_path, inner, "a.zip.gz")


def test_binary_noise(tmp_path: Path) -> None:
    noise = np.random.default_rng(7).bytes(50_000)

    assert "바이너리 파일로" in refusal(tmp_path, b"\x01" + noise)


def test_gibberish_in_no_encoding(tmp_path: Path) -> None:
    line = b"\xff\xff\xfe\xfe,\xff\xff\n"

    assert "바이너리 파일로" in refusal(tmp_path, line * 100)


def test_ragged_rows_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = make_rows(20).splitlines()
    rows[4] += ",extra"
    rows[6] = rows[6].rsplit(",", 1)[0]
    rows[8] += ",,"

    data = read(tmp_path, "\n".join(rows))

    assert [(r.row, str(r.reason)) for r in data.refused] == [
        (5, "칸이 4개입니다. 이 표의 행은 3칸입니다."),
        (7, "칸이 2개입니다. 이 표의 행은 3칸입니다."),
    ]
    assert len(data.read("data/temp").values) == 18


def test_quoted_line_breaks_are_one_row(tmp_path: Path) -> None:
    text = 'time,memo,"온도\n(℃)"\n2024-05-01 10:00,"두 줄\n메모",1.5\n2024-05-01 10:01,한 줄,1.6\n'

    data = read(tmp_path, text)

    assert data.refused == []
    assert data.read_text("data/memo").words == ("두 줄\n메모", "한 줄")
    assert data.read("data/온도").values.tolist() == [1.5, 1.6]


def test_quote_that_is_never_closed_spoils_its_row_only(tmp_path: Path) -> None:
    rows = make_rows(200).splitlines()
    rows[50] = rows[50].replace("20", '"20', 1)
    rows[51] = rows[51] + ",more"

    data = read(tmp_path, "\n".join(rows))

    assert [r.row for r in data.refused] == [51, 52]
    assert len(data.read("data/temp").values) == 198


def test_extremely_long_first_line(tmp_path: Path) -> None:
    assert "줄바꿈이 없는 파일" in refusal(tmp_path, b"1," * 3_000_000)


def test_extremely_long_line_further_on(tmp_path: Path) -> None:
    good = make_rows(100).encode()

    data = read(tmp_path, good + b"x" * 9_000_000 + b"\n" + b"2024-05-09 00:00:00,1.5,OK\n")

    assert [(r.row, r.column) for r in data.refused] == [(102, "")]
    assert "한 행이 4194304바이트를 넘습니다" in str(data.refused[0].reason)
    assert len(data.read("data/temp").values) == 101


def test_nul_bytes(tmp_path: Path) -> None:
    rows = make_rows(30).encode().splitlines()
    rows[10] = b"\0" * 40

    data = read(tmp_path, b"\n".join(rows))

    assert [(r.row, str(r.reason)) for r in data.refused] == [
        (11, "빈 문자(NUL)가 들어 있습니다. 저장이 끊긴 행으로 보입니다.")
    ]
    assert len(data.read("data/temp").values) == 29


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    rows = make_rows(10).splitlines()
    text = "\n".join([*rows[:4], "", *rows[4:8], ",,", "   ", *rows[8:], ",,", ",,", ""])

    data = read(tmp_path, text)

    assert data.refused == []
    assert len(data.read("data/temp").values) == 10


def test_every_row_refused_is_an_answer_too(tmp_path: Path) -> None:
    line = "시각,온도\n".encode("cp949") + b"1,\xff\n"

    with pytest.raises(
        UnreadableFileError, match=r"읽을 수 있는 행이 없습니다\. 2행: 3번째 바이트"
    ):
        look(tmp_path, line)


def test_damaged_and_empty_workbooks(tmp_path: Path) -> None:
    broken = make_zip({"xl/workbook.xml": b"not xml at all"})
    empty = make_xlsx(tmp_path, [], "empty.xlsx")

    assert "엑셀 파일을 열 수 없습니다" in refusal(tmp_path, broken, "broken.xlsx")
    with pytest.raises(UnreadableFileError, match="시트에 데이터가 없습니다: 데이터"):
        inspect(empty)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1, 2, 3]", "표 형태가 아닙니다"),
        ('{"a": {"b": [1, 2]}}', "표 형태가 아닙니다"),
        ('[{"a": 1}, {"a": ', "JSON 문법이"),
        ("[" * 5_000, "JSON 문법이"),
        ('{"a": 1}\n{"b": \n', "읽을 수 있는"),
    ],
)
def test_bad_json(tmp_path: Path, content: str, said: str) -> None:
    if said == "읽을 수 있는":
        data = read(tmp_path, content, "data.json")
        assert [str(r.reason) for r in data.refused] == ["JSON으로 읽을 수 없는 줄입니다."]
    else:
        assert said in refusal(tmp_path, content, "data.json")


def test_json_document_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.engines.lake.json_rows.JSON_LIMIT_BYTES", 100)

    assert "JSON 문서가" in refusal(tmp_path, '[{"a": 1}]' + " " * 200, "data.json")


def test_failure_in_the_middle_leaves_nothing_in_the_lake(tmp_path: Path) -> None:
    whole = make_file(tmp_path, gzip.compress(make_rows(40_000).encode()), "a.csv.gz")
    mapping = propose(inspect(whole))
    cut = make_file(tmp_path, whole.read_bytes()[:-4_000], "cut.csv.gz")
    lake = Lake(tmp_path / "lake")

    with pytest.raises(UnreadableFileError):
        bring(lake, cut, mapping=mapping)

    assert left_in(tmp_path / "lake") == []
    assert lake.list_series("site") == ()


def test_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    """A real limit of the operating system on file size, in a process of its own."""
    import subprocess
    import sys

    path = make_file(tmp_path, make_rows(40_000))
    program = f"""
import resource, signal
from pathlib import Path
from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import propose
from dure.engines.lake.store import Lake
from dure.engines.lake.errors import StoreError
mapping = propose(inspect(Path({str(path)!r})))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    Lake(Path({str(tmp_path / "lake")!r})).import_file(
        Path({str(path)!r}), mapping, site="site", import_id="one")
except StoreError as full:
    print(full.text)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert (
        run.stdout.strip()
        == "저장 공간이 부족해 가져오기를 멈췄습니다. 아무것도 남기지 않았습니다."
    )
    assert left_in(tmp_path / "lake") == []


def test_keys_cannot_leave_the_lake(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    path = make_file(tmp_path, make_rows(5))

    for site, import_id in (("../x", "one"), ("site", "../../one"), ("", "one"), ("site", "a/b")):
        with pytest.raises(StoreError, match="쓸 수 없는 이름"):
            lake.import_file(path, propose(inspect(path)), site=site, import_id=import_id)
    assert left_in(tmp_path) == ["data.csv"]


def test_read_file_takes_a_mapping(tmp_path: Path) -> None:
    path = make_file(tmp_path, make_rows(5))

    data = read_file(path, "이름.csv", propose(inspect(path)))

    assert data.inspection is None
    assert [s.id for s in data.list_series()] == ["이름/temp", "이름/label"]
