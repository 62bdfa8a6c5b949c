"""Rules on subloops and network interface devices: what a request for one carries, and under which terms it comes."""

from collections.abc import Iterable
from typing import Final

from validators.codes import Code
from validators.registers.buildings import TERMINALS
from validators.rules.case import Case
from validators.rules.registry import Found, Scope, content_rule
from validators.rules.site_facts import building_of

_NEW: Final = frozenset("NTVWZ")
_AT_BUILDING: Final = "MTE"
"""What REMARKS say of a subloop at the terminal of a building."""
_TERMINATIONS: Final = frozenset({"CFA", "CCEA", "CABLE_ID"})


@content_rule(
    "subloop-lsr-termination-data",
    "9.3.5.2.1",
    Code.ASSIGNMENT_MISSING,
    Scope(products=frozenset({"subloop", "subloop-analog"}), activities=_NEW),
)
def termination_of_subloop(case: Case) -> Iterable[Found]:
    """A subloop is ordered with the termination that the field connection point or the inventory gave."""
    return [
        Found.at(
            line,
            "CABLE_ID",
            "The termination of the subloop is missing: CABLE ID, CFA or CCEA.",
            "Send the cable and pair that the field connection point or the inventory process gave.",
            also=(line.path_of("CFA"), line.path_of("CCEA")),
        )
        for line in case.message.lines
        if _TERMINATIONS.isdisjoint(line.fields)
    ]


@content_rule(
    "nid-route-of-order",
    "9.5.1",
    Code.COMBINATION_NOT_OFFERED,
    Scope(products=frozenset({"nid"}), activities=_NEW),
)
def nid_alone(case: Case) -> Iterable[Found]:
    """A NID is ordered alone; together with a subloop it comes under the subloop's terms."""
    head = case.message.head
    if "SLI" not in head.fields:
        return ()
    return (
        Found.at(
            head,
            "SLI",
            "SLI S asks for a subloop and NC for a NID: with a subloop the NID comes under the subloop's terms.",
            "Order the subloop with its own NC code, or the NID without SLI.",
            also=(head.path_of("NC"),),
        ),
    )


@content_rule(
    "subloop-intrabuilding-ownership",
    "9.3.2.1.3",
    Code.COMBINATION_NOT_OFFERED,
    Scope(products=frozenset({"subloop", "subloop-analog"}), activities=_NEW),
)
def cable_of_the_ilec(case: Case) -> Iterable[Found]:
    """Cable within a building is a subloop only where the ILEC owns it; asked where its owner is on record."""
    dossier, message = case.partner.dossier, case.message
    building = building_of(message)
    if dossier.empty or building is None or not message.remarks_say(_AT_BUILDING):
        return ()
    terminal = dossier.last(TERMINALS, case.application_date, building)
    if terminal is None or terminal.data.cable_owner != "owner of the building":
        return ()
    return (
        Found.at(
            message.head,
            "NC",
            "The cable in this building is its owner's, so it is no subloop.",
            "Order access to the NID (NC ND--): all facilities in the building are reached from there (9.3.5.4.2).",
            also=(message.head.path_of("REMARKS"),),
        ),
    )


RULES = (termination_of_subloop, nid_alone, cable_of_the_ilec)
