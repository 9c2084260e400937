"""Shows how far reading is, where a person is watching and the files are large."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from dure.cli.arguments import GivenFile
from dure.cli.reading import Following
from dure.engines.lake.reading import Progress

BIG_BYTES = 16 << 20


@contextmanager
def follow(given: Sequence[GivenFile], console: Console | None = None) -> Iterator[Following]:
    """Gives a way to follow each file; it draws nothing for small files or without a terminal."""
    console = console or Console(stderr=True)
    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not _is_watched(given, console),
    )

    @contextmanager
    def following(path: Path) -> Iterator[Progress | None]:
        task = bars.add_task(path.name, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
        bars.remove_task(task)

    with bars:
        yield following


@contextmanager
def waiting(
    given: Sequence[GivenFile], words: str, console: Console | None = None
) -> Iterator[None]:
    """Says what is being done while large files are measured, where a person is watching."""
    console = console or Console(stderr=True)
    if _is_watched(given, console):
        with console.status(words):
            yield
    else:
        yield


def _is_watched(given: Sequence[GivenFile], console: Console) -> bool:
    size = sum(one.path.stat().st_size for one in given)
    return size >= BIG_BYTES and console.is_terminal
