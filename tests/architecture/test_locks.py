"""Lock files pin contents by hash and send nobody to a private host."""

import json
import re
import tomllib

from tests.architecture.house import ROOT

PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}


def test_the_node_lock_names_no_host_and_hashes_everything() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    packages = {key: value for key, value in json.loads(text)["packages"].items() if key}

    assert re.findall(r"https?://[^\"]+", text) == []
    assert [key for key, value in packages.items() if not value.get("integrity")] == []


def test_the_python_lock_names_only_the_public_index_and_hashes_everything() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    packages = tomllib.loads(text)["package"]
    files = [wheel for package in packages for wheel in package.get("wheels", ())]

    assert set(re.findall(r"https?://([^/\"]+)", text)) == PUBLIC_HOSTS
    assert [wheel["url"] for wheel in files if not wheel["hash"].startswith("sha256:")] == []
    assert files
