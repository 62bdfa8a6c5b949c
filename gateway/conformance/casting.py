"""Who must exist at a gateway before scenarios are played against it over HTTP: CLECs, by the names of their keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from gateway.conformance.port import OWN
from gateway.conformance.scenario import USUAL_AGREEMENT, Partner, Scenario
from gateway.record.rows import Family


@dataclass(frozen=True, slots=True)
class Actor:
    """One CLEC that scenarios need.

    Attributes:
        agreement: id of its agreement.
        ccna, cc: its codes.
        onboarded: whether everything that comes before a first order is done.
    """

    agreement: str
    ccna: tuple[str, ...] = ("ZQF",)
    cc: tuple[str, ...] = ("9Z7A",)
    onboarded: bool = True

    def also(self, other: "Actor") -> "Actor":
        """Give one CLEC that can play both."""
        ccna, cc = _both(self.ccna, other.ccna), _both(self.cc, other.cc)
        return replace(self, ccna=ccna, cc=cc, onboarded=self.onboarded and other.onboarded)


@dataclass(frozen=True, slots=True)
class Cast:
    """All CLECs of some scenarios.

    Attributes:
        named: by the name of their key; the usual one's is `OWN`.
        apart: how many more like the usual one collocation scenarios take, one each and one for each further party.
    """

    named: Mapping[str, Actor]
    apart: int


def cast_of(scenarios: Iterable[Scenario]) -> Cast:
    """Give whom some scenarios need."""
    named: dict[str, Actor] = {}
    apart = 0
    for scenario in scenarios:
        parts = {key_name(scenario): scenario.partner, **scenario.others}
        if scenario.family is Family.COLLOCATION:
            apart += len(parts) - (scenario.partner.id is not None)
            parts = {name: partner for name, partner in parts.items() if name == scenario.partner.id}
        for name, partner in parts.items():
            actor = _actor(partner, scenario)
            named[name] = named[name].also(actor) if name in named else actor
    return Cast(named, apart)


def key_name(scenario: Scenario) -> str:
    """Give the name of the key of a scenario's own CLEC: its id, or its agreement where that is not the usual one."""
    agreement = scenario.partner.agreement or scenario.agreement
    return scenario.partner.id or (OWN if agreement == USUAL_AGREEMENT else agreement)


def _actor(partner: Partner, scenario: Scenario) -> Actor:
    return Actor(partner.agreement or scenario.agreement, tuple(partner.ccna), tuple(partner.cc), partner.onboarded)


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return (*one, *(code for code in other if code not in one))
