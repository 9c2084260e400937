"""A PostgreSQL server of the tests' own: private cluster, unix socket, gone at the end.

Use it from any test module:

    from tests.postgres import postgres, PostgresServer   # registers the fixture
    pytestmark = pytest.mark.postgres

    def test_room_on_postgresql(postgres: PostgresServer) -> None:
        postgres.run_tests("tests/programme/streams")

`run_tests` runs test files again in a process of its own whose `DURE_DATABASE_URL` leads to this
server, so the same behaviour is asked of both stores. `manage` runs a command there. The cluster
is made with initdb of Debian's `postgresql`, never as root and listening on no network port.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWNER = "postgres"


@dataclass(frozen=True)
class PostgresServer:
    """A running cluster; `folder` holds its socket and its log."""

    folder: Path

    def url(self, database: str = "dure") -> str:
        """The address of a database for `DURE_DATABASE_URL`."""
        return f"postgresql://dure@/{database}?host={self.folder}"

    def environment(self, database: str = "dure") -> dict[str, str]:
        """The variables of a process that uses this server and a data folder of its own."""
        data = self.folder / f"data-{database}"
        return os.environ | {
            "DURE_DATABASE_URL": self.url(database),
            "DURE_DATA_DIR": str(data),
            "PYTHONPATH": str(ROOT / "src"),
        }

    def run_tests(self, *paths: str, more: tuple[str, ...] = ()) -> int:
        """Run test files against this server and return how many passed; fail with their output."""
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "no:cacheprovider",
                "-m",
                "not journey and not postgres",
                *paths,
                *more,
            ],
            cwd=ROOT,
            env=self.environment(f"run{os.getpid()}"),
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        counted = re.search(r"(\d+) passed", done.stdout)
        assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
        assert counted, done.stdout[-2000:]
        return int(counted.group(1))

    def manage(self, *arguments: str, database: str = "dure", stdin: str = "") -> str:
        """Run `manage.py` against a database of this server and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(database),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def create_database(self, database: str = "dure") -> None:
        """Make an empty database."""
        _tool(self.folder, "createdb", "-h", str(self.folder), "-U", "dure", database)


def _programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not versions:
        pytest.fail("PostgreSQL이 없습니다. `make setup-test` 를 먼저 실행해 주세요.")
    return versions[-1].parent


def _tool(folder: Path, name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL as its owner: the server refuses to run as root."""
    as_owner = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [str(_programs() / name), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
        **as_owner,  # type: ignore[arg-type]
    )
    assert done.returncode == 0, f"{name}: {done.stdout}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A cluster for the session, with an empty database `dure` of its superuser `dure`."""
    # Short and in /tmp: a socket's path may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="dure-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    cluster, log = folder / "cluster", folder / "server.log"
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    try:
        _tool(folder, "initdb", "-D", str(cluster), "-U", "dure", "-A", "trust", "-N", "-E", "UTF8")
        control = ("pg_ctl", "-D", str(cluster), "-w")
        _tool(folder, *control, "-l", str(log), "-o", options, "start")
        try:
            server = PostgresServer(folder)
            server.create_database()
            yield server
        finally:
            _tool(folder, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
