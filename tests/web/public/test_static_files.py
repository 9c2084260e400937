"""Static files as the real server sends them: hashed names kept for a year, compressed, small."""

import re
import urllib.request

import pytest

from tests.web.server import DureServer

pytestmark = pytest.mark.journey
WITHOUT_FONTS_AT_MOST = 90_000


def fetch(url: str) -> tuple[dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
        return {k.lower(): v for k, v in answer.headers.items()}, answer.read()


def files_of(server: DureServer) -> list[str]:
    _, page = fetch(server.url + "/")
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode())
    return list(dict.fromkeys(found))


def test_every_file_has_its_hash_and_is_kept_for_good(dure_server: DureServer) -> None:
    files = files_of(dure_server)

    assert {path.rpartition(".")[2] for path in files} == {"css", "js", "svg", "woff2"}
    for path in files:
        headers, _ = fetch(dure_server.url + path)
        assert re.search(r"\.[0-9a-f]{12}\.", path), path
        assert headers["cache-control"] == "max-age=315360000, public, immutable", path


def test_a_first_visit_without_fonts_stays_in_its_budget(dure_server: DureServer) -> None:
    sizes = {}
    for path in files_of(dure_server):
        headers, body = fetch(dure_server.url + path)
        if not path.endswith("woff2"):
            assert headers.get("content-encoding") == "br" or len(body) < 2_000, path
            sizes[path] = len(body)

    assert sum(sizes.values()) <= WITHOUT_FONTS_AT_MOST, sizes
    assert sum(size for path, size in sizes.items() if "/ui." in path) <= 10_000
