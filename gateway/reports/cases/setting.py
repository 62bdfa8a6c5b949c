"""What a case is computed with: both exhibits, the calendar of the case file, and the parameters it sets."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.readings import MeasureReadings
from gateway.reports.plan.readings import PlanReadings
from gateway.reports.plan.terms import PlanTerms
from gateway.reports.terms_source import with_parameters

_MEASURE_PARAMETERS = frozenset(item.name for item in fields(MeasureReadings))
_PLAN_PARAMETERS = frozenset(item.name for item in fields(PlanReadings))
PARAMETERS = _MEASURE_PARAMETERS | _PLAN_PARAMETERS | {"state_group"}
"""Every name that a case may set."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The terms and readings a case rests on."""

    basis: MeasureBasis
    plan: PlanTerms

    def readings(self) -> dict[str, str]:
        """Give every parameter with its value, to be printed with the results."""
        registers = (self.basis.readings, self.plan.readings)
        named = {item.name: str(getattr(register, item.name)) for register in registers for item in fields(register)}
        return named | {"state_group": self.plan.state_group}

    def under(self, parameters: Mapping[str, Any]) -> "Setting":
        """Give the same setting under other parameters.

        Raises:
            ValueError: a name or a value is none that a parameter may have.
        """
        if unknown := parameters.keys() - PARAMETERS:
            raise ValueError(f"no such parameter: {', '.join(sorted(unknown))}")
        measures = {name: value for name, value in parameters.items() if name in _MEASURE_PARAMETERS}
        plan = {name: value for name, value in parameters.items() if name in _PLAN_PARAMETERS}
        group = str(parameters.get("state_group", self.plan.state_group))
        if group not in self.plan.payments:
            raise ValueError(f"Table 4 has no such states: {group}")
        readings = with_parameters(self.plan.readings, plan)
        return Setting(
            self.basis.reading(with_parameters(self.basis.readings, measures)),
            replace(self.plan, readings=readings, state_group=group),
        )
