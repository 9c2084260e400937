"""The general programme's rules written for OpenFisca, the peer of `bench/policy.py`.

Facts are integer variables with -1 for unknown, as in Dure's columns. A verdict is 0 possible,
1 to be checked, 2 difficult. Common rules are computed once per month and kept by OpenFisca. Won
are its integers (int32, so costs stay below 2.1 billion): its floats are float32 and lose won.
"""

from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH, instant
from openfisca_core.reforms import Reform
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Columns = dict[str, np.ndarray]
FACTS = (
    "manufacturer", "ksic", "firm_size", "business_status", "tax_arrears", "credit_default",
    "insolvency", "excluded", "system_level", "target_level", "prior_support",
    "workplace_built_before", "has_supplier",
)  # fmt: skip
CAPS: dict[str, dict[str, int | None]] = {
    "new_build": {"2020-01-01": 100_000_000, "2021-01-01": None},
    "upgrade": {"2020-01-01": 150_000_000, "2021-01-01": None},
    "basic": {"2021-01-01": 70_000_000, "2022-06-29": 50_000_000, "2023-01-01": None},
    "upgrade1": {"2021-01-01": 200_000_000},
    "upgrade2": {"2021-01-01": 400_000_000, "2023-01-01": None},
    "same_level": {"2022-06-29": 50_000_000},
}
Workplace = build_entity(key="workplace", plural="workplaces", label="", is_person=True)
BASIC, MID1, MID2, ADVANCED = 1, 2, 3, 4
LARGE, NEW_BUILD = 4, 1


def _all(*truths: np.ndarray) -> np.ndarray:
    return np.minimum.reduce(truths)


def _is(codes: np.ndarray, *values: int) -> np.ndarray:
    """1 true, -1 false, 0 unknown."""
    return np.where(codes == -1, 0, np.where(np.isin(codes, values), 1, -1)).astype(np.int8)


def _below(codes: np.ndarray, bound: Any) -> np.ndarray:  # noqa: ANN401 - codes or one code
    unknown = (codes == -1) | (np.asarray(bound) == -1)
    return np.where(unknown, 0, np.where(codes < bound, 1, -1)).astype(np.int8)


def _verdict(*truths: np.ndarray) -> np.ndarray:
    """Difficult where one is false, to be checked where one is unknown."""
    return 1 - _all(*truths)


def _fact(name: str) -> type[Variable]:
    body = {"value_type": int, "entity": Workplace, "definition_period": MONTH, "default_value": -1}
    return type(name, (Variable,), body)


class total_cost(Variable):  # noqa: N801 - OpenFisca names variables so
    value_type = int
    entity = Workplace
    definition_period = MONTH


class common_verdict(Variable):  # noqa: N801
    value_type = int
    entity = Workplace
    definition_period = MONTH

    def formula(workplace, period):  # noqa: ANN001, ANN202, N805
        fact = {name: workplace(name, period) for name in FACTS}
        division = fact["ksic"]
        verdict = _verdict(
            _is(fact["manufacturer"], 1),
            np.where((division == -1) | ((division >= 10) & (division <= 34)), 1, -1),
            np.where(np.isin(division, (55, 56, 91)), -1, 1),
            -_is(fact["firm_size"], LARGE),
            _is(fact["business_status"], 0),
            *(-_is(fact[name], 1) for name in FACTS[4:8]),
        )
        return np.maximum(verdict, np.where(fact["has_supplier"] == 1, 0, 1))


def _second_build(workplace: Any, period: Any) -> tuple[np.ndarray, np.ndarray]:  # noqa: ANN401
    """Whether no second new build is asked for; the verdict on another workplace of the firm."""
    prior = _is(workplace("prior_support", period), NEW_BUILD)
    built = _is(workplace("workplace_built_before", period), 1)
    elsewhere = np.where((prior == -1) | (built == 1), 0, 1)
    return -_all(prior, built), elsewhere


def _rises(workplace: Any, period: Any, targets: tuple[int, ...]) -> np.ndarray:  # noqa: ANN401
    """The verdict on target and level of a tier, with the one exemption of the portal."""
    level, target = workplace("system_level", period), workplace("target_level", period)
    fits = np.where((target == -1) | np.isin(target, targets), 1, -1)
    rises = np.where(target == -1, _below(level, max(targets)), _below(level, target))
    exempt = _all(
        _is(workplace("prior_support", period), NEW_BUILD),
        -_below(level, MID1),
        _is(level, *targets),
    )
    return _verdict(fits, np.where((rises == -1) & (exempt != -1), 0, rises))


def _new_build(workplace: Any, period: Any) -> np.ndarray:  # noqa: ANN401
    first, elsewhere = _second_build(workplace, period)
    empty = -_is(workplace("workplace_built_before", period), 1)
    return np.maximum(_verdict(first, empty), elsewhere)


def _upgrade(workplace: Any, period: Any) -> np.ndarray:  # noqa: ANN401
    return _verdict(_is(workplace("workplace_built_before", period), 1))


def _basic(workplace: Any, period: Any) -> np.ndarray:  # noqa: ANN401
    first, elsewhere = _second_build(workplace, period)
    rises = _rises(workplace, period, (BASIC,))
    return np.maximum.reduce((_verdict(first), elsewhere, rises))


def _upgrade1(workplace: Any, period: Any) -> np.ndarray:  # noqa: ANN401
    return _rises(workplace, period, (MID1,))


def _upgrade2(workplace: Any, period: Any) -> np.ndarray:  # noqa: ANN401
    return _rises(workplace, period, (MID2, ADVANCED))


def _same_level(workplace: Any, period: Any) -> np.ndarray:  # noqa: ANN401
    targets = (MID1,) if period.start.year >= 2023 else (BASIC, MID1, MID2, ADVANCED)
    level, target = workplace("system_level", period), workplace("target_level", period)
    stays = np.where(level == -1, 0, np.where(target == level, 1, -1))
    return _verdict(
        _is(workplace("workplace_built_before", period), 1),
        np.where(target == -1, 1, stays),
        _is(level, *targets),
    )


_OWN_RULES = {
    "new_build": _new_build,
    "upgrade": _upgrade,
    "basic": _basic,
    "upgrade1": _upgrade1,
    "upgrade2": _upgrade2,
    "same_level": _same_level,
}


def _tier_variables(tier: str) -> tuple[type[Variable], type[Variable]]:
    own = _OWN_RULES[tier]

    def verdict(workplace, period):  # noqa: ANN001, ANN202
        return np.maximum(workplace("common_verdict", period), own(workplace, period))

    def government(workplace, period, parameters):  # noqa: ANN001, ANN202
        general = parameters(period).general
        shared = np.floor(workplace("total_cost", period) * general.share)
        paid = np.minimum(general[tier], shared - shared % general.cut_below)
        return np.where(workplace(f"{tier}_verdict", period) == 2, 0, paid)

    body = {"entity": Workplace, "definition_period": MONTH}
    return (
        type(f"{tier}_verdict", (Variable,), body | {"value_type": int, "formula": verdict}),
        type(f"{tier}_government", (Variable,), body | {"value_type": int, "formula": government}),
    )


def make_rules() -> TaxBenefitSystem:
    """The system with parameters, input variables and formulas."""
    system = TaxBenefitSystem([Workplace])
    for variable in (*map(_fact, FACTS), total_cost, common_verdict):
        system.add_variable(variable)
    for tier in CAPS:
        for variable in _tier_variables(tier):
            system.add_variable(variable)
    values = {tier: {"values": _dated(caps)} for tier, caps in CAPS.items()}
    general = values | {
        "share": {"values": _dated({"2020-01-01": 0.5})},
        "cut_below": {"values": _dated({"2020-01-01": 1000})},
    }
    system.parameters = ParameterNode("", data={"general": general})
    return system


def reform_rules(system: TaxBenefitSystem, cap: int, share: float) -> TaxBenefitSystem:
    """The same with another basic cap in 2021 and another share in 2023 and after."""

    class Changed(Reform):
        def apply(self) -> None:
            self.modify_parameters(modifier_function=self._change)

        def _change(self, parameters: ParameterNode) -> ParameterNode:
            parameters.general.basic.update(
                start="2021-01-01", stop=instant("2021-12-31"), value=cap
            )
            parameters.general.share.update(start="2023-01-01", value=share)
            return parameters

    return Changed(system)


def make_simulation(
    system: TaxBenefitSystem, facts: Columns, costs: np.ndarray, months: list[str]
) -> Simulation:
    """A fresh simulation with its inputs set; nothing is computed yet."""
    simulation = SimulationBuilder().build_default_simulation(system, count=len(costs))
    for month in months:
        for name in FACTS:
            simulation.set_input(name, month, facts[name])
        simulation.set_input("total_cost", month, costs.astype(np.int32))
    return simulation


def _dated(values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {day: {"value": value} for day, value in values.items()}
