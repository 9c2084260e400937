"""Charts keep every peak and every gap; figures and exports say what was measured."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.lake.making import bring, make_file, make_rows

from dure.engines.lake.errors import MappingError, StoreError
from dure.engines.lake.exporting import export_csv, export_parquet, stream_csv
from dure.engines.lake.query import downsample, summary
from dure.engines.lake.store import Lake

SECOND = 1_000_000


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def micros(text: str) -> int:
    """Microseconds UTC of a Korean local time."""
    return int(datetime.fromisoformat(text + "+09:00").astimezone(UTC).timestamp()) * SECOND


def test_every_pixel_has_its_smallest_and_largest_value(tmp_path: Path, lake: Lake) -> None:
    values = np.random.default_rng(1).normal(20, 3, 3_600).round(3)
    values[1_234] = 99.0
    lines = [
        f"2024-05-01 {i // 3600:02}:{i // 60 % 60:02}:{i % 60:02},{v}" for i, v in enumerate(values)
    ]
    bring(lake, make_file(tmp_path, "time,temp\n" + "\n".join(lines)))

    chart = downsample(lake, "site", "data/temp", micros("2024-05-01T00:00:00"), None, 60)

    bins = values.reshape(60, 60)
    assert chart.timed
    assert chart.lo.tolist() == bins.min(axis=1).tolist()
    assert chart.hi.tolist() == bins.max(axis=1).tolist()
    assert chart.first.tolist() == bins[:, 0].tolist()
    assert chart.last.tolist() == bins[:, -1].tolist()
    assert chart.count.tolist() == [60] * 60
    assert not chart.gap_before.any()


def test_gaps_stay_gaps_at_any_zoom(tmp_path: Path, lake: Lake) -> None:
    rows = [line for line in make_rows(180).splitlines() if not line.startswith("2024-05-01 01:")]
    bring(lake, make_file(tmp_path, "\n".join(rows)))

    for pixels in (6, 60, 2_000):
        chart = downsample(lake, "site", "data/temp", None, None, pixels)

        after = chart.t[chart.gap_before].tolist()
        assert after == [micros("2024-05-01T02:00:00")]
        assert int(chart.count.sum()) == 120


def test_only_the_asked_period_is_drawn(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(600)))

    chart = downsample(
        lake, "site", "data/temp", micros("2024-05-01T01:00:00"), micros("2024-05-01T02:00:00"), 10
    )

    assert int(chart.count.sum()) == 60
    assert chart.t[0] == micros("2024-05-01T01:00:00")
    none = downsample(lake, "site", "data/temp", 0, 1, 10)
    assert (len(none.t), len(none.gap_before)) == (0, 0)


def test_rows_out_of_order_and_in_several_imports_are_placed(tmp_path: Path, lake: Lake) -> None:
    head, *rows = make_rows(120).splitlines()
    bring(lake, make_file(tmp_path, "\n".join([head, *rows[60:][::-1]])), "late")
    bring(lake, make_file(tmp_path, "\n".join([head, *rows[:60]])), "early")

    chart = downsample(lake, "site", "data/temp", None, None, 120)

    assert chart.first.tolist() == [20 + i % 7 / 10 for i in range(120)]


def test_series_without_time_is_drawn_by_position(tmp_path: Path, lake: Lake) -> None:
    rows = [f"{i},{i * 2 if i % 10 else ''}" for i in range(100)]
    rows[40:50] = [f"{i}," for i in range(40, 50)]
    bring(lake, make_file(tmp_path, "a,b\n" + "\n".join(rows)))

    chart = downsample(lake, "site", "data/b", None, None, 10)

    assert not chart.timed
    assert chart.t.tolist() == [1, 11, 21, 31, 51, 61, 71, 81, 91]
    assert chart.lo.tolist() == [2, 22, 42, 62, 102, 122, 142, 162, 182]
    assert chart.last.tolist() == [18, 38, 58, 78, 118, 138, 158, 178, 198]
    assert chart.gap_before.tolist() == [False] * 4 + [True] + [False] * 4
    assert len(downsample(lake, "site", "data/b", 40, 50, 10).t) == 0


def test_long_table_is_drawn_with_its_own_cadence(tmp_path: Path, lake: Lake) -> None:
    lines = ["시각,태그명,값"]
    for minute in range(60):
        lines.append(f"2024-05-01 00:{minute:02}:00,A,{minute}")
        if minute % 5 == 0 and minute != 30:
            lines.append(f"2024-05-01 00:{minute:02}:00,B,{minute}")
    bring(lake, make_file(tmp_path, "\n".join(lines), "long.csv"))

    slow = downsample(lake, "site", "long/B", None, None, 600)
    one = downsample(lake, "site", "long/B", 0, micros("2024-05-01T00:01:00"), 5)

    assert (len(slow.t), int(slow.gap_before.sum()), len(one.t)) == (11, 0, 1)


@pytest.mark.parametrize(
    ("series", "start", "end", "pixels", "said"),
    [
        ("data/none", None, None, 10, "없는 데이터 계열"),
        ("data/label", None, None, 10, "글자로 된 데이터 계열"),
        ("data/temp", None, None, 0, "그래프 너비는"),
        ("data/temp", None, None, 10_000, "그래프 너비는"),
        ("data/temp", 10, 5, 10, "기간의 끝이 시작보다"),
    ],
)
def test_bad_questions(
    tmp_path: Path,
    lake: Lake,
    series: str,
    start: int | None,
    end: int | None,
    pixels: int,
    said: str,
) -> None:
    bring(lake, make_file(tmp_path, make_rows(10)))

    with pytest.raises(StoreError, match=said):
        downsample(lake, "site", series, start, end, pixels)


def test_figures_of_a_series(tmp_path: Path, lake: Lake) -> None:
    rows = ("00:00,1.5,", "00:01,,", "00:02,2.5,", "00:03,3.5,1")
    text = "time,a,b\n" + "\n".join(f"2024-05-01 {row}" for row in rows)
    bring(lake, make_file(tmp_path, text))

    figures = summary(lake, "site", "data/a")

    assert (figures.rows, figures.filled, figures.minimum, figures.maximum) == (4, 3, 1.5, 3.5)
    assert (figures.mean, figures.deviation, figures.cadence_seconds) == (2.5, 1.0, 60.0)
    assert figures.first == micros("2024-05-01T00:00:00")
    assert summary(lake, "site", "data/b").deviation is None


def test_csv_export_is_local_and_safe(tmp_path: Path, lake: Lake) -> None:
    text = "time,온도(°C),메모\n2024-05-01 00:00,1.5,=1+1\n2024-05-01 00:01,,\n"
    bring(lake, make_file(tmp_path, text))

    rows = export_csv(lake, "site", ["data/온도", "data/메모"], tmp_path / "out.csv")

    assert rows == 2
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig") == (
        "time,온도 [°C],메모\n2024-05-01 00:00:00,1.5,'=1+1\n2024-05-01 00:01:00,,\n"
    )


def test_exports_of_several_imports_fill_what_one_lacks(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, "a,b,c,d\n1.5,2,3,4\n1.6,2,3,4\n"), "one")
    bring(lake, make_file(tmp_path, "a,b,c,d,e\n1.7,2,3,4,x\n1.8,2,3,4,y\n"), "two")

    count = export_parquet(lake, "site", ["data/a", "data/e"], tmp_path / "out.parquet")

    table = pq.read_table(tmp_path / "out.parquet")
    assert count == 4
    assert table.to_pydict() == {"a": [1.5, 1.6, 1.7, 1.8], "e": [None, None, "x", "y"]}


def test_long_export(tmp_path: Path, lake: Lake) -> None:
    lines = ["시각,태그명,값"] + [f"2024-05-01 00:{m:02}:00,A,{m}" for m in range(5)]
    bring(lake, make_file(tmp_path, "\n".join(lines), "long.csv"))

    export_parquet(lake, "site", ["long/A"], tmp_path / "out.parquet")

    table = pq.read_table(tmp_path / "out.parquet")
    assert table["A"].to_pylist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert table["_time"].type == pa.timestamp("us", tz="UTC")


def test_exports_refuse_series_of_two_tables_and_unknown_zones(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(5)), "one")
    bring(lake, make_file(tmp_path, "p,q\n1.5,2.5\n1.6,2.6\n", "other.csv"), "two")
    target = tmp_path / "out.csv"

    with pytest.raises(StoreError, match="한 표의"):
        export_csv(lake, "site", ["data/temp", "other/p"], target)
    with pytest.raises(StoreError, match="한 표의"):
        export_parquet(lake, "site", [], target)
    with pytest.raises(StoreError, match="없는 데이터 계열"):
        export_parquet(lake, "site", ["data/none"], target)
    with pytest.raises(MappingError, match="알 수 없는 시간대"):
        export_csv(lake, "site", ["data/temp"], target, zone="Moon/Base")

    assert not target.exists()


def test_only_the_named_imports_are_drawn_summed_and_exported(tmp_path: Path, lake: Lake) -> None:
    bring(lake, make_file(tmp_path, make_rows(5), "data.csv"), "first")
    later = make_rows(6).replace("2024-05-01", "2024-05-02")
    bring(lake, make_file(tmp_path, later, "data.csv"), "second")

    drawn = downsample(lake, "site", "data/temp", None, None, 100, ["second"])
    figures = summary(lake, "site", "data/temp", ["first"])
    parts = list(stream_csv(lake, "site", ["data/temp"], imports=["second"]))

    assert int(drawn.count.sum()) == 6
    assert drawn.until.tolist() == drawn.t.tolist()
    assert figures.rows == 5
    assert [part.rows for part in parts] == [1, 6]
    assert export_csv(lake, "site", ["data/temp"], tmp_path / "all.csv") == 11
    with pytest.raises(StoreError):
        stream_csv(lake, "site", ["data/nothing"])


def test_a_pixel_says_until_when_its_points_reach(tmp_path: Path, lake: Lake) -> None:
    rows = [line for line in make_rows(180).splitlines() if not line.startswith("2024-05-01 01:")]
    bring(lake, make_file(tmp_path, "\n".join(rows)))

    drawn = downsample(lake, "site", "data/temp", None, None, 6)

    before = int(drawn.until[drawn.gap_before.nonzero()[0][0] - 1])
    assert before == micros("2024-05-01T00:59:00")
