"""The room of levels keeps its promises on PostgreSQL too."""

import pytest
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]
pytestmark = pytest.mark.postgres


def test_measurements_behave_the_same_on_postgresql(postgres: PostgresServer) -> None:
    passed = postgres.run_tests("tests/programme/levels/test_measurements.py")

    assert passed >= 15
