"""The life of a matter between the parties that no message brought: open until what is owed is there."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from gateway.lifecycle.machine import Because, Machine, Occurrence, Step
from gateway.lifecycle.standing import Standing
from validators.agreement.matter_terms import SETTLED, WITHDRAWN

OPEN: Final = "OPEN"
_SECTION: Final = "12.3.10.2"
_ENDS: Final = {SETTLED: "SETTLED", WITHDRAWN: "WITHDRAWN"}


def _follow(standing: Standing, step: Step, occurrence: Occurrence) -> Standing:
    del occurrence
    return replace(standing, state=step.to)


MATTER: Final = Machine(
    name="matter",
    first=OPEN,
    table=MappingProxyType({(OPEN, event): (Step(to, event, None, _SECTION),) for event, to in _ENDS.items()}),
    refusals=MappingProxyType({}),
    refusals_by_state=MappingProxyType(
        {
            OPEN: Because("Operators put on record what ends it", _SECTION),
            "SETTLED": Because("What was owed is there", _SECTION),
            "WITHDRAWN": Because("The entry that opened it was withdrawn", _SECTION),
        }
    ),
    brings_version=frozenset(),
    follow=_follow,
    supplements=MappingProxyType({}),
    stale_version_section=_SECTION,
    unlisted=frozenset(_ENDS),
    states=(OPEN, *_ENDS.values()),
    events=tuple(_ENDS),
)
"""No decision of the back end moves it; entries of registers do."""
