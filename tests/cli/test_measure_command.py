"""`dure measure`: files in, a level out, and a code the shell can use."""

import gc
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.cli.making import make, make_log, run
from tests.conftest import ROOT

from dure.cli import main as command
from dure.engines.lake import held

WIDE = "\n".join(
    [",".join(f"c{i}" for i in range(2_000)), *(",".join([str(row)] * 2_000) for row in (1, 4, 2))]
)


def test_a_steady_log_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "measure", make_log(tmp_path))

    assert (ran.code, ran.err) == (0, "")
    for said in (
        "중간1 확신 3",
        "C등급: 사람이 올린 파일입니다.",
        "표 1개, 행 700개, 신호·항목 3개",
        "신호 3개(온도, 전류, 진동)가 1초마다 들어오고, 간격의 100.0%가 일정합니다.",
        "자료에서 의심스러운 점을 찾지 못했습니다.",
        "수집 완전성",
        "다음 수준에 모자란 것",
        "이 자료로 알 수 없는 것",
        "press.csv",
    ):
        assert said in ran.flat


def test_a_narrow_terminal_loses_no_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_NARROWEST", 60)
    monkeypatch.setenv("COLUMNS", "60")

    assert command.main(["measure", str(make_log(tmp_path))]) == 0

    written = capsys.readouterr().out
    assert max(map(cell_len, written.splitlines())) <= 60
    assert "…" not in written


def test_json_holds_the_same_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "measure", make_log(tmp_path), "--json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.told["measurement"]["system_level"] == "mid1"
    assert ran.told["as_of"] == "2026-06-01"
    assert [(f["rows"], f["refused"], f["encoding"], f["time"]) for f in ran.told["files"]] == [
        (700, 0, "utf-8", "시각")
    ]
    assert [kpi["key"] for kpi in ran.told["kpis"]] == [
        "good_rate",
        "cycle_time",
        "hourly_output",
        "completeness",
        "running_share",
    ]


def test_doubts_are_shown_and_give_one(
    factory_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "measure", factory_data / "synthetic_manufacturing_control")

    assert ran.code == 1
    assert "만들어 낸 자료로 보입니다" in ran.flat
    assert "! 크게 의심됨" in ran.flat
    assert "표가 아니어서 넘어감" in ran.flat


def test_brackets_in_names_are_shown_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        make_log(tmp_path).read_text().replace("온도(°C)", "온도[/red]").replace("진동", "[bold]")
    )

    ran = run(capsys, "measure", make(tmp_path, "odd.csv", text))

    assert ran.code == 0
    assert "신호 3개(온도[/red], 전류, [bold])" in ran.flat


def test_months_in_several_files_are_one_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = datetime(2026, 5, 5, 8, tzinfo=UTC)
    files = [make_log(tmp_path, "b.csv", start=later), make_log(tmp_path, "a.csv")]

    told = run(capsys, "measure", *files, "--json").told

    assert told["measurement"]["rows"] == 1_400
    assert told["measurement"]["series_count"] == 3
    assert {file["frame"] for file in told["files"]} == {"a…b"}


def test_machines_at_the_same_time_stay_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = make_log(tmp_path / "one", "data.csv")
    second = make_log(tmp_path / "two", "data.csv", rows=900)

    told = run(capsys, "measure", first, second, "--json").told

    assert [file["frame"] for file in told["files"]] == ["data", "two_data"]
    assert told["measurement"]["series_count"] == 6


def test_files_of_one_name_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for part in ("a/x", "b/x", "c/x"):
        make(tmp_path / part, "data.csv", "온도\n1.5\n2.5\n3.1\n")

    told = run(capsys, "measure", tmp_path, "--json").told

    assert [file["frame"] for file in told["files"]] == ["data", "x_data", "x_data_3"]


def test_a_long_file_is_measured_tag_by_tag(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["시각,태그명,값"]
    for second in range(700):
        moment = f"2026-05-04 08:{second // 60:02}:{second % 60:02}"
        rows += [f"{moment},{tag},{20 + second % 97 / 10 + i}" for i, tag in enumerate("ABC")]

    told = run(capsys, "measure", make(tmp_path, "log.csv", "\n".join(rows)), "--json").told

    assert told["measurement"]["system_level"] == "mid1"
    assert told["measurement"]["series_count"] == 3
    assert [(file["frame"], file["rows"]) for file in told["files"]] == [("log", 2_100)]


def test_codes_for_no_value_found_in_one_file_count_in_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = make_log(tmp_path, "a.csv")
    text = make_log(tmp_path, "b.csv", start=datetime(2026, 5, 5, 8, tzinfo=UTC)).read_text()
    rows = text.splitlines()
    rows[5:9] = [row.rsplit(",", 1)[0] + ",65503" for row in rows[5:9]]
    second = make(tmp_path, "b.csv", "\n".join(rows))

    told = run(capsys, "measure", first, second, "--json").told

    completeness = next(k for k in told["kpis"] if k["key"] == "completeness")
    assert completeness["value"] == pytest.approx(100 * (1 - 4 / 4_200))


def test_period_keeps_the_rows_within(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = make_log(tmp_path)
    period = "2026-05-04T08:00:10..2026-05-04T08:01:09"

    assert (
        run(capsys, "measure", log, "--json", "--period", period).told["measurement"]["rows"] == 60
    )
    assert (
        run(capsys, "measure", log, "--json", "--period", "..2026-05-04").told["measurement"][
            "rows"
        ]
        == 700
    )
    empty = run(capsys, "measure", log, "--period", "2026-05-05..")
    assert (empty.code, empty.out) == (2, "")
    assert "그 기간의 행이 없습니다." in empty.err


def test_grade_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, "measure", make_log(tmp_path), "--json", "--grade", "b").told

    assert told["measurement"]["grade"] == "B"


def test_english_names_come_from_the_policy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "measure", make_log(tmp_path), "--lang", "en")

    assert "Intermediate 1" in ran.flat


def test_folder_of_many_files_names_the_first_and_counts_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in range(1, 15):
        start = datetime(2026, 5, day, 8, tzinfo=UTC)
        make_log(tmp_path, f"day{day:02}.csv", rows=60, start=start)
    make(tmp_path, ".hidden.csv", "a,b\n1,2\n")

    ran = run(capsys, "measure", tmp_path)

    assert "그 밖에 2개" in ran.flat
    assert "행 840개" in ran.flat


@pytest.mark.parametrize(
    ("typed", "said", "remedy"),
    [
        (("measure",), "측정할 파일을 하나 이상", "dure measure --help"),
        (("measure", "none.csv"), "파일이 없습니다: none.csv", "이름과 폴더를"),
        (("measure", "--jsn"), "없는 선택지입니다: --jsn", "dure measure --help"),
        (("measure", "--grade"), "뒤에 값을 적어야 하는 선택지입니다: --grade", "--help"),
        (("weigh",), "없는 명령입니다: weigh", "dure measure --help"),
        (("measure", "x", "--lang", "fr"), "없는 언어입니다: fr", "--lang ko"),
        (("measure", "{log}", "--grade", "E"), "없는 증거등급입니다: E", "A, B, C, D"),
        (("measure", "{log}", "--period", "5월"), "기간으로 읽을 수 없습니다: 5월", "예: --period"),
        (("measure", "{log}", "--period", ".."), "기간으로 읽을 수 없습니다: ..", "예: --period"),
        (("measure", "{log}", "--period", "2026-05-04..2026-05-03"), "기간으로", "예: --period"),
        (("measure", "{log}", "--period", "2026-05-04T08:00+09:00.."), "기간으로", "예:"),
        (("measure", "{log}", "--as-of", "어제"), "날짜로 읽을 수 없습니다: 어제", "예: --as-of"),
        (("measure", "{log}", "--as-of", "2019-12-31"), "2019-12-31에 쓰던", "--as-of"),
        (("measure", "{empty}"), "empty.csv: 빈 파일입니다.", "다시 내보내 주세요"),
        (("measure", "{folder}"), "표로 읽을 수 있는 파일이 없습니다", "CSV, TSV"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    typed: tuple[str, ...],
    said: str,
    remedy: str,
) -> None:
    folder = tmp_path / "papers"
    make(folder, "README", "이 폴더에는 표가 없습니다.\n")
    places = {
        "log": make_log(tmp_path),
        "empty": make(tmp_path, "empty.csv", ""),
        "folder": folder,
    }

    ran = run(capsys, *(word.format(**places) for word in typed))

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert remedy in ran.err


def test_rows_that_were_all_refused_are_no_measurement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "\n".join(f"1900-01-01 00:00:{i:02},{i}.5" for i in range(20))
    future = "\n".join(f"2190-01-01 00:00:{i:02},{i}.5" for i in range(20))

    ran = run(capsys, "measure", make(tmp_path, "old.csv", f"시각,온도\n{rows}\n{future}\n"))

    assert ran.code == 2
    assert "old.csv" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("one.csv", "시각,온도\n2026-05-04 08:00:00,1.5\n", ""),
        ("bare.csv", "1.5,2.5\n1.6,2.6\n", ""),
        ("nan.csv", "a,b\nNaN,1\nNaN,2\nNaN,3\n", ""),
        ("wide.csv", WIDE, ""),
        ("twice.csv", "a,a\n1,2\n3,4\n5,6\n", ""),
        ("exe.csv", "MZ\x90\x00" + "\x00" * 200, "exe.csv"),
        ("head.csv", "시각,온도\n", "데이터 행이 없습니다"),
        ("page.html", "<html><body>로그인</body></html>", "page.html"),
    ],
)
def test_every_bad_file_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, said: str
) -> None:
    ran = run(capsys, "measure", make(tmp_path, name, content), "--json")

    assert ran.code == (2 if said else 0)
    assert said in ran.err
    if said:
        assert "→" in ran.err
        assert ran.out == ""
    else:
        assert ran.told["measurement"]["system_level"] == "none"


def test_help_is_korean(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in ((), ("--help",), ("measure", "-h")):
        ran = run(capsys, *typed)

        assert (ran.code, ran.err) == (0, "")
        assert "쓰는 법: dure" in ran.out
        assert "Options" not in ran.out
    assert "끝날 때의 번호 0 쟀음 · 1 쟀지만" in ran.flat


def test_nothing_is_left_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr("dure.cli.reading.MEMORY_BYTES", 100)
    log = make_log(tmp_path / "in", rows=3_000)
    before = log.read_bytes()

    ran = run(capsys, "measure", log, "--json")
    gc.collect()

    assert ran.told["measurement"]["rows"] == 3_000
    assert list(scratch.iterdir()) == []
    assert [path.name for path in log.parent.iterdir()] == ["press.csv"]
    assert log.read_bytes() == before
    assert held.MEMORY_BYTES == 512 << 20


def test_a_fault_of_the_program_is_not_taken_for_a_doubt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command, "measure_tables", fail)

    ran = run(capsys, "measure", make_log(tmp_path))

    assert ran.code == 70
    assert "ZeroDivisionError" in ran.err
    assert "예상하지 못한 오류" in ran.err


def test_the_shell_command_ends_with_the_code(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dure.cli", "measure", "none.csv"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "파일이 없습니다: none.csv" in ran.stderr
