"""Dates that cannot be, and columns whose names promise what their values break."""

import numpy as np
import pytest
from tests.engines.levels.making import TODAY, doubt, doubts, grid, measured
from tests.engines.sites import DAY, SECOND, START, MadeSite, every, walk

from dure.engines.kpi.frames import read_frames
from dure.engines.lake.findings import Severity
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Doubt
from dure.engines.levels.integrity.dates import RefusedDate
from dure.engines.levels.integrity.verdict import trust_left
from dure.engines.levels.measure import measure
from dure.engines.levels.written_dates import NO_DATE, dates_in

HOUR = 3_600 * SECOND
MIDNIGHT = START - 8 * HOUR


def test_dates_before_and_after_any_factory_are_told() -> None:
    times = every(60, 100)
    times[[3, 4]] = [-2_208_988_800 * SECOND, START + 400 * DAY]

    found = doubt(measured(MadeSite().add("a", walk(100, 1), times)), Doubt.CALENDAR)

    assert (found.severity, found.rows) == (Severity.ERROR, (4, 5))
    assert "2행의 시각이 있을 수 없는 날짜입니다(가장 이른 것 1900-01-01" in str(found.text)


def test_dates_a_spreadsheet_filled_in_are_told() -> None:
    """Every further row eighteen years on, as dragging a cell does."""
    times = every(60, 100)
    times[90:] = START + np.arange(10) * 18 * 365 * DAY + 1_000 * DAY

    result = measured(MadeSite().add("a", walk(100, 1), times))

    assert "10가지가 6,570일씩 똑같이 벌어집니다." in str(doubt(result, Doubt.DATE_FILL).text)


def test_impossible_dates_without_a_pattern_are_no_filling() -> None:
    times = every(60, 100)
    times[90:] = START + np.cumsum(np.random.default_rng(1).integers(400, 9_000, 10)) * DAY

    assert Doubt.DATE_FILL not in doubts(measured(MadeSite().add("a", walk(100, 1), times)))


def test_refused_dates_are_told_with_examples() -> None:
    written = [f"{2138 + 59 * i}-06-15 0:00" for i in range(6)] + [
        "1900-01-00",
        "no date",
        "2021-2-30",
    ]
    refused = [RefusedDate("table", 10 + i, text) for i, text in enumerate(written)]

    result = measured(MadeSite().add("a", walk(100, 1), every(60, 100)), refused=refused)

    calendar, filled = doubt(result, Doubt.CALENDAR), doubt(result, Doubt.DATE_FILL)
    assert calendar.rows == filled.rows == (10, 18)
    assert "9행의 시각이 있을 수 없는 날짜입니다(예: 2138-06-15 0:00, 2197" in str(calendar.text)
    assert not result.looks_fabricated
    assert trust_left(result.integrity) == pytest.approx(0.7 * (1 - 0.3 * 0.99))


def test_rows_that_share_a_day_are_told() -> None:
    times = MIDNIGHT + np.repeat(np.arange(10), 30) * DAY

    found = doubt(measured(MadeSite().add("a", walk(300, 1), times)), Doubt.CALENDAR)

    assert (found.severity, "보통 30행" in str(found.text)) == (Severity.WARNING, True)


def test_a_few_rows_out_of_order_are_told() -> None:
    times = every(60, 100)
    times[[50, 51]] = times[[51, 50]]

    assert "앞 행보다 이른 시각이 1곳" in str(
        doubt(measured(MadeSite().add("a", walk(100, 1), times)), Doubt.ORDER).text
    )


def test_midnights_dated_a_day_early_are_understood() -> None:
    """A meter that writes the end of the day as 00:00 of that same day."""
    times = MIDNIGHT + np.arange(1, 10 * 96 + 1) * 900 * SECOND
    times[95::96] -= DAY

    found = doubt(measured(MadeSite().add("kwh", walk(960, 1), times)), Doubt.ORDER)

    assert "거꾸로 가는 10행이 모두 0시입니다." in str(found.text)


def test_only_weekends_are_told() -> None:
    saturday = MIDNIGHT + 5 * DAY
    days = np.concatenate([saturday + week * 7 * DAY + np.arange(2) * DAY for week in range(4)])
    times = np.sort(np.concatenate([day + np.arange(20) * HOUR for day in days]))

    found = doubt(measured(MadeSite().add("a", walk(160, 1), times)), Doubt.CALENDAR)

    assert "8일 모두 토요일이나 일요일입니다." in str(found.text)
    assert measured(MadeSite().add("a", walk(20, 1), times[:20])).integrity == ()


def test_nothing_possible_raises_no_weekend() -> None:
    site = MadeSite().add("a", walk(40, 1), np.arange(40) * DAY)

    assert doubts(measure(site, grid=grid(), as_of=TODAY, now=0)) == {
        Doubt.CALENDAR,
        Doubt.DATE_FILL,
    }


def bonds(**columns: object) -> MadeSite:
    site = MadeSite()
    for name, values in columns.items():
        site.add(name, np.asarray(values, np.float64))
    return site


PASSED = np.abs(walk(200, 1)) % 100


@pytest.mark.parametrize(
    ("site", "severity", "said"),
    [
        (
            bonds(pass_rate=PASSED, fail_rate=PASSED[::-1]),
            Severity.ERROR,
            "더해서 100%여야 하는 두 열",
        ),
        (
            bonds(uptime=PASSED, downtime=100 - PASSED, utilization=PASSED[::-1]),
            Severity.ERROR,
            "계산한 가동률이 적힌 값(utilization)과 다른",
        ),
        (
            bonds(수율=PASSED, 불량=np.random.default_rng(1).integers(0, 9, 200)),
            Severity.WARNING,
            "불량이 늘어도 수율은 그대로입니다",
        ),
    ],
    ids=["sum", "ratio", "sign"],
)
def test_broken_bonds_are_told(site: MadeSite, severity: Severity, said: str) -> None:
    found = doubt(measured(site), Doubt.RELATION)

    assert found.severity is severity
    assert said in str(found.text)


@pytest.mark.parametrize(
    "site",
    [
        bonds(pass_rate=PASSED, fail_rate=100 - PASSED),
        bonds(pass_rate=PASSED / 100, fail_rate=1 - PASSED / 100),
        bonds(uptime=PASSED, downtime=100 - PASSED, utilization=PASSED),
        MadeSite().add("yield", 100 - PASSED).add("defects", PASSED),
        bonds(수율=PASSED, 불량=np.zeros(200)),
        MadeSite().add("yield strength", walk(200, 1)).add("defects", PASSED),
        bonds(pass_rate=PASSED[:20], fail_rate=PASSED[:20]),
        bonds(수율=PASSED[:50], 불량=PASSED[:50]),
        bonds(pass_rate=PASSED),
    ],
    ids=[
        "percent",
        "fractions",
        "ratio",
        "yield",
        "no defects",
        "strength",
        "few",
        "few pairs",
        "alone",
    ],
)
def test_kept_bonds_are_not(site: MadeSite) -> None:
    assert Doubt.RELATION not in doubts(measured(site))


def test_one_column_cannot_break_its_own_bond() -> None:
    """`양품률` answers to both names of the law of shares."""
    assert Doubt.RELATION not in doubts(measured(bonds(합격률_불합격률=PASSED)))


def dated(ends: list[str | None], starts: list[str] | None = None) -> MadeSite:
    site = MadeSite().add("납품일", ends, every(86_400, len(ends)), role=ColumnRole.LOT)
    if starts is not None:
        site.add("주문일", starts, every(86_400, len(starts)), role=ColumnRole.LOT)
    return site


def test_deliveries_before_their_orders_are_told() -> None:
    orders = [f"2026-06-{1 + i % 28:02}" for i in range(60)]
    early = [f"2026-05-{1 + i % 28:02} 09:30" for i in range(60)]

    found = doubt(measured(dated(list(early), orders)), Doubt.RELATION)

    assert "이른 행이 100%입니다." in str(found.text)
    assert Doubt.RELATION not in doubts(measured(dated(list(orders), early)))
    assert Doubt.RELATION in doubts(measured(dated(["2026-01-01"] * 60)))
    assert Doubt.RELATION not in doubts(measured(dated(["2026-01-01"] * 9)))
    assert Doubt.RELATION not in doubts(measured(dated(["곧"] * 60)))


def test_dates_in_words_are_korean_and_empty_cells_stay_empty() -> None:
    def read(words: list[str | None]) -> list[int] | None:
        (frame,) = read_frames(MadeSite().add("d", words, role=ColumnRole.LOT))
        found = dates_in(frame.words[0])
        return None if found is None else found.tolist()

    assert read(["2026-09-07 08:00", None, "2026/09/07"]) == [START, NO_DATE, MIDNIGHT]
    assert read(["2026-02-30"]) is None
    assert read(["7월 3일"]) is None
    assert read([None, None]) is None


def test_names_that_count_up_row_by_row_were_dragged() -> None:
    site = MadeSite().add("Machine_Name", [f"Press-{i:02}" for i in range(40)], role=ColumnRole.LOT)

    found = doubt(measured(site), Doubt.RUNNING_NAME)

    assert "(Press-00, Press-01, …)" in str(found.text)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Machine_Name", [f"Press-{i % 4}" for i in range(40)]),
        ("serial", [f"S{i:05}" for i in range(40)]),
        ("설비명", ["열처리로"] * 40),
        ("설비명", [f"로{i}" for i in range(5)]),
    ],
    ids=["machines in turn", "serial numbers", "one machine", "few rows"],
)
def test_names_that_do_not(name: str, words: list[str]) -> None:
    site = MadeSite().add(name, words, role=ColumnRole.LOT)

    assert Doubt.RUNNING_NAME not in doubts(measured(site))
