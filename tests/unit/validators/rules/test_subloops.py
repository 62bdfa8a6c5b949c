"""Subloops and network interface devices."""

import pytest

from tests.rig.court import LOOP, Court
from tests.rig.register_entries import entry, partner_with

LSR = "/LocalServiceRequest/LSR"
SUBLOOP = {"LSR.NC": "UA--", "LSR.DDD": "03-30-2026"}
NID = {"LSR.NC": "ND--", "LSR.DDD": "03-30-2026"}


@pytest.mark.trips("subloop-lsr-termination-data")
def test_a_subloop_is_ordered_with_its_termination(court: Court) -> None:
    """Without cable, CFA or CCEA the line is refused (9.3.5.2.1)."""
    found = court.findings(LOOP, SUBLOOP | {"LS[1].CFA": ""})

    assert "subloop-lsr-termination-data" in {f.rule for f in found}


@pytest.mark.passes("subloop-lsr-termination-data")
@pytest.mark.upholds("subloop-mte-lsr-before-access")
def test_a_subloop_needs_no_circuit_id(court: Court) -> None:
    """On the wire of a building the circuit id may come later (9.3.5.4.7)."""
    assert () == court.findings(LOOP, SUBLOOP | {"LSR.REMARKS": "MTE"})


@pytest.mark.trips("subloop-intrabuilding-ownership")
@pytest.mark.passes("subloop-intrabuilding-ownership")
def test_cable_of_the_buildings_owner_is_no_subloop(court: Court) -> None:
    """It is reached through the NID (9.3.2.1.3); cable of the ILEC, or whose owner is not known, is a subloop."""

    def refused(owner: str, remarks: str = "MTE") -> list[str]:
        terminal = entry("building-terminals", key="4120 OPALINE BOISE ID", ready=True, cable_owner=owner)
        message = court.message(LOOP, SUBLOOP | {"LSR.REMARKS": remarks})
        judged = court.judged(message, partner=partner_with(terminal))
        return [finding.rule for finding in judged.verdict.findings]

    assert ["subloop-intrabuilding-ownership"] == refused("owner of the building")
    assert [] == [*refused("ILEC"), *refused("not known"), *refused("owner of the building", "DETACHED")]


@pytest.mark.trips("nid-route-of-order")
@pytest.mark.passes("nid-route-of-order")
def test_a_nid_with_a_subloop_is_a_subloop(court: Court) -> None:
    """SLI beside the NID's code names both fields (9.5.1)."""
    found = court.findings(LOOP, NID | {"LSR.SLI": "S"})

    assert [("nid-route-of-order", (f"{LSR}/NC",))] == [(f.rule, f.also) for f in found]
    assert () == court.findings(LOOP, NID)
