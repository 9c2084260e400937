"""The house as its tests see it: which files belong to it, read once."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "dure"
TEMPLATES = SRC / "web" / "templates"


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file git keeps or would keep: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


def kept(folder: Path, *endings: str) -> tuple[Path, ...]:
    """The kept files under `folder` with one of the endings."""
    return tuple(
        file for file in kept_files() if file.is_relative_to(folder) and file.suffix in endings
    )


def product_code() -> tuple[Path, ...]:
    """The product's own Python, without generated migrations."""
    return tuple(file for file in kept(SRC, ".py") if "migrations" not in file.parts)


def templates() -> tuple[Path, ...]:
    """Everything Django renders: pages, parts, documents and mails."""
    return tuple(file for file in kept(TEMPLATES, ".html", ".txt", ".svg"))


def name_of(file: Path) -> str:
    """The path as people write it in this project."""
    return file.relative_to(ROOT).as_posix()


def listing(problems: list[str]) -> str:
    """Problems one a line, as an assertion message."""
    return "\n" + "\n".join(problems)
