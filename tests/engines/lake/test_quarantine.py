"""Refused rows are kept, paged, given back as a safe CSV, and taken in once corrected."""

import csv
from pathlib import Path

import pytest
from tests.engines.lake.making import bring, make_file, make_rows

from dure.engines.lake.errors import MappingError, StoreError
from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import propose, refit
from dure.engines.lake.quarantine import safe_cell
from dure.engines.lake.store import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def broken_rows(count: int = 60) -> str:
    rows = make_rows(count).splitlines()
    rows[10] = "2024-13-01 00:09:00,20.1,OK"
    rows[20] = "2024-05-01 00:19:00,많음,OK"
    rows[30] = "2024-05-01 00:29:00,20.1"
    rows[40] = "2024-05-01 00:39:00,x,\"=cmd|' /C calc'!A0\""
    return "\n".join(rows) + "\n"


def test_pages_keep_file_order(tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.engines.lake.quarantine._GROUP_ROWS", 1)
    bring(lake, make_file(tmp_path, broken_rows()))

    assert lake.count_quarantine("one") == 4
    assert [r.row for r in lake.quarantine_rows("one", 0, 10)] == [11, 21, 31, 41]
    assert [r.row for r in lake.quarantine_rows("one", 1, 2)] == [21, 31]
    assert lake.quarantine_rows("one", 4, 10) == ()
    first = lake.quarantine_rows("one", 0, 1)[0]
    assert (first.column, first.value) == ("time", "2024-13-01 00:09:00")
    assert str(first.reason) == "없는 날짜이거나 시각으로 읽을 수 없습니다."


def test_nothing_refused_means_no_quarantine(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(10)))

    assert (lake.count_quarantine("one"), lake.quarantine_rows("one", 0, 5)) == (0, ())
    with pytest.raises(StoreError, match="격리된 행이 없습니다"):
        lake.quarantine_csv("one")


def test_csv_holds_the_rows_and_the_reasons_and_runs_nothing(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, broken_rows()))

    path = lake.quarantine_csv("one")

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["time", "temp", "label", "격리_행", "격리_열", "격리_사유"]
    assert rows[2] == [
        "2024-05-01 00:19:00",
        "많음",
        "OK",
        "21",
        "temp",
        "숫자로 읽을 수 없습니다.",
    ]
    assert rows[3][:3] == ["2024-05-01 00:29:00", "20.1", ""]
    assert rows[4][2] == "'=cmd|' /C calc'!A0"
    assert lake.quarantine_csv("one") == path


def test_corrected_rows_are_taken_in_with_the_same_mapping(tmp_path: Path, lake: Lake) -> None:
    first = make_file(tmp_path, broken_rows())
    mapping = propose(inspect(first))
    bring(lake, first)
    given = lake.quarantine_csv("one").read_text(encoding="utf-8-sig")
    fixed = (
        given.replace("2024-13-01", "2024-05-01").replace("많음", "20.5").replace(",x,", ",20.7,")
    )
    fixed = fixed.replace("00:29:00,20.1,,", "00:29:00,20.1,OK,")
    again = make_file(tmp_path, fixed.encode("cp949"), "corrected.csv")

    report = bring(lake, again, "two", mapping=refit(mapping, inspect(again)))

    assert (report.accepted, report.refused, report.frame) == (4, 0, "data")
    data = lake.site_data("site")
    assert sorted(data.read("data/temp").values[-4:].tolist()) == [20.1, 20.1, 20.5, 20.7]
    assert "=cmd|' /C calc'!A0" in data.read_text("data/label").words
    assert [s.tag for s in data.list_series()] == ["temp", "label"]


def test_a_corrected_file_must_keep_its_columns(tmp_path: Path, lake: Lake) -> None:
    first = make_file(tmp_path, broken_rows())
    mapping = propose(inspect(first))
    bring(lake, first)
    renamed = make_file(tmp_path, make_rows(5, header="time,온도,label"), "other.csv")

    with pytest.raises(MappingError, match="파일에 없는 열이 있습니다: temp"):
        refit(mapping, inspect(renamed))


def test_rows_of_a_file_without_header_come_back_by_place(tmp_path: Path, lake: Lake) -> None:
    rows = make_rows(30).splitlines()[1:]
    rows[5] = "never,20.1,OK"
    first = make_file(tmp_path, "\n".join(rows))
    mapping = propose(inspect(first))
    bring(lake, first)
    text = lake.quarantine_csv("one").read_text(encoding="utf-8-sig")
    again = make_file(tmp_path, text.replace("never", "2024-05-01 00:05:00"), "again.csv")

    report = bring(lake, again, "two", mapping=refit(mapping, inspect(again)))

    assert (report.accepted, report.frame) == (1, "data")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+82-10", "'+82-10"),
        ("-3.5", "-3.5"),
        ("+7", "+7"),
        ("\tx", "'\tx"),
        ("정상", "정상"),
    ],
)
def test_cells_a_spreadsheet_would_run(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe
