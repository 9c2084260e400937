"""The data room keeps its promises on PostgreSQL too."""

import pytest
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]
pytestmark = pytest.mark.postgres


def test_imports_behave_the_same_on_postgresql(postgres: PostgresServer) -> None:
    passed = postgres.run_tests(
        "tests/programme/streams/test_importing.py",
        "tests/programme/streams/test_crashes.py",
        more=("-k", "not killed"),
    )

    assert passed >= 35
