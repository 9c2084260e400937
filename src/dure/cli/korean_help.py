"""Help in Korean, whole; the library's own mixes in English words and Python types."""

from typing import Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from typer.core import TyperArgument, TyperCommand, TyperGroup

_NAMES_WIDE = 28


class KoreanCommand(TyperCommand):
    """A command that explains itself in Korean."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - library's
        """Usage, what the command does, and what may be typed."""
        console = Console(highlight=False)
        _write_head(console, f"{ctx.command_path} [선택] 파일…", self.help)
        params = self.get_params(ctx)
        _write_rows(console, "입력", [_row(p) for p in params if isinstance(p, TyperArgument)])
        _write_rows(console, "선택", [_row(p) for p in params if not isinstance(p, TyperArgument)])


class KoreanGroup(TyperGroup):
    """A group of commands that explains itself in Korean."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - library's
        """Usage, what the commands are for, and their names."""
        console = Console(highlight=False)
        _write_head(console, f"{ctx.command_path} 명령 …", self.help)
        commands = [(name, command.short_help or "") for name, command in self.commands.items()]
        _write_rows(console, "명령", commands)


def _write_head(console: Console, usage: str, about: str | None) -> None:
    console.print(f"\n쓰는 법: [bold]{usage.replace('[', chr(92) + '[')}[/bold]\n")
    console.print(Padding(about or "", (0, 0, 1, 2)))


def _row(param: Any) -> tuple[str, str]:  # noqa: ANN401 - library's
    if isinstance(param, TyperArgument):
        return param.metavar or "", param.help or ""
    return " ".join([", ".join(param.opts), param.metavar or ""]).strip(), param.help or ""


def _write_rows(console: Console, title: str, rows: list[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=_NAMES_WIDE, no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for name, about in rows:
        table.add_row(name, about)
    console.print(f"[bold]{title}[/bold]")
    console.print(Padding(table, (0, 0, 1, 2)))


def show_help(ctx: typer.Context, *, wanted: bool) -> None:
    """Prints the help and ends, as the library's own option does."""
    if wanted:
        ctx.get_help()
        raise typer.Exit
