"""Tables as engines see them: windows of rows, samples, and hashes of rows."""

import numpy as np
import pytest
from tests.engines.sites import START, MadeSite, every, walk

from dure.engines.kpi import frames
from dure.engines.kpi.first import first_kpis
from dure.engines.kpi.frames import Window, read_frames, sample_rows
from dure.engines.kpi.row_hash import RowHash, window_hashes
from dure.engines.lake.series import ColumnRole


def test_series_of_a_table_stand_together() -> None:
    site = (
        MadeSite()
        .add("temp", [1.0, np.nan, 3.0], every(1, 3))
        .add("state", ["run", None, "run"], every(1, 3), role=ColumnRole.LABEL)
        .add("other", [1.0, 2.0], frame="second")
    )

    first, second = read_frames(site)

    assert (first.name, first.rows, first.is_sampled) == ("table", 3, False)
    assert first.series_ids == ("table/temp", "table/state")
    assert (first.numbers[0].filled, first.numbers[0].distinct) == (2, 2)
    assert (first.words[0].filled, first.words[0].distinct) == (2, 1)
    assert (first.row_range, second.row_range) == ((1, 3), (1, 2))
    assert len(second.times) == 0


def test_columns_left_out_by_the_mapping_are_not_read() -> None:
    site = MadeSite().add("temp", [1.0, 2.0]).add("note", [5.0, 6.0], role=ColumnRole.IGNORE)

    (frame,) = read_frames(site)

    assert frame.series_ids == ("table/temp",)
    assert list(read_frames(MadeSite().add("note", [1.0], role=ColumnRole.IGNORE))) == []


def test_window_keeps_its_rows_and_their_numbers() -> None:
    site = MadeSite().add("temp", np.arange(10.0), every(1, 10)).add("bare", [1.0], frame="two")

    (frame,) = read_frames(site, Window(START + 3_000_000, START + 6_000_000))

    assert frame.row_numbers.tolist() == [4, 5, 6]
    assert frame.numbers[0].values.tolist() == [3.0, 4.0, 5.0]
    assert frame.row_range_of(0, 2) == (4, 6)
    (empty,) = read_frames(site, Window(0, 1))
    assert (empty.rows, empty.row_range) == (0, None)


def test_a_row_number_is_no_reading() -> None:
    site = MadeSite().add("no", np.arange(200.0)).add("temp", walk(200, 1))

    (frame,) = read_frames(site)

    assert [column.steady_step for column in frame.numbers] == [True, False]
    assert frame.hashed == ("table/temp",)


def test_long_tables_are_sampled_in_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "SAMPLE_ROWS", 80)

    assert sample_rows(80).tolist() == list(range(80))
    picked = sample_rows(1_000)
    assert (len(picked), picked[0], picked[-1]) == (80, 0, 999)
    assert int((np.diff(picked) != 1).sum()) == 7
    (frame,) = read_frames(MadeSite().add("temp", np.arange(1_000.0)))
    assert frame.is_sampled
    assert frame.numbers[0].values.tolist() == picked.tolist()
    assert frame.numbers[0].filled == 1_000


def test_equal_rows_hash_equally_and_others_do_not() -> None:
    hashes = RowHash()
    hashes.add("a", np.array([0.0, -0.0, 1.0, np.nan, np.nan, 1.0]))
    hashes.add("b", np.array([2.0, 2.0, 2.0, 3.0, 3.0, 2.5]))

    rows = hashes.values.tolist()

    assert hashes.series == ("a", "b")
    assert rows[0] == rows[1]
    assert rows[3] == rows[4]
    assert len(set(rows)) == 4


def test_windows_of_hashes() -> None:
    hashes = np.array([1, 2, 3, 1, 2, 3], np.uint64)

    windows = window_hashes(hashes, 3).tolist()

    assert len(windows) == 4
    assert windows[0] == windows[3]
    assert len(set(windows)) == 3
    assert window_hashes(hashes, 7).tolist() == []


def test_first_indicators_of_a_site_in_their_order() -> None:
    site = MadeSite().add("temp", walk(50, 1), every(60, 50))

    assert [kpi.key for kpi in first_kpis(site)] == [
        "good_rate",
        "cycle_time",
        "hourly_output",
        "completeness",
        "running_share",
    ]
    assert first_kpis(MadeSite())[3].value is None
