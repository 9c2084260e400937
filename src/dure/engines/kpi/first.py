"""The first indicators a plant sees: from labels, counts and times, with what is unknown shown."""

from collections.abc import Sequence

from dure.engines.kpi.cadence import measure_cadence
from dure.engines.kpi.continuity import completeness, running_share
from dure.engines.kpi.frames import Window, read_frames
from dure.engines.kpi.indicator import KpiValue, Table
from dure.engines.kpi.quality import good_rate
from dure.engines.kpi.throughput import cycle_time, hourly_output
from dure.engines.lake.series import SiteData


def first_kpis(
    data: SiteData, *, window: Window | None = None, now: int | None = None
) -> tuple[KpiValue, ...]:
    """The first indicators of a site; undefined ones are given too, with the reason.

    Args:
        window: only rows of these times.
        now: microseconds since 1970 UTC; later rows are no measurements.
    """
    return kpis_of(
        [Table(frame, measure_cadence(frame.times, now)) for frame in read_frames(data, window)]
    )


def kpis_of(tables: Sequence[Table]) -> tuple[KpiValue, ...]:
    """The first indicators of tables already read."""
    return (
        good_rate(tables),
        cycle_time(tables),
        hourly_output(tables),
        completeness(tables),
        running_share(tables),
    )
