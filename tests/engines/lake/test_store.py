"""Imports land whole or not at all, join the right tables, and come out without a trace."""

import gzip
import threading
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from tests.engines.lake.making import bring, left_in, make_file, make_rows

from dure.engines.lake import store, tables
from dure.engines.lake.convert import IMPOSSIBLE_TIMES
from dure.engines.lake.errors import MappingError, StoreError
from dure.engines.lake.facts import Kind
from dure.engines.lake.inspection import inspect
from dure.engines.lake.mapping import Mapping, propose
from dure.engines.lake.series import ColumnRole
from dure.engines.lake.store import Beside, Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_an_import_is_reported_and_can_be_read(tmp_path: Path, lake: Lake) -> None:
    told: list[tuple[int, int]] = []
    path = make_file(tmp_path, make_rows(100), "press.csv")

    report = lake.import_file(
        path,
        propose(inspect(path)),
        site="site",
        import_id="one",
        progress=lambda *p: told.append(p),
    )

    assert (report.rows, report.accepted, report.refused) == (100, 100, 0)
    assert (report.frame, report.quarantine) == ("press", None)
    assert [info.id for info in report.series] == ["press/temp", "press/label"]
    assert lake.list_series("site") == report.series
    assert told[-1][1] == path.stat().st_size
    series = lake.site_data("site").read("press/temp")
    assert (series.times[0], series.times[-1]) == (report.first, report.last)
    assert series.values[:3].tolist() == [20.0, 20.1, 20.2]
    words = lake.site_data("site").read_text("press/label")
    assert [words.words[code] for code in words.codes[:2]] == ["NG", "OK"]


def test_any_engine_can_read_the_table(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(100)))

    delta = DeltaTable(tmp_path / "lake" / "tables" / "site" / "data")
    query = "SELECT count(*), max(temp) FROM read_parquet(?)"
    rows = duckdb.connect().execute(query, [delta.file_uris()]).fetchone()
    names = [field.name for field in delta.schema().fields]
    assert rows == (100, 20.6)
    assert names == ["_row", "_time", "temp", "label", "import_id"]


def test_files_with_the_same_columns_share_a_table(tmp_path: Path, lake: Lake) -> None:
    first = bring(lake, make_file(tmp_path, make_rows(50), "may.csv"), "may")
    second = bring(lake, make_file(tmp_path, make_rows(70), "june.csv"), "june")

    assert (first.frame, second.frame) == ("may", "may")
    assert [info.rows for info in lake.list_series("site")] == [120, 120]
    assert len(lake.site_data("site", imports=["june"]).read("may/temp").values) == 70


def test_a_column_more_or_less_leaves_gaps_not_losses(tmp_path: Path, lake: Lake) -> None:
    narrow = "time,a,b,c,d\n2024-05-01 00:00:00,1.5,2,3,4\n2024-05-01 00:01:00,1.6,2,3,4\n"
    wide = "time,a,b,c,d,판정\n2024-05-02 00:00:00,1.7,2,3,4,양품\n"
    bring(lake, make_file(tmp_path, narrow), "narrow")
    bring(lake, make_file(tmp_path, wide), "wide")

    data = lake.site_data("site")
    words = data.read_text("data/판정")
    assert words.codes.tolist() == [-1, -1, 0]
    assert words.times.tolist() == data.read("data/a").times.tolist()
    assert words.info.rows == 3


def test_whole_numbers_that_become_fractions_lose_nothing(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, "t,n\n2024-05-01 00:00,1\n2024-05-01 00:01,7\n"), "whole")
    bring(lake, make_file(tmp_path, "t,n\n2024-05-02 00:00,1.25\n2024-05-02 00:01,2.5\n"), "parts")

    assert lake.site_data("site").read("data/n").values.tolist() == [1.0, 7.0, 1.25, 2.5]


def test_a_tag_that_turns_to_words_gets_a_table_of_its_own(tmp_path: Path, lake: Lake) -> None:
    numbers = make_file(tmp_path, "time,a\n2024-05-01 00:00,1.5\n2024-05-01 00:01,1.6\n", "a.csv")
    words = make_file(tmp_path, "time,a\n2024-05-02 00:00,on\n2024-05-02 00:01,off\n", "b.csv")
    bring(lake, numbers, "numbers")

    report = bring(lake, words, "words")

    assert report.frame == "b"
    with pytest.raises(MappingError, match="a 열은 숫자와 글자를 함께"):
        lake.import_file(words, propose(inspect(words)), site="site", import_id="x", frame="a")
    assert [m.import_id for m in lake.list_imports("site")] == ["numbers", "words"]


def test_a_table_with_times_takes_no_rows_without(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(5)), "timed")
    path = make_file(tmp_path, "temp,label\n1.5,OK\n1.6,NG\n", "plain.csv")

    with pytest.raises(MappingError, match="이 표와 형식이 다릅니다: data"):
        lake.import_file(path, propose(inspect(path)), site="site", import_id="x", frame="data")

    assert [m.import_id for m in lake.list_imports("site")] == ["timed"]


def test_a_chosen_table_name_is_used(tmp_path: Path, lake: Lake) -> None:
    path = make_file(tmp_path, make_rows(5))

    report = lake.import_file(
        path, propose(inspect(path)), site="site", import_id="x", frame="1호 프레스"
    )

    assert report.series[0].id == "1호_프레스/temp"


def test_other_columns_under_the_same_file_name_get_a_number(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(5)), "one")
    other = make_file(tmp_path, "time,p,q\n2024-05-01 00:00,1.5,2.5\n2024-05-01 00:01,1,2\n")

    assert bring(lake, other, "two").frame == "data-2"


def test_undo_takes_out_exactly_its_rows(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(50)), "first")
    before = left_in(tmp_path / "lake")
    rows = make_rows(70).splitlines()
    rows[9] = "never,20.1,OK"
    bring(lake, make_file(tmp_path, "\n".join(rows)), "second")

    lake.remove_import("site", "second")

    kept = [name for name in left_in(tmp_path / "lake") if "_delta_log" not in name]
    assert kept == [name for name in before if "_delta_log" not in name]
    assert lake.site_data("site").read("data/temp").values.tolist() == [
        20 + i % 7 / 10 for i in range(50)
    ]
    assert lake.count_quarantine("second") == 0


def test_undo_of_everything_and_again(tmp_path: Path, lake: Lake) -> None:
    path = make_file(tmp_path, make_rows(10))
    bring(lake, path, "one")
    lake.remove_import("site", "one")
    lake.remove_import("site", "one")
    assert lake.list_series("site") == ()

    report = bring(lake, path, "one")

    assert report.accepted == 10
    assert lake.site_data("site").read("data/temp").info.rows == 10


def test_an_import_id_is_used_once(tmp_path: Path, lake: Lake) -> None:
    path = make_file(tmp_path, make_rows(10))
    bring(lake, path, "one")

    with pytest.raises(StoreError, match="이미 가져온 번호"):
        bring(lake, path, "one")

    assert [m.rows for m in lake.list_imports("site")] == [10]


def test_sites_do_not_see_each_other(tmp_path: Path, lake: Lake) -> None:
    rows = make_rows(10).splitlines()
    rows[2] = "never,20.1,OK"
    path = make_file(tmp_path, "\n".join(rows))
    bring(lake, path, "one", site="a")
    bring(lake, path, "two", site="b")

    lake.remove_import("a", "two")

    assert [m.import_id for m in lake.list_imports("b")] == ["two"]
    assert lake.count_quarantine("two") == 1
    with pytest.raises(StoreError, match="없는 데이터 계열"):
        lake.site_data("a", imports=["two"]).read("data/temp")


def test_a_file_without_a_good_row_leaves_only_its_quarantine(tmp_path: Path, lake: Lake) -> None:
    good = make_file(tmp_path, make_rows(5))
    mapping = propose(inspect(good))
    bad = make_file(tmp_path, "time,temp,label\nnever,1,OK\nnever,2,NG\n", "bad.csv")

    report = bring(lake, bad, "bad", mapping=mapping)

    assert (report.accepted, report.refused, report.frame, report.series) == (0, 2, "", ())
    assert left_in(tmp_path / "lake") == ["quarantine/bad.parquet"]
    with pytest.raises(StoreError, match="이미 가져온 번호"):
        bring(lake, bad, "bad", mapping=mapping)


def test_a_commit_that_fails_takes_everything_back(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = make_rows(10).splitlines()
    rows[2] = "never,20.1,OK"
    path = make_file(tmp_path, "\n".join(rows))

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(store, "commit", fail)
    with pytest.raises(RuntimeError):
        bring(lake, path)

    assert left_in(tmp_path / "lake") == []
    assert lake.list_series("site") == ()


def test_a_crash_after_the_commit_is_taken_back_too(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(lake, make_file(tmp_path, make_rows(10)), "first")

    def fail(_: Path) -> None:
        raise RuntimeError

    monkeypatch.setattr(tables, "_sync_log", fail)
    with pytest.raises(RuntimeError):
        bring(lake, make_file(tmp_path, make_rows(20)), "second")
    monkeypatch.undo()

    lake.remove_import("site", "second")
    assert [m.import_id for m in lake.list_imports("site")] == ["first"]
    assert len(lake.site_data("site").read("data/temp").values) == 10


def test_a_damaged_log_is_said_in_words(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(10)), "first")
    log = tmp_path / "lake" / "tables" / "site" / "data" / "_delta_log"
    (log / "00000000000000000000.json").write_text("{broken")

    with pytest.raises(StoreError, match="보관함의 기록을 읽을 수 없습니다"):
        lake.list_series("site")


def test_imports_of_one_site_at_the_same_time_all_land(tmp_path: Path, lake: Lake) -> None:
    paths = [make_file(tmp_path, make_rows(200 + i), f"file{i}.csv") for i in range(4)]
    threads = [threading.Thread(target=bring, args=(lake, p, f"i{n}")) for n, p in enumerate(paths)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(m.rows for m in lake.list_imports("site")) == [200, 201, 202, 203]
    assert sorted(m.sequence for m in lake.list_imports("site")) == [1, 2, 3, 4]
    assert {m.frame for m in lake.list_imports("site")} == {lake.list_imports("site")[0].frame}


def test_many_imports_write_a_checkpoint(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_CHECKPOINT_EVERY", 3)
    for number in range(5):
        bring(lake, make_file(tmp_path, make_rows(5)), f"n{number}")

    log = tmp_path / "lake" / "tables" / "site" / "data" / "_delta_log"
    assert [p.name for p in log.glob("*.checkpoint.parquet")] == [
        "00000000000000000003.checkpoint.parquet"
    ]
    assert len(lake.site_data("site").read("data/temp").values) == 25


def test_large_imports_are_cut_into_parts_in_order(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dure.engines.lake.parts.GROUP_ROWS", 1_000)
    monkeypatch.setattr("dure.engines.lake.parts.FILE_BYTES", 50_000)
    monkeypatch.setattr("dure.engines.lake.blocks.BLOCK_BYTES", 20_000)
    path = make_file(tmp_path, gzip.compress(make_rows(20_000).encode()), "big.csv.gz")

    bring(lake, path)

    manifest = lake.list_imports("site")[0]
    assert len(manifest.files) == 8
    assert lake.site_data("site").read("big/temp").values.tolist() == [
        20 + i % 7 / 10 for i in range(20_000)
    ]


def test_a_long_table_gives_each_tag_its_own_times(tmp_path: Path, lake: Lake) -> None:
    lines = ["시각,태그명,값"]
    for minute in range(30):
        lines.append(f"2024-05-01 00:{minute:02}:00,온도 A,{20 + minute}")
        if minute % 2:
            lines.append(f"2024-05-01 00:{minute:02}:30,압력,{minute}")
    lines.append("2024-05-01 00:31:00,,5")

    report = bring(lake, make_file(tmp_path, "\n".join(lines), "long.csv"))

    assert [(s.id, s.frame, s.rows) for s in report.series] == [
        ("long/온도_A", "long/온도_A", 30),
        ("long/압력", "long/압력", 15),
    ]
    assert (report.accepted, report.refused) == (45, 1)
    pressure = lake.site_data("site").read("long/압력")
    assert pressure.values.tolist() == [float(m) for m in range(1, 30, 2)]
    assert set(np.diff(pressure.times).tolist()) == {120_000_000}


def test_a_label_of_numbers_reads_as_numbers_and_as_words(tmp_path: Path, lake: Lake) -> None:
    text = "time,passorfail\n" + "\n".join(f"2024-05-01 00:{i:02},{i % 2}" for i in range(30))
    report = bring(lake, make_file(tmp_path, text))

    data = lake.site_data("site")
    assert report.series[0].role is ColumnRole.LABEL
    assert data.read("data/passorfail").values[:3].tolist() == [0.0, 1.0, 0.0]
    assert data.read_text("data/passorfail").words == ("0", "1")


def test_words_cannot_be_read_as_numbers(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(10)))

    with pytest.raises(StoreError, match="글자로 된 데이터 계열"):
        lake.site_data("site").read("data/label")


def test_table_without_times(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, "a,b,c,d,e\n1.5,2,3,4,5\n1.6,2,3,4,5\n"), "one")
    bring(lake, make_file(tmp_path, "a,b,c,d\n1.7,2,3,4\n1.8,2,3,4\n"), "two")

    data = lake.site_data("site")
    assert data.read("data/a").values.tolist() == [1.5, 1.6, 1.7, 1.8]
    assert np.isnan(data.read("data/e").values[2:]).all()
    assert len(data.read("data/e").times) == 0


def _as_text(mapping: Mapping, tag: str) -> Mapping:
    columns = tuple(
        replace(c, role=ColumnRole.LABEL, kind=Kind.TEXT) if c.tag == tag else c
        for c in mapping.columns
    )
    return replace(mapping, columns=columns)


def test_a_person_may_keep_numbers_as_words(tmp_path: Path, lake: Lake) -> None:
    path = make_file(tmp_path, "time,code\n2024-05-01 00:00,7\n2024-05-01 00:01,12.5\n")

    bring(lake, path, mapping=_as_text(propose(inspect(path)), "code"))

    assert lake.site_data("site").read_text("data/code").words == ("7", "12.5")


def test_a_table_that_refuses_the_commit_is_said(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DeltaError("conflict")

    monkeypatch.setattr(tables, "create_table_with_add_actions", refuse)

    with pytest.raises(StoreError, match="보관함이 기록을 받지 않았습니다: conflict"):
        bring(lake, make_file(tmp_path, make_rows(5)))

    assert left_in(tmp_path / "lake") == []


def test_other_trouble_with_the_disk_is_not_called_full(
    tmp_path: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("dure.engines.lake.parts.sync", fail)

    with pytest.raises(PermissionError):
        bring(lake, make_file(tmp_path, make_rows(5)))

    assert left_in(tmp_path / "lake") == []


def test_a_table_is_joined_only_beside_the_named_imports(tmp_path: Path, lake: Lake) -> None:
    def come(import_id: str, content: str, *beside: str) -> str:
        path = make_file(tmp_path, content, f"{import_id}.csv")
        mapping = replace(propose(inspect(path)), title="data")
        frame = Beside(frozenset(beside))
        return lake.import_file(path, mapping, site="site", import_id=import_id, frame=frame).frame

    long = "시각,태그,값\n" + "".join(
        f"2024-05-01 00:{i:02}:00,{tag},{i}\n" for i in range(9) for tag in ("온도", "압력")
    )

    assert come("one", make_rows(5)) == "data"
    assert come("two", make_rows(6)) == "data-2"
    assert come("three", make_rows(7), "one") == "data"
    assert come("four", make_rows(8), "two", "other") == "data-2"
    assert [come("l1", long), come("l2", long), come("l3", long, "l1")] == [
        "data-3",
        "data-4",
        "data-3",
    ]


def test_rows_refused_for_a_reason_are_found_again(tmp_path: Path, lake: Lake) -> None:
    rows = make_rows(10).splitlines()
    rows[3] = "1900-01-01 00:00:00,20.1,OK"
    rows[4] = "2024-05-01 00:03:00,hot,OK"
    bring(lake, make_file(tmp_path, "\n".join(rows)))

    found = lake.refused_values("one", {reason.source for reason in IMPOSSIBLE_TIMES})

    assert found == [(4, "1900-01-01 00:00:00")]
    assert lake.refused_values("none", {"x"}) == []


def test_a_tag_is_not_taken_for_the_beginning_of_another(tmp_path: Path, lake: Lake) -> None:
    rows = ["time,temp,temp.max"] + [f"2024-05-01 00:{i:02}:00,{i},{i + 100}" for i in range(20)]
    bring(lake, make_file(tmp_path, "\n".join(rows)))

    data = lake.site_data("site")

    assert data.read("data/temp").values.tolist() == list(range(20))
    assert data.read("data/temp.max").values.tolist() == list(range(100, 120))
