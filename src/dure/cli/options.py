"""What may be typed behind `dure measure`, with its help."""

from pathlib import Path
from typing import Annotated

import typer

from dure.cli.korean_help import show_help

MEASURE_HELP = (
    "파일에 담긴 자료가 [bold]어느 스마트화 수준을 뒷받침하는지[/bold] 재고, 의심스러운 점과 첫 "
    "지표, 다음 수준에 모자란 것을 알려 줍니다. 파일은 읽기만 하고 어디에도 보내지 "
    "않습니다.\n\n[bold]끝날 때의 번호[/bold]  0 쟀음 · 1 쟀지만 자료에 의심스러운 점이 있음 · 2 "
    "재지 못함(잘못된 명령, 읽을 수 없는 파일) · 70 프로그램 오류 · 130 멈춤"
)


def _help_callback(ctx: typer.Context, wanted: bool) -> None:
    show_help(ctx, wanted=wanted)


Help = Annotated[
    bool,
    typer.Option(
        "--help",
        "-h",
        is_eager=True,
        callback=_help_callback,
        help="이 도움말을 보여 줍니다.",
    ),
]
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="파일…",
        help="CSV·TSV·XLSX·Parquet·JSON 파일이나 그런 파일이 있는 폴더. 여러 개를 적으면 한 "
        "사업장의 자료로 봅니다.",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help="사람이 읽는 표 대신 JSON을 씁니다.",
    ),
]
Period = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="부터..까지",
        help="이 기간의 행만 봅니다(한국 시각, 양끝 포함). 예: 2026-05-01..2026-05-31",
    ),
]
Language = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="ko|en",
        help="결과의 언어. 적지 않으면 한국어입니다.",
    ),
]
Grade = Annotated[
    str,
    typer.Option(
        "--grade",
        metavar="A|B|C|D",
        help="자료의 증거등급. 적지 않으면 C(사람이 올린 파일)입니다.",
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="날짜",
        help="어느 날의 기준으로 재는지. 적지 않으면 가장 새 파일이 쓰인 날입니다.",
    ),
]
