"""The two processes of an installation, started and stopped together: web server and worker."""

import http.client
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[3]
STARTUP_SECONDS = 60.0
STOP_SECONDS = 30.0


class NotServingError(RuntimeError):
    """A process ended by itself, or the server did not answer in time."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Both processes; each is a session of its own, so Ctrl-C reaches only this one."""

    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    port: int

    def wait_until_up(self) -> None:
        """Return once a page is answered; raises NotServingError."""
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline:
            if self.has_ended():
                break
            if _answers(self.port):
                return
            time.sleep(0.1)
        message = f"no answer on port {self.port}"
        raise NotServingError(message)

    def has_ended(self) -> bool:
        """Whether either process is gone."""
        return self.web.poll() is not None or self.worker.poll() is not None

    def wait(self, stopped: threading.Event) -> None:
        """Return when told to stop; raises NotServingError when a process ends by itself."""
        while not stopped.wait(0.5):
            if self.has_ended():
                message = "a process ended by itself"
                raise NotServingError(message)

    def stop(self) -> None:
        """End both: the worker finishes its running job first, within a limit."""
        for process in (self.web, self.worker):
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in (self.web, self.worker):
            try:
                process.wait(timeout=max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def serve(port: int) -> Serving:
    """Start granian on loopback and the worker.

    One process answers: on a trial's machine a second costs more start-up than it serves. A
    service runs more (docs/operations/run.md).
    """
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    web += ["--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    web += ["--log-level", "warning", "dure.web.wsgi:application"]
    worker = [sys.executable, str(ROOT / "manage.py"), "work"]
    return Serving(web=_start(web), worker=_start(worker), port=port)


def stop_signals() -> threading.Event:
    """An event that Ctrl-C or SIGTERM sets."""
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopped


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603 - our own command


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/robots.txt")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
