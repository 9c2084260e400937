"""The command `dure`: what may be typed, and what the shell is told.

Exit codes: 0 measured; 1 measured, with doubts about the data; 2 nothing measured (a wrong
command or a file that cannot be read); 70 an error of the program itself; 130 stopped.
"""

import json
import signal
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from typing import NoReturn, TextIO

import typer
from rich.console import Console

from dure.cli import arguments
from dure.cli.errors import CommandError
from dure.cli.following import follow, waiting
from dure.cli.korean_help import KoreanCommand, KoreanGroup
from dure.cli.language import LANGUAGES, Speaker
from dure.cli.options import (
    MEASURE_HELP,
    AsJson,
    AsOf,
    Files,
    Grade,
    Help,
    Language,
    Period,
)
from dure.cli.reading import read_files
from dure.cli.report import Report
from dure.cli.results import Results
from dure.engines.kpi.first import kpis_of
from dure.engines.kpi.frames import Window
from dure.engines.levels.measure import end_of, measure_tables, read_tables
from dure.kernel.errors import DureError
from dure.kernel.text import Text
from dure.policy.errors import UnknownRuleError
from dure.policy.level_grid import LevelGrid, load_level_grid

MEASURED, DOUBTED, NOT_MEASURED, BROKEN, STOPPED = 0, 1, 2, 70, 130
_NARROWEST = 100

app = typer.Typer(
    cls=KoreanGroup,
    add_completion=False,
    add_help_option=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def dure(*, help_: Help = False) -> None:
    """두레 명령줄: 공장의 데이터 파일을 서버 없이 이 컴퓨터에서 살펴봅니다."""


@app.command(
    cls=KoreanCommand,
    add_help_option=False,
    help=MEASURE_HELP,
    short_help="파일이 뒷받침하는 수준을 잽니다.",
)
def measure(
    files: Files = None,
    *,
    as_json: AsJson = False,
    period: Period = "",
    language: Language = "ko",
    grade: Grade = "C",
    as_of: AsOf = "",
    help_: Help = False,  # noqa: ARG001 - its callback answers
) -> None:
    """Measures files and prints what was found."""
    speaker = _speaker(language)
    given = arguments.expand(files or [])
    evidence_grade = arguments.parse_grade(grade)
    window = arguments.parse_period(period) if period else None
    day = arguments.parse_day(as_of) if as_of else arguments.last_written(given)
    grid = _grid(day)
    with follow(given) as following:
        site = read_files(given, following)
    now = end_of(day)
    with waiting(given, speaker.say(Text("수준을 재는 중입니다."))):
        tables = read_tables(site.data, window=window, now=now)
        _require_rows(tables, window)
        found = measure_tables(
            tables, grid=grid, as_of=day, grade=evidence_grade, now=now, refused=site.refused
        )
        results = Results(site, found, kpis_of(tables), grid)
    if as_json:
        typer.echo(json.dumps(results.to_plain(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        Report(speaker, _console(sys.stdout)).write(results)
    raise typer.Exit(DOUBTED if found.has_doubts else MEASURED)


def _speaker(language: str) -> Speaker:
    if language not in LANGUAGES:
        raise CommandError(
            Text("없는 언어입니다: {language}", {"language": language}),
            Text("--lang ko 또는 --lang en 으로 적어 주세요."),
        )
    return Speaker(language)


def _grid(day: date) -> LevelGrid:
    try:
        return load_level_grid(day)
    except UnknownRuleError as unknown:
        raise CommandError(
            Text("{day}에 쓰던 수준 기준이 없습니다.", {"day": day}),
            Text("기준이 있는 날짜를 적어 주세요. 예: --as-of 2026-01-02"),
        ) from unknown


def _require_rows(tables: Sequence[object], window: Window | None) -> None:
    if not tables and window is not None:
        raise CommandError(
            Text("그 기간의 행이 없습니다."),
            Text("파일에 든 시각을 확인하고 --period를 넓혀 주세요."),
        )


def _console(stream: TextIO) -> Console:
    """A console that keeps its tables readable where nobody says how wide the page is."""
    console = Console(file=stream, highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, _NARROWEST)
    return console


def main(typed: Sequence[str]) -> int:
    """Runs a command and gives its exit code; errors are written to stderr with their remedy."""
    try:
        # Nothing typed is a question, not a mistake.
        return int(app(list(typed) or ["--help"], prog_name="dure", standalone_mode=False) or 0)
    except DureError as error:
        _complain(error.text, error.remedy)
    except typer.TyperException as wrong:
        _complain(_misunderstood(wrong), Text("쓰는 법은 dure measure --help 로 볼 수 있습니다."))
    except Exception:  # noqa: BLE001 - 1 would tell the shell that the data raise doubts
        traceback.print_exc()
        _complain(
            Text("프로그램에서 예상하지 못한 오류가 났습니다."),
            Text("위의 내용을 개발자에게 알려 주세요. 파일은 그대로입니다."),
        )
        return BROKEN
    return NOT_MEASURED


def _misunderstood(wrong: typer.TyperException) -> Text:
    option = getattr(wrong, "option_name", None)
    if type(wrong).__name__ == "NoSuchOption":
        return Text("없는 선택지입니다: {option}", {"option": option})
    if type(wrong).__name__ == "BadOptionUsage":
        return Text("뒤에 값을 적어야 하는 선택지입니다: {option}", {"option": option})
    if wrong.message.startswith("No such command"):
        return Text("없는 명령입니다: {name}", {"name": wrong.message.split("'")[1]})
    return Text("명령을 이해하지 못했습니다: {detail}", {"detail": wrong.format_message()})


def _complain(text: Text, remedy: Text | None) -> None:
    console = Console(stderr=True, highlight=False)
    console.print(f"오류: {text}", style="red", markup=False)
    if remedy is not None:
        console.print(f"→ {remedy}", markup=False)


def run() -> NoReturn:
    """The entry point of the shell command."""
    # A killed command must still take its temporary files with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
