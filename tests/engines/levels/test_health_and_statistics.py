"""How one series looks, and the few tests the measurement leans on, against known values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.sites import SECOND, START, MadeSite

from dure.engines.lake.series import ColumnRole
from dure.engines.levels.evidence import sureness
from dure.engines.levels.health import Gap, number_health, rhythm_of, text_health
from dure.engines.levels.statistics import (
    correlation,
    kolmogorov_p,
    normal_p,
    of_many,
    order_p,
    ranks,
    related_p,
    thin_out,
    two_sided_p,
    uniform_p,
)


def test_rhythm_and_its_gaps_longest_first() -> None:
    times = START + np.array([0, 1, 2, 3, 20, 21, 22, 122]) * SECOND

    rhythm = rhythm_of(times[::-1])

    assert rhythm.cadence_seconds == 1.0
    assert rhythm.gaps == (
        Gap(START + 22 * SECOND, START + 122 * SECOND),
        Gap(START + 3 * SECOND, START + 20 * SECOND),
    )
    assert rhythm.gap_seconds == 117.0
    assert rhythm_of(times[:1]).cadence_seconds is None


def test_health_of_numbers_and_words() -> None:
    site = (
        MadeSite()
        .add("temp", [3.0, np.nan, 1.0, np.inf])
        .add("still", [2.0, 2.0, np.nan])
        .add("empty", [np.nan])
        .add("state", ["run", None, "stop"], role=ColumnRole.LABEL)
        .add("line", ["A", "A"], role=ColumnRole.LABEL)
    )

    temp = number_health(site.read("table/temp"))
    state = text_health(site.read_text("table/state"))

    assert (temp.rows, temp.filled, temp.minimum, temp.maximum) == (4, 2, 1.0, 3.0)
    assert number_health(site.read("table/still")).is_constant
    assert number_health(site.read("table/empty")).minimum is None
    assert (state.rows, state.filled, state.words, state.is_constant) == (3, 2, 2, False)
    assert text_health(site.read_text("table/line")).is_constant


def test_chances_agree_with_tables() -> None:
    assert two_sided_p(1.959964) == pytest.approx(0.05, abs=1e-6)
    assert of_many(0.05, 1) == pytest.approx(0.05)
    assert of_many(0.05, 10) == pytest.approx(1 - 0.95**10)
    assert of_many(1.0, 3) == pytest.approx(1.0)
    # Kolmogorov's table: 1.358 / sqrt(n) at five percent for large n.
    assert kolmogorov_p(1.358 / 100, 10_000) == pytest.approx(0.05, abs=0.002)
    assert kolmogorov_p(0.0, 50) == 1.0


def test_ranks_share_their_middle() -> None:
    assert ranks(np.array([30.0, 10.0, 10.0, 20.0])).tolist() == [3.0, 0.5, 0.5, 2.0]
    assert correlation(np.array([1.0, 2.0]), np.array([5.0, 5.0])) == 0.0


def test_thinning_keeps_the_ends() -> None:
    values = np.arange(100.0)

    assert thin_out(values, 5).tolist() == [0.0, 24.0, 49.0, 74.0, 99.0]
    assert thin_out(values, 100) is values


@pytest.mark.parametrize(
    ("kind", "low"),
    [("uniform", (0.5, 1.0)), ("normal", (0.5, 1.0)), ("order", (0.5, 1.0)), ("pair", (0.5, 1.0))],
)
def test_chances_are_even_where_nothing_is_to_be_found(kind: str, low: tuple[float, float]) -> None:
    """Half of the p-values of honest chance lie under a half, one in twenty under five percent."""
    random = np.random.default_rng(1)
    draws = {
        "uniform": lambda: uniform_p(random.uniform(0, 1, 200), 0.0, 1.0),
        "normal": lambda: normal_p(random.normal(0, 1, 200)),
        "order": lambda: order_p(random.normal(0, 1, 200)),
        "pair": lambda: related_p(random.normal(0, 1, 200), random.normal(0, 1, 200)),
    }
    chances = np.array([draws[kind]() for _ in range(300)])

    assert 0.01 <= (chances < 0.05).mean() <= 0.1
    assert low[0] - 0.15 <= (chances > 0.5).mean() + 0.1 <= low[1]


def test_chances_vanish_where_there_is_much_to_be_found() -> None:
    random = np.random.default_rng(1)
    drift = np.cumsum(random.normal(0, 1, 300))

    assert order_p(drift) < 1e-6
    assert related_p(drift, drift + random.normal(0, 1, 300)) < 1e-6
    assert normal_p(random.exponential(1, 300)) < 0.001
    assert uniform_p(random.normal(0, 1, 300)) < 0.001
    assert uniform_p(random.integers(0, 20, 500).astype(np.float64)) > 0.001


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 10_000))
def test_sureness_grows_with_distance_and_rows(share: float, threshold: float, count: int) -> None:
    sure = sureness(share, threshold, count)

    assert 0.5 <= sure <= 1.0
    assert sureness(share, threshold, 4 * count) >= sure
    assert sureness(threshold, threshold, count) == 0.5
