"""Times as Korean factory systems write them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.lake.making import codes, look, read

from dure.engines.lake.errors import MappingError
from dure.engines.lake.times import DEFAULT_ZONE, TimeLayout, read_times

LOCAL = "2020-05-04T09:10:11"


def seoul(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC) - timedelta(hours=9)
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("written", "layout", "meant"),
    [
        ("2020-05-04 9:10", "ymd", "2020-05-04T09:10:00"),
        ("2020/05/04 9:10", "ymd", "2020-05-04T09:10:00"),
        ("2020.05.04 09:10:11", "ymd", LOCAL),
        ("2020. 5. 4. 9:10:11", "ymd", LOCAL),
        ("20200504091011", "ymd", LOCAL),
        ("20200504091011123", "ymd", LOCAL + ".123000"),
        ("202005040910", "ymd", "2020-05-04T09:10:00"),
        ("2020050409", "ymd", "2020-05-04T09:00:00"),
        ("20200504", "ymd", "2020-05-04T00:00:00"),
        ("20200504 091011", "ymd", LOCAL),
        ("20200504 0910", "ymd", "2020-05-04T09:10:00"),
        ("2020-05-04 오전 9:10:11", "ymd", LOCAL),
        ("2020-05-04 오후 9:10:11", "ymd", "2020-05-04T21:10:11"),
        ("2020-05-04 오전 12:10:11", "ymd", "2020-05-04T00:10:11"),
        ("2020-05-04 오후 12:10:11", "ymd", "2020-05-04T12:10:11"),
        ("2020-05-04 오후 21:10:11", "ymd", "2020-05-04T21:10:11"),
        ("2020-05-04 9:10:11 PM", "ymd", "2020-05-04T21:10:11"),
        ("2020년 5월 4일", "ymd", "2020-05-04T00:00:00"),
        ("2020년 5월 4일 오전 9시 10분 11초", "ymd", LOCAL),
        ("2020년 05월 04일(월) 09:10:11", "ymd", LOCAL),
        ("2020-05-04 월요일 09:10:11", "ymd", LOCAL),
        ("20-05-04 09:10:11", "ymd", LOCAL),
        ("2020-05-04 24:00:00", "ymd", "2020-05-05T00:00:00"),
        ("2020-05-04T09:10:11", "ymd", LOCAL),
        ("2020-05-04T09:10:11.5", "ymd", LOCAL + ".500000"),
        ("2020-05-04 09:10:11,123456789", "ymd", LOCAL + ".123456"),
        ("2020-05-04T00:10:11Z", "ymd", "2020-05-04T00:10:11+00:00"),
        ("2020-05-04 09:10:11 KST", "ymd", "2020-05-04T00:10:11+00:00"),
        ("2020-05-04T09:10:11+09:00", "ymd", "2020-05-04T00:10:11+00:00"),
        ("2020-05-04T09:10:11.250+0530", "ymd", "2020-05-04T03:40:11.250+00:00"),
        ("2020-05-04 09:10:11-03", "ymd", "2020-05-04T12:10:11+00:00"),
        ("2020-05", "ymd", "2020-05-01T00:00:00"),
        ("04/05/2020 09:10", "dmy", "2020-05-04T09:10:00"),
        ("05/04/2020 9:10:11 AM", "mdy", LOCAL),
        ("04-May-2020 09:10:11", "dmy", LOCAL),
        ("May 4, 2020 09:10:11", "mdy", LOCAL),
        ("Mon, 04 May 2020 09:10:11", "dmy", LOCAL),
        ("1588551011", "epoch_s", "2020-05-04T00:10:11+00:00"),
        ("1588551011.25", "epoch_s", "2020-05-04T00:10:11.250+00:00"),
        ("1588551011250", "epoch_ms", "2020-05-04T00:10:11.250+00:00"),
        ("1588551011250000", "epoch_us", "2020-05-04T00:10:11.250+00:00"),
        ("1588551011250000000", "epoch_ns", "2020-05-04T00:10:11.250+00:00"),
        ("43955.5", "excel", "2020-05-04T12:00:00"),
        ("43955", "excel", "2020-05-04T00:00:00"),
    ],
)
def test_a_written_time_is_read(written: str, layout: str, meant: str) -> None:
    read = read_times(pa.array([written, None, f" {written} "]), TimeLayout(layout), DEFAULT_ZONE)

    assert read.valid.tolist() == [True, False, True]
    assert read.micros[[0, 2]].tolist() == [seoul(meant)] * 2


@pytest.mark.parametrize(
    "written",
    [
        "1900-01-00 0:00",
        "2021-02-29",
        "2020-13-01",
        "2020-05-04 25:00",
        "2020-05-04 10:60",
        "2020-05-04 10:10:61",
        "2020-05-04 24:00:01",
        "2020-05-04 오전 13:00",
        "20201304",
        "202005",
        "1.2.3.4.5.6.7.8.9",
        "abc 2020-05-04",
        "어제",
        "12",
        "-",
        "2020-05-04 10:20:30.123 x",
        "9" * 40,
        ":" * 100 + "1",
        "1.5",
        "２０２０-０５-０４",
        "２020-05-04",
    ],
)
def test_what_is_no_time_is_not_read(written: str) -> None:
    read = read_times(pa.array([written]), TimeLayout.YEAR_FIRST, DEFAULT_ZONE)

    assert read.valid.tolist() == [False]


def test_a_column_may_mix_layouts() -> None:
    texts = ["2020-05-04 9:10", "2020-05-04 09:10:11", "20200504", "x", "2020/05/04", None]

    read = read_times(pa.array(texts), TimeLayout.YEAR_FIRST, DEFAULT_ZONE)

    assert read.valid.tolist() == [True, True, True, False, True, False]
    assert (
        read_times(pa.array([], pa.string()), TimeLayout.YEAR_FIRST, DEFAULT_ZONE).micros.size == 0
    )


def test_more_layouts_than_any_system_writes_are_left_unread() -> None:
    texts = [
        f"2020-05-04{'-/. '[i % 4]}{'-/. ,:'[i // 4 % 6]}{'-/.,'[i // 24]}1" for i in range(96)
    ]

    read = read_times(pa.array(texts), TimeLayout.YEAR_FIRST, DEFAULT_ZONE)

    assert 0 < int(read.valid.sum()) < 96


def test_another_zone_with_summer_time() -> None:
    texts = pa.array(["2020-01-01 12:00:00", "2020-07-01 12:00:00", "0001-01-01"])

    read = read_times(texts, TimeLayout.YEAR_FIRST, "America/New_York")

    assert read.micros[:2].tolist() == [
        seoul("2020-01-01T17:00:00+00:00"),
        seoul("2020-07-01T16:00:00+00:00"),
    ]
    for unknown in ("Nowhere", "../etc"):
        with pytest.raises(MappingError):
            read_times(texts, TimeLayout.YEAR_FIRST, unknown)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 1, 1)))  # noqa: DTZ001 - local times
def test_every_writing_of_a_moment_gives_the_same_instant(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    whole = f"{moment:%Y-%m-%d %H:%M:%S}"
    day = f"{moment.year}년 {moment.month}월 {moment.day}일"
    half = "오전" if moment.hour < 12 else "오후"
    texts = [
        f"{moment:%Y/%m/%d %H:%M:%S}.{moment.microsecond // 1000:03}",
        f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03}",
        f"{day} {half} {moment.hour % 12 or 12}시 {moment.minute}분 {moment:%S.%f}초",
        f"{whole}.{moment.microsecond:06}+09:00",
    ]

    read = read_times(pa.array(texts), TimeLayout.YEAR_FIRST, DEFAULT_ZONE)

    assert read.valid.all()
    assert set(read.micros.tolist()) == {seoul(moment.isoformat())}


def test_typed_times_with_and_without_zone() -> None:
    local = pa.array([datetime.fromisoformat(LOCAL), None], pa.timestamp("ms"))
    zoned = pa.array([datetime(2020, 5, 4, 0, 10, 11, tzinfo=UTC)], pa.timestamp("ns", tz="UTC"))

    assert read_times(local, TimeLayout.TYPED, DEFAULT_ZONE).micros[0] == seoul(LOCAL)
    assert read_times(local, TimeLayout.TYPED, DEFAULT_ZONE).valid.tolist() == [True, False]
    chunked = pa.chunked_array([zoned])
    assert read_times(chunked, TimeLayout.TYPED, DEFAULT_ZONE).micros[0] == seoul(LOCAL)


def column(folder: Path, header: str, cells: list[str], extra: str = "") -> tuple[str, str] | None:
    """Layout and resolution of the time found in a table of this column and a reading."""
    text = f"{header},temp{extra}\n" + "\n".join(f"{c},{20 + i % 3}.5" for i, c in enumerate(cells))
    time = look(folder, text).time
    return (time.layout.value, time.resolution) if time else None


def test_layouts_are_found(tmp_path: Path) -> None:
    seconds = [1_588_551_011 + i for i in range(30)]

    assert column(tmp_path, "ts", [str(s) for s in seconds]) == ("epoch_s", "second")
    assert column(tmp_path, "x", [str(s * 1000 + 250) for s in seconds]) == ("epoch_ms", "fraction")
    assert column(tmp_path, "작업일", [str(43_955 + i) for i in range(30)]) == ("excel", "day")
    assert column(tmp_path, "STD_DT", [f"202005{d:02}" for d in range(1, 31)]) == ("ymd", "day")
    assert column(tmp_path, "일시", [f"{d:02}/05/2020 10:00" for d in range(1, 31)]) == (
        "dmy",
        "minute",
    )
    assert column(tmp_path, "일시", [f"05/{d:02}/2020 10:00" for d in range(1, 31)]) == (
        "mdy",
        "minute",
    )


def test_numbers_that_only_look_like_times_are_readings(tmp_path: Path) -> None:
    assert column(tmp_path, "pressure", [str(40_000 + i * 7 % 100) for i in range(30)]) is None
    assert column(tmp_path, "serial", [str(20_201_345 + i * 100) for i in range(30)]) is None
    assert column(tmp_path, "cycle_time", [f"{i % 4}.{i}" for i in range(30)]) is None
    assert column(tmp_path, "time", ["x"] * 20 + ["2020-05-04"] * 10) is None


def test_the_order_that_cannot_be_told_is_said(tmp_path: Path) -> None:
    text = "date,a\n" + "\n".join(f"0{m}/0{m % 3 + 1}/2020,{m}.5" for m in range(1, 9))

    assert "ambiguous_date_order" in codes(look(tmp_path, text))


def test_date_and_clock_in_two_columns_are_joined(tmp_path: Path) -> None:
    for clock in ("9:10:{:02}", "0910{:02}", "오전 9:10:{:02}", "9시 10분 {:02}초"):
        text = "작업일,작업시간,temp\n" + "\n".join(
            f"2020-05-04,{clock.format(s)},{20 + s}" for s in range(20)
        )

        data = read(tmp_path, text)

        assert data.mapping.time is not None
        assert data.mapping.time.columns == (0, 1)
        assert data.read("data/temp").times[[0, 19]].tolist() == [
            seoul("2020-05-04T09:10:00"),
            seoul("2020-05-04T09:10:19"),
        ]


def test_a_shift_column_is_not_taken_for_a_clock(tmp_path: Path) -> None:
    text = "작업일,작업시간,temp\n" + "\n".join(
        f"2020-05-{d:02},{d % 3},{20 + d}" for d in range(1, 20)
    )

    time = look(tmp_path, text).time

    assert time is not None
    assert time.columns == (0,)


def test_minutes_only_with_several_rows_each_are_kept_and_said(tmp_path: Path) -> None:
    rows = [f"2020-05-04 0:{i // 6:02},{i}.5" for i in range(60)]
    data = read(tmp_path, "STD_DT,temp\n" + "\n".join(rows))

    assert data.inspection is not None
    assert "coarse_time" in codes(data.inspection)
    assert len(data.read("data/temp").values) == 60
    assert {f.code for f in data.findings} == {"repeated_times"}


def test_times_of_typed_columns_far_apart_stay_exact() -> None:
    read = read_times(
        pa.array(["1990-01-01 00:00:00", "2099-12-31 23:59:59"]),
        TimeLayout.YEAR_FIRST,
        DEFAULT_ZONE,
    )

    assert np.diff(read.micros).tolist() == [
        seoul("2099-12-31T23:59:59") - seoul("1990-01-01T00:00:00")
    ]
