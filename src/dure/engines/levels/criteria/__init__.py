"""How each criterion of the level grid is held against data.

One function per criterion that telemetry can show; what a paper or a visit must show has none.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dure.engines.levels.criteria.analysis import (
    derived_indicators,
    integrated_4m1e,
    quality_analysis,
)
from dure.engines.levels.criteria.arrival import arrival_latency
from dure.engines.levels.criteria.collection import automatic_collection, coverage
from dure.engines.levels.criteria.control import (
    closed_loop,
    model_driven_setpoints,
    setpoint_response,
)
from dure.engines.levels.criteria.records import digitised_events, event_time, lot_history
from dure.engines.levels.evidence import Evidence, Reply
from dure.policy.level_grid import Criterion

EVALUATORS: Mapping[str, Callable[[Evidence, Criterion], Reply]] = MappingProxyType(
    {
        "digitised_events": digitised_events,
        "event_time": event_time,
        "lot_history": lot_history,
        "automatic_collection": automatic_collection,
        "coverage": coverage,
        "arrival_latency": arrival_latency,
        "quality_analysis": quality_analysis,
        "derived_indicators": derived_indicators,
        "closed_loop": closed_loop,
        "setpoint_response": setpoint_response,
        "integrated_4m1e": integrated_4m1e,
        "model_driven_setpoints": model_driven_setpoints,
    }
)
