"""`python -m tests.coverage_floor`: fails where a floor below Django is tested too little.

Reads what `coverage` recorded (`.coverage`). Lines and branches count alike, as coverage.py
counts them; a module that no test imported counts as not covered at all.
"""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("kernel", "policy", "engines")
LEAST = 95.0


def share_of(recorded: Coverage, floor: str) -> float:
    """Percent of the floor's lines and branches that the tests ran."""
    return recorded.report(include=[f"*/src/dure/{floor}/*"], file=io.StringIO())


def weak_floors(shares: dict[str, float], least: float = LEAST) -> list[str]:
    """The floors below the bar."""
    return [floor for floor, share in shares.items() if share < least]


def main(floors: Sequence[str] = FLOORS, data_file: Path = ROOT / ".coverage") -> int:
    """Prints each floor's share; 1 if one is below the bar or nothing was recorded."""
    recorded = Coverage(data_file=str(data_file), config_file=str(ROOT / "pyproject.toml"))
    try:
        recorded.load()
        shares = {floor: share_of(recorded, floor) for floor in floors}
    except NoDataError:
        sys.stderr.write("측정된 커버리지가 없습니다. make test로 먼저 테스트를 돌려 주세요.\n")
        return 1
    for floor, share in shares.items():
        sys.stdout.write(f"{floor:8} {share:6.2f} %  (하한 {LEAST:.0f} %)\n")
    weak = weak_floors(shares)
    if weak:
        sys.stderr.write(f"커버리지 하한에 못 미친 층: {', '.join(weak)}\n")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
