"""Reads of the data room, always inside one organisation; plain data only."""

from dure.engines.levels.integrity.dates import RefusedDate
from dure.programme.streams.queries.charts import (
    ChartRow,
    ChartView,
    Gap,
    WordCount,
    chart,
    count_words,
    export_csv,
)
from dure.programme.streams.queries.imports import (
    FindingView,
    ImportSummary,
    ImportView,
    KpiView,
    TemplateView,
    count_imports,
    get_import,
    list_imports,
    list_templates,
)
from dure.programme.streams.queries.quarantine import (
    QuarantinePage,
    quarantine_csv,
    quarantine_page,
    refused_dates,
)
from dure.programme.streams.queries.signals import (
    SignalNotFoundError,
    SignalView,
    count_series_by_equipment,
    get_signal,
    health,
    list_series,
    list_signals,
    open_site,
)

__all__ = [
    "ChartRow",
    "ChartView",
    "FindingView",
    "Gap",
    "ImportSummary",
    "ImportView",
    "KpiView",
    "QuarantinePage",
    "RefusedDate",
    "SignalNotFoundError",
    "SignalView",
    "TemplateView",
    "WordCount",
    "chart",
    "count_imports",
    "count_series_by_equipment",
    "count_words",
    "export_csv",
    "get_import",
    "get_signal",
    "health",
    "list_imports",
    "list_series",
    "list_signals",
    "list_templates",
    "open_site",
    "quarantine_csv",
    "quarantine_page",
    "refused_dates",
]
