"""Runs many scenarios against one gateway, and chooses which."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from gateway.conformance.play import play
from gateway.conformance.port import GatewayUnderTest
from gateway.conformance.reading import ReadyScenario
from gateway.conformance.results import Run, ScenarioResult
from validators.agreement.terms import Agreement


@dataclass(frozen=True, slots=True)
class Choice:
    """Which scenarios are played; what is empty chooses all.

    Attributes:
        families: of these message families.
        products: that order one of these products.
        sections: that exercise one of these sections, or a part of it: `9.2` chooses 9.2.4.4, too.
        agreements: played under one of these agreements; None for any.
    """

    families: Collection[str] = ()
    products: Collection[str] = ()
    sections: Collection[str] = ()
    agreements: Collection[str] | None = None

    def takes(self, ready: ReadyScenario) -> bool:
        """Say whether a scenario is chosen."""
        scenario = ready.scenario
        return (
            (not self.families or scenario.family.value in self.families)
            and (not self.products or not set(self.products).isdisjoint(scenario.product))
            and (not self.sections or any(map(self._in_sections, scenario.requirements)))
            and (self.agreements is None or scenario.agreement in self.agreements)
        )

    def _in_sections(self, requirement: str) -> bool:
        return any(requirement == section or requirement.startswith(f"{section}.") for section in self.sections)


async def run(
    scenarios: Iterable[ReadyScenario],
    gateway: GatewayUnderTest,
    agreements: Mapping[str, Agreement],
    tell: Callable[[ScenarioResult], None],
) -> Run:
    """Play scenarios and give what became of each, in their order; `tell` hears of each as it ends."""
    began = perf_counter()

    async def one(ready: ReadyScenario) -> ScenarioResult:
        result = await play(ready, gateway, agreements[ready.scenario.agreement].calendar)
        tell(result)
        return result

    results: Sequence[ScenarioResult]
    if gateway.one_time_for_all:
        results = await asyncio.gather(*map(one, scenarios))
    else:
        results = [await one(ready) for ready in scenarios]
    return Run(gateway.name, results, perf_counter() - began)
