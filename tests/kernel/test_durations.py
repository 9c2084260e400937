"""Lengths of time and measured values, as people write them."""

import pytest

from dure.kernel.durations import duration_text
from dure.kernel.quantities import number_text, quantity_text


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.25, "0.25초"),
        (9.994, "9.99초"),
        (45, "45초"),
        (60, "1분"),
        (220, "3분 40초"),
        (3_600, "1시간"),
        (5_400, "1시간 30분"),
        (86_400, "1일"),
        (183_600, "2일 3시간"),
        (86_400 * 1_500, "1,500일"),
    ],
)
def test_lengths_of_time_in_their_two_largest_units(seconds: float, said: str) -> None:
    assert str(duration_text(seconds)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (209.0, "209"),
        (1_234_567.891, "1,234,568"),
        (0.000_123_45, "0.00012345"),
        (-3.25, "-3.25"),
        (2.5e20, "2.5e+20"),
        (3e-9, "3e-09"),
    ],
)
def test_numbers_with_the_digits_that_mean_something(value: float, said: str) -> None:
    assert number_text(value) == said


def test_units_stand_behind_and_some_close_up() -> None:
    assert quantity_text(182.5, "°C") == "182.5°C"
    assert quantity_text(97.5, "%") == "97.5%"
    assert quantity_text(3.0, "kgf/cm²") == "3 kgf/cm²"
    assert quantity_text(7.0, "") == "7"
