"""What is done to a line, and where it is tied."""

import pytest

from tests.rig.court import CONDITIONED_LOOP, LOOP, LOOP_WITH_PORT, PORT, Court

LINE = "/LocalServiceRequest/LS/DETAILS/DETAIL"


@pytest.mark.trips("line-activity-of-port")
@pytest.mark.parametrize(("name", "form"), [(PORT, "NP"), (LOOP_WITH_PORT, "LSNP")])
def test_a_line_of_a_port_is_not_changed(court: Court, name: str, form: str) -> None:
    """LNA C goes with neither form."""
    findings = court.findings(name, {f"{form}[1].LNA": "C"})

    assert [("line-activity-of-port", "C", ("/LocalServiceRequest/LSR/REQTYP",))] == [
        (found.rule, found.value, found.also) for found in findings
    ]


@pytest.mark.passes("line-activity-of-port")
def test_a_line_of_a_port_may_leave_its_activity_out(court: Court) -> None:
    """Without LNA the number is ported."""
    assert () == court.findings(PORT, drops=["NP[1].LNA"])


@pytest.mark.trips("ccea-of-new-loop")
def test_a_new_loop_is_not_tied_to_a_carrier_system_by_ccea(court: Court) -> None:
    """CCEA with a T1 system is told and points to CFA."""
    findings = court.findings(CONDITIONED_LOOP, {"LS[1].CCEA": "101/T1/1/BOISIDMA/NMPAIDMA"}, ["LS.CFA"])

    assert [("ccea-of-new-loop", (f"{LINE}/CFA",))] == [(found.rule, found.also) for found in findings]


@pytest.mark.passes("ccea-of-new-loop")
def test_a_pair_of_the_frame_is_a_ccea(court: Court) -> None:
    """CCEA may name a block and pair."""
    assert () == court.findings(CONDITIONED_LOOP, {"LS[1].CCEA": "BLOCK 1 PAIR 2"}, ["LS.CFA"])


@pytest.mark.trips("tie-indicator")
@pytest.mark.parametrize(
    "sets",
    [
        {"LSR.TOS": "1F--"},
        {"LS[1].CABLE ID": "C0101", "LSR.TOS": "1A--"},
        {"LS[1].CBCID": "BAY01", "LSR.TOS": "1F--"},
        {"LS[1].CABLE ID": "C0101", "LSR.TOS": "1F--", "LSR.ACT": "T", "LS[1].ECCKT": "13.LXFU.208555.GR"},
    ],
    ids=["no tie", "service not tied", "bay with F", "move"],
)
def test_a_tie_indicator_without_its_tie_is_told(court: Court, sets: dict[str, str]) -> None:
    """CTI without cable or bay, with another service, or on a move is told at the line."""
    assert [f"{LINE}/CTI"] == [found.path for found in court.findings(LOOP, {"LS[1].CTI": "A"} | sets)]


@pytest.mark.passes("tie-indicator")
@pytest.mark.parametrize("sets", [{"LS[1].CABLE ID": "C0101", "LSR.TOS": "1P--"}, {"LS[1].CBCID": "BAY01"}])
def test_a_tie_indicator_with_its_tie_passes(court: Court, sets: dict[str, str]) -> None:
    """CABLE ID goes with F, P and R in TOS, CBCID with R."""
    assert () == court.findings(LOOP, {"LS[1].CTI": "A", "LSR.TOS": "1R--"} | sets)
