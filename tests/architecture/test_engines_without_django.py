"""The floors below Django import with Django blocked, so engines run anywhere."""

import subprocess
import sys

BLOCK_AND_IMPORT = """
import importlib, pkgutil, sys
sys.modules["django"] = None
for floor in ("dure.kernel", "dure.policy", "dure.engines", "dure.cli"):
    package = importlib.import_module(floor)
    for module in pkgutil.walk_packages(package.__path__, floor + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


def test_engines_policy_kernel_and_cli_import_without_django() -> None:
    run = subprocess.run(
        [sys.executable, "-c", BLOCK_AND_IMPORT],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert "dure.engines.lake.series" in run.stdout.split()
