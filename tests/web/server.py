"""A real Dure server for browser tests: own process, own data folder, free loopback port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STARTUP_SECONDS = 60


@dataclass(frozen=True)
class DureServer:
    """The address of a running server and the environment its commands need."""

    url: str
    environment: dict[str, str]
    data_dir: Path

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` in the server's environment and return what it printed."""
        return run_manage(self.environment, *arguments)


def run_manage(environment: dict[str, str], *arguments: str) -> str:
    """Run `manage.py`; a failure shows its output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def collect_static(environment: dict[str, str]) -> None:
    """Collect static files when the built front end differs from what was collected."""
    built = ROOT / "frontend" / "dist" / "dure" / "app.css"
    assert built.exists(), "화면 파일이 없습니다. bin/build-frontend 를 먼저 실행해 주세요."
    code = "import django; django.setup(); from dure.web import readiness as r; "
    subprocess.run(
        [sys.executable, "-c", code + "r.collect_static_files()"],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=300,
    )


def server_environment(data_dir: Path, port: int) -> dict[str, str]:
    """The variables of an installation of its own in `data_dir`."""
    return os.environ | {
        "DURE_DATA_DIR": str(data_dir),
        "DURE_DATABASE_URL": f"sqlite:///{data_dir}/dure.sqlite3",
        "DURE_HOSTS": "127.0.0.1",
        "DURE_SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "dure.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def start(environment: dict[str, str], port: int, log: Path) -> subprocess.Popen[bytes]:
    """Start granian; the log file keeps what it says."""
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "dure.web.wsgi:application",
    ]
    with log.open("wb") as out:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server answers; fail with its log when it does not."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/robots.txt", timeout=2):  # noqa: S310 - loopback only
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"서버가 시작되지 않았습니다.\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def dure_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DureServer]:
    """A migrated, empty installation served by granian until the session ends."""
    data_dir = tmp_path_factory.mktemp("dure-server")
    port = free_port()
    environment = server_environment(data_dir, port)
    run_manage(environment, "migrate", "--verbosity", "0")
    collect_static(environment)
    url, log = f"http://127.0.0.1:{port}", data_dir / "server.log"
    process = start(environment, port, log)
    try:
        wait_until_up(url, process, log)
        yield DureServer(url, environment, data_dir)
    finally:
        process.terminate()
        process.wait(timeout=20)
