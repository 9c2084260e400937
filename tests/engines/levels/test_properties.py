"""What holds of every measurement, whatever the data."""

import math
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.levels.making import cell, grid, measured
from tests.engines.sites import SECOND, START, MadeSite, every, walk

from dure.engines.kpi.first import first_kpis
from dure.engines.lake.findings import Severity
from dure.engines.lake.series import ColumnRole
from dure.engines.levels.findings import Doubt, IntegrityFinding, Measurement, Status
from dure.engines.levels.integrity.verdict import trust_left
from dure.kernel.text import Text

NAMES = ("temp PV", "temp OP", "temp SV", "count", "양품", "불량", "수율", "cycle time", "x")
NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-5, 5).map(float),
    st.sampled_from([0.0, -0.0, 1e-300, 1e300, math.nan]),
)
MOMENTS = st.one_of(
    st.integers(-(10**16), 10**16), st.integers(0, 600).map(lambda s: START + s * SECOND)
)


@st.composite
def sites(draw: st.DrawFn) -> MadeSite:
    """Small tables of anything: empty cells, infinities, impossible times, one row, no row."""
    site = MadeSite()
    for frame in range(draw(st.integers(0, 2))):
        rows = draw(st.integers(0, 45))
        times = draw(st.none() | st.lists(MOMENTS, min_size=rows, max_size=rows))
        for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=5)):
            role = draw(st.sampled_from((ColumnRole.READING, ColumnRole.COUNT)))
            values = draw(st.lists(NUMBERS, min_size=rows, max_size=rows))
            site.add(name, values, times, frame=f"t{frame}", role=role)
        if draw(st.booleans()):
            words = st.sampled_from(["OK", "NG", "2026-01-01", "A1", "", None])
            cells = draw(st.lists(words, min_size=rows, max_size=rows))
            role = draw(st.sampled_from((ColumnRole.LABEL, ColumnRole.LOT)))
            site.add("received_at", cells, times, frame=f"t{frame}", role=role)
    return site


@settings(max_examples=150)
@given(sites())
@example(MadeSite().add("temp PV", [1e300, -1e300, 1e300] * 20, every(1, 60)))
@example(
    MadeSite()
    .add("temp PV", [0.0, 0.0, math.nan, 1.0], None)
    .add("temp SV", [0.0, 0.0, 1.0, 0.0], None)
)
def test_anything_is_measured_and_told_in_words(site: MadeSite) -> None:
    result = measured(site)

    assert Measurement.from_json(result.to_json()) == result
    assert 0 <= result.confidence <= 1
    assert all(0 <= one.confidence <= 1 for one in result.cells)
    assert all((one.missing is None) == (one.status is Status.SUPPORTED) for one in result.cells)
    assert [str(one.found) for one in result.cells]
    for kpi in first_kpis(site):
        if kpi.value is not None:
            assert kpi.low is not None
            assert kpi.high is not None
            assert kpi.low <= kpi.value <= kpi.high


@settings(max_examples=60)
@given(sites())
def test_a_level_holds_only_on_supported_criteria(site: MadeSite) -> None:
    result = measured(site)
    below = grid().rank(result.system_level)

    for criterion in grid().criteria:
        if criterion.decides and grid().rank(criterion.level) <= below:
            assert cell(result, criterion.key).status is Status.SUPPORTED
    above = grid().next_level(result.system_level)
    assert above is not None
    deciding = [c.key for c in grid().criteria_of(above) if c.decides]
    assert any(cell(result, key).status is not Status.SUPPORTED for key in deciding)
    assert result.missing_for_next


def finding(kind: Doubt, severity: Severity, confidence: float) -> IntegrityFinding:
    return IntegrityFinding(kind, severity, Text("x"), Text("y"), (), None, confidence)


FINDINGS = st.builds(
    finding, st.sampled_from(Doubt), st.sampled_from(Severity), st.floats(0.5, 1.0)
)


@given(st.lists(FINDINGS, max_size=8), FINDINGS)
def test_another_doubt_never_raises_trust(found: list[Any], more: IntegrityFinding) -> None:
    assert 0.1 <= trust_left([*found, more]) <= trust_left(found) <= 1.0


@given(st.lists(FINDINGS, max_size=5))
def test_order_and_repetition_of_doubts_change_nothing(found: list[Any]) -> None:
    assert math.isclose(trust_left(found), trust_left([*found[::-1], *found]))


@settings(max_examples=15)
@given(st.integers(1, 40), st.integers(0, 1_000))
def test_a_longer_record_never_makes_it_less_sure(days: int, seed: int) -> None:
    def sure(count: int) -> float:
        times, site = every(600, count * 144), MadeSite()
        return measured(site.add("a", walk(count * 144, seed), times)).confidence

    assert sure(days + 1) >= sure(days) - 1e-3


def test_rows_in_another_order_give_the_same_level() -> None:
    columns = {name: walk(700, index) for index, name in enumerate("abc")}
    forward, backward = MadeSite(), MadeSite()
    for name, values in columns.items():
        forward.add(name, values, every(1, 700))
        backward.add(name, values[::-1].copy(), every(1, 700)[::-1].copy())

    first, second = measured(forward), measured(backward)

    assert (first.system_level, first.confidence) == (second.system_level, second.confidence)
    assert np.isclose(first.confidence, 0.7 * (0.5 + 0.5 / 30), atol=1e-3)
