"""Every tabular file of the real factory data is read, and what is said of it is true."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from dure.engines.lake.errors import UnreadableFileError
from dure.engines.lake.inspection import inspect
from dure.engines.lake.reading import read_file
from dure.engines.lake.series import ColumnRole


@dataclass(frozen=True)
class Truth:
    """What is known of a file: rows taken in, columns, encoding, time column, refused rows."""

    file: str
    rows: int
    width: int
    encoding: str
    time: str | None = None
    refused: int = 0


TRUTHS = (
    Truth("ai4i2020/ai4i2020.csv", 10_000, 14, "utf-8-sig"),
    Truth("cmapss_fd001/RUL_FD001.txt", 100, 1, "utf-8"),
    Truth("cmapss_fd001/train_FD001.txt.gz", 20_631, 26, "utf-8"),
    Truth("cmapss_fd001/test_FD001.txt.gz", 13_096, 26, "utf-8"),
    Truth("hydraulic_zema/TS1.txt.gz", 2_205, 60, "utf-8"),
    Truth("hydraulic_zema/profile.txt", 2_205, 5, "utf-8"),
    Truth("injection_moulding_airtlab/data.csv", 1_451, 14, "utf-8"),
    Truth("kamp_casting/casting.parquet", 72_079, 23, "", "registration_time"),
    Truth("kamp_cnc/experiment_01.csv.gz", 1_055, 49, "utf-8"),
    Truth("kamp_cnc/train.csv", 12, 7, "utf-8"),
    Truth("kamp_heat_treatment/quality.xlsx", 136, 8, "", "작업일"),
    Truth("kamp_heat_treatment/train.csv", 108, 38, "cp949"),
    Truth("kamp_melting_tank/melting_tank.csv", 10_000, 7, "utf-8", "STD_DT"),
    Truth("kamp_press/Press_RawDataSet.csv.gz", 62_725, 8, "utf-8-sig", "working time", 1_634),
    Truth("kamp_press/Press_error.csv", 57, 7, "utf-8-sig", "working time"),
    Truth(
        "nab_industrial/data/realKnownCause/machine_temperature_system_failure.csv",
        22_695,
        2,
        "utf-8",
        "timestamp",
    ),
    Truth(
        "nab_industrial/data/realKnownCause/ambient_temperature_system_failure.csv",
        7_267,
        2,
        "utf-8",
        "timestamp",
    ),
    Truth("openmv_process/batch-yield-and-purity.csv", 241, 2, "utf-8"),
    Truth("openmv_process/boilingpot.csv", 11, 4, "utf-8"),
    Truth("openmv_process/kamyr.csv", 96, 10, "utf-8"),
    Truth("openmv_process/rubber-colour.csv", 100, 1, "utf-8"),
    Truth("openmv_process/solar.csv", 16, 6, "utf-8"),
    Truth("siemens_bdci2019/first_round_training_data.csv.gz", 6_000, 21, "utf-8-sig"),
    Truth("siemens_bdci2019/first_round_testing_data.csv.gz", 6_000, 11, "utf-8-sig"),
    Truth("skab/data/anomaly-free/anomaly-free.csv", 9_405, 9, "utf-8", "datetime"),
    Truth("steel_energy/Steel_industry_data.csv.gz", 26_209, 11, "utf-8", "date"),
    Truth("steel_plates_faults/Faults.NNA", 1_941, 34, "utf-8"),
    Truth("synthetic_manufacturing_control/Production_Data.csv", 500, 8, "utf-8", "Date"),
    Truth("synthetic_manufacturing_control/Sales_Orders.csv", 500, 8, "utf-8", "Order_Date"),
    Truth("synthetic_manufacturing_control/Workforce.csv", 500, 8, "utf-8"),
    Truth("tianchi_steam/zhengqi_train.txt", 2_888, 39, "utf-8"),
    Truth("tianchi_steam/zhengqi_test.txt", 1_925, 38, "utf-8"),
    Truth("tuk_skt_tsid/stamping_press_machine/data.csv", 39, 6, "utf-8-sig"),
)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.file)
def test_file_is_read_as_it_is(factory_data: Path, truth: Truth) -> None:
    data = read_file(factory_data / truth.file)

    inspection = data.inspection
    assert inspection is not None
    time = inspection.time
    column = inspection.columns[time.columns[0]].header if time else None
    rows = {series.rows for series in data.list_series()}
    assert (inspection.encoding, len(inspection.columns)) == (truth.encoding, truth.width)
    assert (rows, len(data.refused), column) == ({truth.rows}, truth.refused, truth.time)


def test_every_series_of_every_file_can_be_read(factory_data: Path) -> None:
    for truth in TRUTHS:
        data = read_file(factory_data / truth.file)

        for info in data.list_series():
            text = info.role in (ColumnRole.LABEL, ColumnRole.LOT)
            values = data.read_text(info.id).codes if text else data.read(info.id).values
            assert len(values) == truth.rows, info.id


def test_mixed_encodings_of_one_folder_give_the_same_korean_names(factory_data: Path) -> None:
    folder = factory_data / "tuk_skt_tsid" / "conveyor_belt_system"
    files = sorted(folder.rglob("*.csv"))
    names = {tuple(c.name for c in inspect(file).columns) for file in files}
    encodings = {inspect(file).encoding for file in files}

    assert len(files) == 28
    assert names == {("3상유도전동기", "벨트처짐", "소음", "진동", "속도")}
    assert encodings == {"cp949", "utf-8-sig"}


def test_all_skab_and_cnc_files_are_read_whole(factory_data: Path) -> None:
    skab = sorted((factory_data / "skab" / "data").rglob("*.csv"))
    cnc = sorted((factory_data / "kamp_cnc").glob("experiment_*.csv.gz"))

    refused = [len(read_file(file).refused) for file in (*skab, *cnc)]

    assert (len(skab), len(cnc)) == (31, 12)
    assert set(refused) == {0}


def test_impossible_dates_of_the_press_are_reported(factory_data: Path) -> None:
    inspection = inspect(factory_data / "kamp_press" / "Press_RawDataSet.csv.gz")

    found = {finding.code: str(finding.text) for finding in inspection.findings}
    assert found["impossible_date"] == "있을 수 없는 날짜나 시각이 1500행에 있습니다."
    assert found["future_date"] == "파일이 만들어진 뒤의 날짜가 134행에 있습니다."


def test_units_in_headers_are_set_apart(factory_data: Path) -> None:
    files = (
        "ai4i2020/ai4i2020.csv",
        "kamp_press/Press_RawDataSet.csv.gz",
        "steel_energy/Steel_industry_data.csv.gz",
    )
    units = {c.name: c.unit for file in files for c in inspect(factory_data / file).columns}

    assert units["Air temperature"] == "K"
    assert units["Rotational speed"] == "rpm"
    assert units["Press time"] == "ms"
    assert units["Usage"] == "kWh"
    assert units["CO2"] == "tCO2"


def test_day_first_dates_of_the_steel_plant_begin_in_january(factory_data: Path) -> None:
    data = read_file(factory_data / "steel_energy" / "Steel_industry_data.csv.gz")

    usage = data.read("Steel_industry_data/Usage")
    assert usage.times[0] == 1_514_733_300_000_000  # 2018-01-01 00:15 in Korea
    assert usage.values[0] == 3.17


@pytest.mark.parametrize(
    "file",
    [
        "production_event_log/production_2.xes.gz",
        "cwru_bearing_de12/cwru_de12.tar.xz",
        "neu_det/neu_det.tar",
        "jobshop_instances/instances.json",
        "nab_industrial/labels/combined_windows.json",
        "skab/LICENSE",
        "kamp_press/README",
    ],
)
def test_files_that_are_no_tables_are_refused_with_a_remedy(factory_data: Path, file: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        inspect(factory_data / file)

    assert file.rsplit("/", 1)[-1] in str(refused.value.text)
    assert refused.value.remedy is not None
