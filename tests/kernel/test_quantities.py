"""Measured and computed values as people read them."""

import pytest

from dure.kernel.quantities import figure_text, number_text, quantity_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (209.0, "209"),
        (-3.25, "-3.25"),
        (1_234_567.891, "1,234,568"),
        (0.000_123_45, "0.00012345"),
        (1e-9, "1e-09"),
        (3.2e18, "3.2e+18"),
    ],
)
def test_a_measured_value_keeps_six_digits(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (96.195_71, "96.2"),
        (43.648_7, "43.65"),
        (100.0, "100"),
        (999.96, "1,000"),
        (1_000.4, "1,000"),
        (-12_345.6, "-12,346"),
    ],
)
def test_a_computed_figure_keeps_four_digits(value: float, text: str) -> None:
    assert figure_text(value) == text


def test_percent_and_degrees_follow_without_a_space() -> None:
    assert quantity_text(182.5, "°C") == "182.5°C"
    assert quantity_text(50.0, "%") == "50%"
    assert quantity_text(3.0, "kgf/cm²") == "3 kgf/cm²"
    assert quantity_text(7.0, "") == "7"
