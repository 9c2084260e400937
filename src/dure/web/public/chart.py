"""A yearly bar chart as plain geometry that the template draws; no script, no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass

from dure.web.public.published import PublishedSeries, YearValue

BOTTOM = 28
TOP = 34
RIGHT = 10
GAP = 0.34


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: its box, where its labels stand, what they say."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    year: int
    value: int
    labelled: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal line with the value it stands for."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart from zero, `width` × `height` in drawing units (px at full size)."""

    width: int
    height: int
    left: int
    baseline: float
    columns: tuple[Column, ...]
    grid: tuple[Line, ...]
    goal: Line | None


def bar_chart(series: PublishedSeries, *, width: int, height: int, labels: int) -> Chart:
    """Lay the series out; at most about `labels` bars carry their value, the last one always."""
    left = 52
    top_value = max(v.value for v in series.values)
    baseline = float(height - BOTTOM)
    scale = (baseline - TOP) / top_value
    # The last label is wider than its bar on a narrow chart.
    step = (width - left - RIGHT) / len(series.values)
    every = max(1, -(-len(series.values) // labels))
    columns = tuple(
        _column(value, index, series.values, (left, step, baseline, scale), every)
        for index, value in enumerate(series.values)
    )
    goal = series.goal
    return Chart(
        width=width,
        height=height,
        left=left,
        baseline=baseline,
        columns=columns,
        grid=tuple(Line(round(baseline - v * scale, 1), v) for v in _ticks(top_value)),
        goal=Line(round(baseline - goal.value * scale, 1), goal.value) if goal else None,
    )


def _column(
    value: YearValue,
    index: int,
    values: Sequence[YearValue],
    frame: tuple[int, float, float, float],
    every: int,
) -> Column:
    left, step, baseline, scale = frame
    height = value.value * scale
    from_last = len(values) - 1 - index
    return Column(
        x=round(left + step * (index + GAP / 2), 1),
        y=round(baseline - height, 1),
        width=round(step * (1 - GAP), 1),
        height=round(height, 1),
        middle=round(left + step * (index + 0.5), 1),
        year=value.year,
        value=value.value,
        labelled=from_last % every == 0,
        last=from_last == 0,
    )


def _ticks(top: int) -> tuple[int, ...]:
    """Three to five round values from zero up to `top`."""
    size = 10 ** (len(str(top)) - 1)
    unit = next(size * s // 10 for s in (10, 20, 50, 100) if top // (size * s // 10) <= 4)
    return tuple(range(0, top + 1, unit))
