"""중간1: signals that come by themselves, whole, and at once."""

import numpy as np
import numpy.typing as npt
import pytest
from tests.engines.levels.making import cell, measured
from tests.engines.sites import DAY, SECOND, START, MadeSite, every, walk

from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import CellFinding, Status


def signals(times: npt.NDArray[np.int64], names: str = "abc") -> MadeSite:
    site = MadeSite()
    for index, name in enumerate(names):
        site.add(name, walk(len(times), index), times)
    return site


def collection(site: MadeSite) -> CellFinding:
    return cell(measured(site), "automatic_collection")


def coverage(site: MadeSite) -> CellFinding:
    return cell(measured(site), "coverage")


def shots(count: int = 700, seed: int = 1) -> npt.NDArray[np.int64]:
    """Products that leave a machine every half minute or so."""
    steps = np.random.default_rng(seed).integers(18, 45, count)
    return START + np.cumsum(steps) * SECOND


def test_signals_by_a_clock() -> None:
    found = collection(signals(every(10, 700)))

    assert found.status is Status.SUPPORTED
    assert str(found.found) == "신호 3개(a, b, c)가 10초마다 들어오고, 간격의 100.0%가 일정합니다."
    assert found.series == ("table/a", "table/b", "table/c")


def test_one_record_per_product_faster_than_a_person_writes() -> None:
    found = collection(signals(shots(), "abcdefgh"))

    assert found.status is Status.SUPPORTED
    assert "사람이 적을 수 있는 속도가 아닙니다." in str(found.found)


@pytest.mark.parametrize(
    ("times", "names", "why"),
    [
        (every(900, 700), "abc", "실시간 수집으로 보는 1분보다 깁니다."),
        (every(10, 500), "abc", "신호마다 600행이 있어야 합니다."),
        (shots(), "abc", "사람도 적을 수 있는 속도입니다."),
        (np.random.default_rng(1).permutation(shots()), "abcdefgh", "순서 없이 섞여 있습니다."),
        (
            START + np.cumsum(np.random.default_rng(2).integers(1, 9, 700)) * 3_600 * SECOND,
            "abc",
            "시각에 분과 초가 없습니다.",
        ),
        (every(10, 700), "ab", "들어오고"),
    ],
    ids=["slow", "few rows", "few values", "shuffled", "hours only", "two signals"],
)
def test_what_is_no_automatic_collection(
    times: npt.NDArray[np.int64], names: str, why: str
) -> None:
    found = collection(signals(times, names))

    assert found.status is Status.NOT_SUPPORTED
    assert why in str(found.found)
    assert found.missing is not None


def test_rows_that_share_their_days_leave_the_cadence_unknown() -> None:
    midnight = START - START % DAY - 9 * 3_600 * SECOND
    times = midnight + np.sort(np.random.default_rng(1).integers(0, 9, 700)) * DAY

    found = collection(signals(times))

    assert (found.status, found.confidence) == (Status.CANNOT_TELL, 0.0)
    assert "같은 시각을 나누어 가져" in str(found.found)


def test_signals_without_times_leave_the_cadence_unknown() -> None:
    site = MadeSite().add("a", walk(700, 1)).add("b", walk(700, 2))

    assert "시각이 없어, 어떤 주기로" in str(collection(site).found)
    words = MadeSite().add("a", ["x", "y"] * 50, role=ColumnRole.LABEL)
    assert str(collection(words).found) == "설비가 잰 것으로 볼 숫자 신호가 없습니다."


def test_constant_and_counting_columns_are_no_signals() -> None:
    times = every(10, 700)
    site = signals(times, "ab").add("still", np.ones(700), times).add("no", np.arange(700.0), times)

    assert "신호 2개" in str(collection(site).found)


def test_the_same_names_of_several_tables_are_the_same_signals() -> None:
    site = MadeSite()
    for frame in ("m1", "m2"):
        for index, name in enumerate("ab"):
            site.add(name, walk(700, index), every(1, 700), frame=frame)

    assert collection(site).status is Status.NOT_SUPPORTED
    assert collection(site).rows is None


def test_tags_of_a_long_file_count_together() -> None:
    site = MadeSite()
    for index, tag in enumerate("abc"):
        site.add(tag, walk(700, index), every(1, 700), frame=f"log/{tag}")

    assert collection(site).status is Status.SUPPORTED


def test_coverage_of_a_clock_leaves_pauses_out() -> None:
    times = np.concatenate((every(1, 700), every(1, 700, START + DAY)))
    found = coverage(signals(times))

    assert found.status is Status.SUPPORTED
    assert "값의 100.0%가 있습니다(기록이 끊긴 곳 1곳은" in str(found.found)


@pytest.mark.parametrize(
    ("times", "why"),
    [
        (np.delete(every(1, 900), np.arange(1, 880, 8)), "값의 87.8%가 있습니다"),
        (np.sort(np.concatenate((every(1, 700), every(1, 700)[:80]))), "같은 시각이 겹친 행 10.3%"),
    ],
    ids=["rows lost", "rows twice"],
)
def test_what_is_no_whole_record(times: npt.NDArray[np.int64], why: str) -> None:
    found = coverage(signals(times))

    assert found.status is Status.NOT_SUPPORTED
    assert why in str(found.found)
    assert "값의 90% 이상이" in str(found.missing)


def test_newest_first_is_an_order_too() -> None:
    assert "순서가 뒤바뀐 행 0.0%" in str(coverage(signals(every(1, 700)[::-1].copy())).found)


def test_products_are_counted_by_their_running_number() -> None:
    times = shots()
    counter = np.arange(700.0)
    counter[300:] += 5

    found = coverage(signals(times, "abcdefgh").add("shot", counter, times, role=ColumnRole.COUNT))

    assert found.status is Status.SUPPORTED
    assert "shot 번호 704개 가운데 5개가 빠졌고" in str(found.found)


def test_products_are_counted_within_each_mould() -> None:
    times = shots()
    mould = np.random.default_rng(3).integers(0, 3, 700)
    counter = np.zeros(700)
    for one in range(3):
        counter[mould == one] = np.arange((mould == one).sum()) % 150
    site = signals(times, "abcdefgh").add("shot", counter, times, role=ColumnRole.COUNT)
    site.add("mould", [f"M{one}" for one in mould], times, role=ColumnRole.LABEL)

    assert "가운데 0개가 빠졌고" in str(coverage(site).found)


def test_products_without_a_running_number_leave_it_open() -> None:
    found = coverage(signals(shots(), "abcdefgh"))

    assert found.status is Status.CANNOT_TELL
    assert "생산 카운터나 일련번호 열을" in str(found.missing)


def test_without_signals_there_is_nothing_to_cover() -> None:
    assert "일정하게 들어오는 설비 신호가 없어" in str(coverage(signals(shots())).found)


def arrivals(late: npt.NDArray[np.float64], name: str = "received_at") -> MadeSite:
    times = every(10, len(late))
    local = times + (late * SECOND).astype(np.int64) + 9 * 3_600 * SECOND
    words = [str(np.datetime64(int(moment), "us"))[:23].replace("T", " ") for moment in local]
    return signals(times).add(name, words, times, role=ColumnRole.LOT)


def latency(site: MadeSite) -> CellFinding:
    return cell(measured(site), "arrival_latency")


def test_arrival_times_in_the_file_are_held_against_the_events() -> None:
    late = np.random.default_rng(1).uniform(1, 3, 700)

    found = latency(arrivals(late))

    assert found.status is Status.SUPPORTED
    assert "기록의 절반이 1.9" in str(found.found)
    assert "파일에 적힌 시각을 그대로 믿을 때" in str(found.found)


def test_a_nightly_transfer_is_not_at_once() -> None:
    found = latency(arrivals(np.linspace(40_000, 33_000, 700)))

    assert found.status is Status.NOT_SUPPORTED
    assert str(found.missing) == "기록의 95%가 1분 안에 도착하게 해 주세요."


@pytest.mark.parametrize(
    "site",
    [
        arrivals(np.full(700, -5.0)),
        arrivals(np.full(20, 2.0)),
        arrivals(np.full(700, 2.0), "delivery"),
        signals(every(1, 700)).add("수신처", ["A"] * 700, every(1, 700), role=ColumnRole.LABEL),
    ],
    ids=["before the event", "few rows", "another date", "no date"],
)
def test_without_arrival_times_real_time_is_unknown(site: MadeSite) -> None:
    found = latency(site)

    assert found.status is Status.CANNOT_TELL
    assert "나중에 올린 파일이어서" in str(found.found)
