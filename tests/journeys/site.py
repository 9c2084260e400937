"""A site of its own for journeys: server, worker, an operator, and open calls."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.server import (
    ROOT,
    collect_static,
    free_port,
    run_manage,
    server_environment,
    start,
    wait_until_up,
)

SEED = """
import django
django.setup()
from django.utils import timezone
from dure.web.example.accounts import make_accounts
from dure.web.example.calls import open_calls
from dure.web.example.nation import make_agency
accounts = {account.role: account for account in make_accounts()}
open_calls(make_agency(accounts["operator"]), timezone.now())
print(accounts["operator"].email, accounts["operator"].password)
"""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site answers, whose lake it is, and who its operator is."""

    url: str
    data_dir: Path
    operator_email: str
    operator_password: str

    def files(self) -> list[Path]:
        """Every file the site keeps of what people sent."""
        kept = (self.data_dir / "files", self.data_dir / "lake")
        return [path for folder in kept for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site until the session ends; each test worker has its own."""
    data_dir = tmp_path_factory.mktemp("journeys")
    port = free_port()
    environment = server_environment(data_dir, port)
    run_manage(environment, "migrate", "--verbosity", "0")
    collect_static(environment)
    email, password = _seed(environment).split()
    url, log = f"http://127.0.0.1:{port}", data_dir / "server.log"
    web = start(environment, port, log)
    worker = _work(environment, data_dir / "worker.log")
    try:
        wait_until_up(url, web, log)
        yield Site(url, data_dir, email, password)
    finally:
        for process in (web, worker):
            process.terminate()
        for process in (web, worker):
            process.wait(timeout=30)


def _seed(environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SEED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _work(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
