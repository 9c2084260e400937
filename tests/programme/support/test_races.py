"""Two people at the same moment: one is taken, the other told; on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]

ROOT = Path(__file__).resolve().parents[3]
EXPECTED = {
    "race_for_numbers": {"ended": ["done"] * 7, "serials": [1, 2, 3, 4, 5, 6]},
    "race_to_submit": {"ended": ["NotPossibleNowError", "done"], "versions": [1], "recorded": 1},
    "race_to_decide": {"ended": ["NotPossibleNowError", "done"], "agree": True, "recorded": 1},
    "race_withdrawal_and_decision": {"ended": ["NotPossibleNowError", "done"], "agree": True},
}


def race(environment: dict[str, str]) -> Any:
    """What the races ended with, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.programme.support.racing"],
        cwd=ROOT,
        env=environment
        | {
            "DJANGO_SETTINGS_MODULE": "dure.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def test_of_two_at_once_one_is_taken_on_sqlite(tmp_path: Path) -> None:
    environment = os.environ | {
        "DURE_DATABASE_URL": f"sqlite:///{tmp_path}/dure.sqlite3",
        "DURE_DATA_DIR": str(tmp_path / "data"),
    }

    assert race(environment) == EXPECTED


@pytest.mark.postgres
def test_of_two_at_once_one_is_taken_on_postgresql(postgres: PostgresServer) -> None:
    postgres.create_database("races")

    assert race(postgres.environment("races")) == EXPECTED


@pytest.mark.postgres
def test_the_room_writes_and_reads_the_same_on_postgresql(postgres: PostgresServer) -> None:
    here = "tests/programme/support"

    passed = postgres.run_tests(
        f"{here}/test_submitting.py", f"{here}/test_reviewing.py", f"{here}/test_queue.py"
    )

    assert passed >= 75
