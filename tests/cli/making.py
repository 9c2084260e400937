"""Small factory files for the command line, and a way to run it."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dure.cli.main import main

WRITTEN = datetime(2026, 6, 1, tzinfo=UTC).timestamp()


def make_log(
    folder: Path,
    name: str = "press.csv",
    *,
    rows: int = 700,
    start: datetime = datetime(2026, 5, 4, 8, tzinfo=UTC),
    seconds: int = 1,
) -> Path:
    """Three drifting signals by a clock, in Korean local time; written on 2026-06-01."""
    lines = ["시각,온도(°C),전류(A),진동"]
    for i in range(rows):
        moment = start + timedelta(seconds=i * seconds)
        drift = (i * 7919 % 97) / 100 + i / 50
        lines.append(
            f"{moment:%Y-%m-%d %H:%M:%S},{180 + drift:.2f},{12 + drift / 7:.3f},{3 + drift % 2:.3f}"
        )
    return make(folder, name, "\n".join(lines) + "\n")


def make(folder: Path, name: str, text: str) -> Path:
    """A file last written on 2026-06-01."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (WRITTEN, WRITTEN))
    return path


@dataclass
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        """The JSON on stdout."""
        return dict(json.loads(self.out))

    @property
    def flat(self) -> str:
        """The output without line breaks and frames, so that wrapped sentences are whole."""
        return " ".join("".join(c for c in self.out if c not in "│┃╭╰─━┏┗┓┛").split())


def run(capsys: pytest.CaptureFixture[str], *typed: object) -> Ran:
    """Runs `dure` with what was typed, on a page so wide that no sentence is broken."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "400")
        code = main([str(word) for word in typed])
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)
