"""`make run` as people use it: it starts, says where to go, and stops cleanly."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.web.server import ROOT, free_port

pytestmark = pytest.mark.journey


def _start(data_dir: Path, port: int, **more: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DURE_DATA_DIR": str(data_dir),
        "DURE_PORT": str(port),
        "PYTHONPATH": str(ROOT / "src"),
    }
    for name in ("DURE_DATABASE_URL", "DURE_SITE_URL", "DURE_HOSTS", "DURE_SECURE"):
        environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "-m", "dure.web.start"],
        cwd=ROOT,
        env=environment | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _read_until(process: subprocess.Popen[str], words: str) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if words in line:
            break
    return said


def _wait_gone(pids: list[int], seconds: float = 10) -> list[int]:
    deadline = time.monotonic() + seconds
    while pids and time.monotonic() < deadline:
        pids = [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists()]
        time.sleep(0.1)
    return pids


def _children(pid: int) -> list[int]:
    return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_it_starts_says_where_to_go_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    process = _start(tmp_path, port)
    try:
        said = _read_until(process, "Ctrl-C")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            page = answer.read().decode()
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=40)
    finally:
        process.kill()

    assert f"http://127.0.0.1:{port}" in said
    assert "owner@example.kr" in said
    assert "두레" in page
    assert process.returncode == 0
    assert "두레를 멈췄습니다" in rest
    assert len(children) == 2
    assert _wait_gone(children) == []


def test_a_secure_installation_gets_no_example_accounts(tmp_path: Path) -> None:
    port = free_port()
    process = _start(tmp_path, port, DURE_SECURE="1", DURE_SECRET_KEY="k" * 60)
    try:
        said = _read_until(process, "Ctrl-C")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)
    finally:
        process.kill()

    assert "owner@example.kr" not in said
    assert not (tmp_path / "example_accounts.json").exists()
