"""After a run with `--cov`: branch coverage of each floor against its minimum, in percent."""

import json
import sys
import tempfile
from pathlib import Path

import coverage

FLOORS = {"kernel": 95.0, "policy": 95.0, "engines": 95.0}


def measured() -> dict[str, float]:
    """Covered lines and branches of each floor, as one percentage of all its own."""
    data = coverage.Coverage()
    data.load()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "coverage.json"
        data.json_report(outfile=str(target))
        files = json.loads(target.read_text(encoding="utf-8"))["files"]
    return {floor: _share(files, f"src/dure/{floor}/") for floor in FLOORS}


def _share(files: dict[str, dict[str, dict[str, int]]], folder: str) -> float:
    own = [file["summary"] for name, file in files.items() if folder in name.replace("\\", "/")]
    covered = sum(file["covered_lines"] + file["covered_branches"] for file in own)
    everything = sum(file["num_statements"] + file["num_branches"] for file in own)
    return 100 * covered / everything


def main() -> int:
    """Print each floor; 1 when any is below its minimum."""
    below = 0
    for floor, share in measured().items():
        met = share >= FLOORS[floor]
        below += not met
        sys.stdout.write(
            f"{floor:8} {share:5.1f} %  (≥ {FLOORS[floor]:.0f}) {'' if met else 'NOT MET'}\n"
        )
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
