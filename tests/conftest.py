"""Shared by all tests: where the real factory data lie, and a data folder of the run's own."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Speed is measured in bench/; a busy machine must not fail a property.
settings.register_profile("dure", deadline=None)
settings.load_profile("dure")

os.environ.setdefault("DURE_DATA_DIR", tempfile.mkdtemp(prefix="dure-test-"))

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Warnings are errors, but for one handle that WeasyPrint leaves to the garbage collector."""
    config.addinivalue_line(
        "filterwarnings", r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning"
    )


@pytest.fixture(scope="session")
def factory_data() -> Path:
    """Real factory data beside the checkout, read in place and never copied into the project."""
    folder = Path(os.environ.get("DURE_FACTORY_DATA", str(ROOT.parent / "shared" / "data")))
    if not folder.is_dir():
        pytest.fail(
            f"실제 공장 데이터 폴더가 없습니다: {folder} (DURE_FACTORY_DATA로 위치를 알려 주세요)"
        )
    return folder


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    """A lake and a file store of the test's own: numbers of rows come again in other tests."""
    settings.LAKE_ROOT = tmp_path / "dure" / "lake"
    settings.MEDIA_ROOT = tmp_path / "dure" / "files"
    return tmp_path / "dure"


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards() -> Iterator[None]:
    """Emptying the database after a transactional test is the one change without an actor.

    The flush ends with `post_migrate`, which puts the triggers back.
    """
    from django.test import TransactionTestCase

    from dure.foundation.audit import triggers

    flush = TransactionTestCase._fixture_teardown

    def remove_and_flush(case: TransactionTestCase) -> None:
        triggers.remove()
        flush(case)

    TransactionTestCase._fixture_teardown = remove_and_flush  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]
