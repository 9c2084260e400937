"""One file as a site's data, however many rows it has and however its table is laid out."""

import gc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.lake.making import look, make_file, make_rows, make_xlsx, read

from dure.engines.lake import held
from dure.engines.lake.errors import StoreError
from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import propose, refit
from dure.engines.lake.reading import read_file


def test_rows_beyond_memory_are_read_from_disk_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MEMORY_BYTES", 50_000)
    monkeypatch.setattr("dure.engines.lake.blocks.BLOCK_BYTES", 30_000)
    monkeypatch.setattr(held.tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()

    data = read(tmp_path, make_rows(20_000))

    assert len(list((tmp_path / "scratch").rglob("*.parquet"))) == 1
    assert data.read("data/temp").values.tolist() == [20 + i % 7 / 10 for i in range(20_000)]
    assert data.read_text("data/label").words == ("NG", "OK")
    del data
    gc.collect()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_long_file(tmp_path: Path) -> None:
    lines = ["시각,태그명,값"]
    for minute in range(20):
        lines += [f"2024-05-01 00:{minute:02},A,{minute}", f"2024-05-01 00:{minute:02},B,ERR"]
    lines[5] = "2024-05-01 00:02,A,7.5"

    data = read(tmp_path, "\n".join(line.replace("ERR", "1") for line in lines))

    assert [info.id for info in data.list_series()] == ["data/A", "data/B"]
    assert data.read("data/A").values[:3].tolist() == [0.0, 1.0, 7.5]
    assert set(np.diff(data.read("data/B").times).tolist()) == {60_000_000}


def test_unknown_series_and_words(tmp_path: Path) -> None:
    data = read(tmp_path, make_rows(5))

    with pytest.raises(StoreError, match="없는 데이터 계열입니다: data/none"):
        data.read("data/none")
    with pytest.raises(StoreError, match="글자로 된 데이터 계열"):
        data.read("data/label")


def test_workbook_longer_than_one_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.engines.lake.workbook._BATCH_ROWS", 7)
    rows: list[list[object]] = [["a", "b"], *[[i + 0.5, i] for i in range(30)]]

    data = read_file(make_xlsx(tmp_path, rows))

    assert data.read("book/a").values.tolist() == [i + 0.5 for i in range(30)]
    assert data.inspection is not None
    assert data.inspection.rows_estimate == 30


def test_json_lines_longer_than_one_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dure.engines.lake.json_rows._BATCH_ROWS", 7)
    text = "\n".join(f'{{"a": {i}.5, "b": "x"}}' for i in range(30))

    assert read(tmp_path, text, "l.jsonl").read("l/a").values.tolist() == [
        i + 0.5 for i in range(30)
    ]


def test_numbers_of_a_typed_file_may_be_kept_as_words(tmp_path: Path) -> None:

    pq.write_table(
        pa.table({"code": [1.0, 2.5, None], "v": [1.5, 2.5, 3.5]}), tmp_path / "t.parquet"
    )
    text = look(tmp_path, "code,v\nA1,1.5\nB2,2.5\nC3,3.5\n")

    mapping = refit(propose(text), inspect(tmp_path / "t.parquet"))
    data = read_file(tmp_path / "t.parquet", mapping=mapping)

    assert data.read_text("t/code").words == ("1", "2.5")
    assert data.read_text("t/code").codes.tolist() == [0, 1, -1]


def test_a_time_column_in_a_number_is_refused_row_by_row(tmp_path: Path) -> None:
    """A mapping from another file: what was a reading there holds times here."""

    moments = pa.array([1, 2, None], pa.timestamp("us"))
    pq.write_table(pa.table({"a": moments, "b": [1.5, 2.5, 3.5]}), tmp_path / "t.parquet")
    mapping = refit(propose(look(tmp_path, "a,b\n1.5,1\n1.6,2\n")), inspect(tmp_path / "t.parquet"))

    data = read_file(tmp_path / "t.parquet", mapping=mapping)

    assert [(r.row, r.column) for r in data.refused] == [(1, "a"), (2, "a")]
    assert data.read("t/b").values.tolist() == [3.5]


def test_sentinel_words_of_a_label(tmp_path: Path) -> None:

    path = make_file(tmp_path, make_rows(10))
    mapping = propose(inspect(path))
    columns = (*mapping.columns[:2], replace(mapping.columns[2], sentinels=("NG",)))

    data = read_file(path, mapping=replace(mapping, columns=columns))

    assert data.read_text("data/label").words == ("OK",)
    assert {str(f.text) for f in data.findings} == {
        "label: 값 없음 표시 2개를 빈칸으로 두었습니다."
    }


def test_a_line_of_many_chunks_is_one_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.engines.lake.blocks.BLOCK_BYTES", 1_000)
    monkeypatch.setattr("dure.engines.lake.blocks.LONGEST_RECORD_BYTES", 2_000)
    rows = make_rows(40).splitlines()
    rows[20] = "x" * 7_500
    rows[30] = '"' + rows[30] + "y" * 10

    data = read(tmp_path, "\n".join(rows))

    assert [r.row for r in data.refused] == [21, 31]
    assert data.list_series()[0].rows == 38
