"""What the measurement says of real factories is true of each, and none is called a forger."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from tests.engines.levels.making import TODAY, cell, doubt, doubts, grid

from dure.engines.kpi.first import kpis_of
from dure.engines.kpi.indicator import KpiValue
from dure.engines.lake.findings import Severity
from dure.engines.lake.reading import read_file
from dure.engines.levels.findings import Doubt, Measurement, Status
from dure.engines.levels.integrity.dates import refused_dates
from dure.engines.levels.measure import end_of, measure_tables, read_tables


@dataclass(frozen=True)
class Truth:
    """What is known of a file: the level it can show, and sentences that are true of it."""

    file: str
    level: str
    says: tuple[tuple[str, str], ...] = ()


TRUTHS = (
    Truth("ai4i2020/ai4i2020.csv", "none", (("lot_history", "서로 다른 값이 10,000가지"),)),
    Truth(
        "cmapss_fd001/train_FD001.txt.gz",
        "basic",
        (("event_time", "20,631행에 순번이 있습니다. 시각이 없어"),),
    ),
    Truth("hydraulic_zema/TS1.txt.gz", "none", (("automatic_collection", "시각이 없어"),)),
    Truth("hydraulic_zema/profile.txt", "none", (("digitised_events", "2,205행이 있고"),)),
    Truth(
        "injection_moulding_airtlab/data.csv",
        "none",
        (("quality_analysis", "종류는 4가지입니다. 같은 기록에 설비 신호가 13개"),),
    ),
    Truth(
        "kamp_casting/casting.parquet",
        "mid1",
        (
            ("automatic_collection", "신호 19개"),
            ("automatic_collection", "1분에 값 17개꼴"),
            ("coverage", "count 번호 71,812개 가운데 13개가 빠졌고"),
            ("quality_analysis", "passorfail: 기록의 100.0%에 판정이 있고 종류는 2가지"),
        ),
    ),
    Truth(
        "kamp_cnc/experiment_01.csv.gz",
        "none",
        (
            ("setpoint_response", "X_ActualPosition 값이 100%에서 뒤따랐습니다"),
            ("closed_loop", "행을 구분할 시각이 없어"),
            ("quality_analysis", "종류는 1가지"),
        ),
    ),
    Truth("kamp_cnc/train.csv", "none", (("digitised_events", "기록 12행"),)),
    Truth(
        "kamp_heat_treatment/quality.xlsx",
        "basic",
        (
            ("derived_indicators", "총수량 = 양품수량 + 불량수량: 136행 가운데 100.0%"),
            ("lot_history", "배정번호: 기록의 100.0%에 적혀 있고 서로 다른 값이 136가지"),
            ("event_time", "시·분·초는 없습니다."),
        ),
    ),
    Truth(
        "kamp_heat_treatment/train.csv", "none", (("quality_analysis", "불량단계: 기록의 100.0%"),)
    ),
    Truth(
        "kamp_melting_tank/melting_tank.csv",
        "mid1",
        (
            ("automatic_collection", "6초마다 들어오고, 간격의 100.0%"),
            ("quality_analysis", "TAG: 기록의 100.0%에 판정이 있고 종류는 1가지"),
        ),
    ),
    Truth(
        "kamp_press/Press_RawDataSet.csv.gz",
        "basic",
        (
            ("event_time", "64,359행 가운데 62,725행(97.5%)에 날짜가 있습니다."),
            ("automatic_collection", "같은 시각을 나누어 가져"),
        ),
    ),
    Truth(
        "kamp_press/Press_error.csv", "basic", (("quality_analysis", "defect type: 기록의 100.0%"),)
    ),
    Truth(
        "nab_industrial/data/realKnownCause/machine_temperature_system_failure.csv",
        "basic",
        (
            ("automatic_collection", "보통 5분 간격으로 22,695행"),
            ("coverage", "값의 100.0%가 있습니다"),
        ),
    ),
    Truth(
        "nab_industrial/data/realKnownCause/ambient_temperature_system_failure.csv",
        "basic",
        (("automatic_collection", "보통 1시간 간격"),),
    ),
    Truth("openmv_process/batch-yield-and-purity.csv", "none"),
    Truth("openmv_process/boilingpot.csv", "none", (("digitised_events", "기록 11행"),)),
    Truth("openmv_process/kamyr.csv", "none"),
    Truth("openmv_process/rubber-colour.csv", "none"),
    Truth("openmv_process/solar.csv", "none"),
    Truth(
        "siemens_bdci2019/first_round_training_data.csv.gz",
        "none",
        (("quality_analysis", "Quality_label: 기록의 100.0%에 판정이 있고 종류는 4가지"),),
    ),
    Truth(
        "skab/data/anomaly-free/anomaly-free.csv",
        "mid1",
        (
            ("automatic_collection", "신호 8개"),
            ("automatic_collection", "1초마다 들어오고, 간격의 94.1%"),
            ("coverage", "값의 94.4%가 있습니다"),
        ),
    ),
    Truth("skab/data/valve1/0.csv", "mid1"),
    Truth("skab/data/other/1.csv", "mid1"),
    Truth(
        "steel_energy/Steel_industry_data.csv.gz",
        "basic",
        (
            ("automatic_collection", "보통 15분 간격으로 26,209행"),
            (
                "derived_indicators",
                "Lagging_Current_Power_Factor = Usage ÷ √(Usage² + Lagging_Current",
            ),
        ),
    ),
    Truth("steel_plates_faults/Faults.NNA", "none"),
    Truth("tianchi_steam/zhengqi_train.txt", "none"),
    Truth(
        "tuk_skt_tsid/stamping_press_machine/data.csv",
        "none",
        (("quality_analysis", "label: 기록의 100.0%에 판정이 있고 종류는 2가지"),),
    ),
    Truth(
        "tuk_skt_tsid/conveyor_belt_system/normal_belt/*.csv",
        "none",
        (("automatic_collection", "숫자 신호 5개(3상유도전동기, 벨트처짐, 소음 …)"),),
    ),
)
FORGED = (
    "Equipment_Utilization",
    "Production_Data",
    "Quality_Control",
    "Sales_Orders",
    "Supply_Chain",
    "Workforce",
)


@cache
def look(path: Path) -> tuple[Measurement, Sequence[KpiValue]]:
    """The measurement and first indicators of one file."""
    data, now = read_file(path), end_of(TODAY)
    tables = read_tables(data, now=now)
    frame = data.list_series()[0].frame
    refused = refused_dates(frame, data.mapping, data.refused)
    found = measure_tables(tables, grid=grid(), as_of=TODAY, now=now, refused=refused)
    return found, kpis_of(tables)


def kpi(path: Path, key: str) -> float | None:
    return next(value.value for value in look(path)[1] if value.key == key)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.file)
def test_file_is_measured_as_it_is(factory_data: Path, truth: Truth) -> None:
    result, _ = look(next(factory_data.glob(truth.file)))

    assert result.system_level == truth.level
    assert not result.looks_fabricated
    for criterion, sentence in truth.says:
        assert sentence in str(cell(result, criterion).found)
    assert cell(result, "arrival_latency").status is Status.CANNOT_TELL
    assert Measurement.from_json(result.to_json()) == result


@pytest.mark.parametrize("name", FORGED)
def test_the_made_tables_are_recognised(factory_data: Path, name: str) -> None:
    result, _ = look(factory_data / "synthetic_manufacturing_control" / f"{name}.csv")

    assert result.looks_fabricated
    assert {Doubt.NOISE, Doubt.LOOKS_FABRICATED} <= doubts(result)
    assert result.confidence <= 0.1


def test_real_plants_raise_no_doubt_about_their_values(factory_data: Path) -> None:
    """Of all real files only the press is doubted, and only for its dates and a dragged name."""
    about_values = {Doubt.NOISE, Doubt.COPY, Doubt.DIGITS, Doubt.RELATION, Doubt.CLOCK}
    doubted = {
        truth.file: doubts(result)
        for truth in TRUTHS
        if (result := look(next(factory_data.glob(truth.file)))[0]).has_doubts
    }

    assert set(doubted) == {"kamp_press/Press_RawDataSet.csv.gz", "kamp_press/Press_error.csv"}
    assert not set().union(*doubted.values()) & about_values


def test_the_press_is_told_its_impossible_dates(factory_data: Path) -> None:
    result, _ = look(factory_data / "kamp_press" / "Press_RawDataSet.csv.gz")

    assert [(f.kind, f.severity) for f in result.integrity[:2]] == [
        (Doubt.CALENDAR, Severity.ERROR),
        (Doubt.DATE_FILL, Severity.ERROR),
    ]
    assert "1,634행의 시각이 있을 수 없는 날짜입니다(예: 1900-01-00 0:00, 2138-06-15" in str(
        result.integrity[0].text
    )
    assert "134가지가 21,559일씩 똑같이 벌어집니다." in str(doubt(result, Doubt.DATE_FILL).text)
    error, _ = look(factory_data / "kamp_press" / "Press_error.csv")
    assert "하나씩 커지는 번호입니다" in str(doubt(error, Doubt.RUNNING_NAME).text)


def test_the_steel_plants_midnights_are_understood(factory_data: Path) -> None:
    result, _ = look(factory_data / "steel_energy" / "Steel_industry_data.csv.gz")

    assert "거꾸로 가는 273행이 모두 0시입니다." in str(doubt(result, Doubt.ORDER).text)
    assert result.confidence == pytest.approx(0.7, abs=0.001)


def test_first_indicators_agree_with_the_files(factory_data: Path) -> None:
    casting = factory_data / "kamp_casting" / "casting.parquet"
    heat = factory_data / "kamp_heat_treatment" / "quality.xlsx"
    press = factory_data / "tuk_skt_tsid" / "stamping_press_machine" / "data.csv"

    assert kpi(casting, "good_rate") == pytest.approx(100 * 68_906 / 72_079)
    assert kpi(casting, "cycle_time") == 121.0
    assert kpi(casting, "hourly_output") == pytest.approx(56.79, abs=0.01)
    assert kpi(heat, "good_rate") == pytest.approx(100 * 6_121_673 / 6_123_729)
    assert kpi(heat, "cycle_time") is None
    assert kpi(press, "good_rate") == pytest.approx(100 * 33 / 39)


def test_simulated_torque_is_told_to_be_ideal(factory_data: Path) -> None:
    """Its makers say so themselves; it lowers nothing."""
    result, _ = look(factory_data / "ai4i2020" / "ai4i2020.csv")

    assert doubt(result, Doubt.IDEAL).severity is Severity.INFO
    assert "Torque" in str(doubt(result, Doubt.IDEAL).text)
