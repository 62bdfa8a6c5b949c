"""Fields that some kinds of request need."""

import pytest

from tests.rig.court import DISCONNECT, LOOP, LOOP_WITH_PORT, PORT, SIMPLE_PORT, Court
from validators.verdict import Severity

LSR = "/LocalServiceRequest/LSR"
ONE_NUMBER = {"NP.NPQTY": "00001", "LSR.DDD": "03-10-2026"}
OTHERS = ["NP[2]", "NP[3]"]


@pytest.mark.parametrize(
    ("name", "drops", "path"),
    [
        pytest.param(LOOP, ["LSR.D/TSENT"], "LSR/D_TSENT", marks=pytest.mark.trips("date-sent-required")),
        pytest.param(DISCONNECT, ["LSR.D/TSENT"], "LSR/D_TSENT", marks=pytest.mark.trips("date-sent-required")),
        pytest.param(LOOP, ["LSR.INIT"], "LSR/INIT", marks=pytest.mark.trips("initiator-required")),
        pytest.param(PORT, ["LSR.NPDI"], "LSR/NPDI", marks=pytest.mark.trips("port-direction-required")),
        pytest.param(LOOP_WITH_PORT, ["LSR.NPDI"], "LSR/NPDI", marks=pytest.mark.trips("port-direction-required")),
        pytest.param(PORT, ["LSR.AN", "LSR.ATN"], "LSR/AN", marks=pytest.mark.trips("port-account-required")),
        pytest.param(
            PORT,
            ["LSR.AGAUTH", "LSR.DATED", "LSR.AUTHNM"],
            "LSR/AGAUTH",
            marks=pytest.mark.trips("authorization-on-conversion"),
        ),
        pytest.param(LOOP_WITH_PORT, ["LSR.MI"], "LSR/MI", marks=pytest.mark.trips("migration-indicator-required")),
        pytest.param(LOOP, ["EU.NAME"], "EU/NAME", marks=pytest.mark.trips("end-user-name-required")),
    ],
)
def test_a_field_that_the_request_needs_is_asked_for(court: Court, name: str, drops: list[str], path: str) -> None:
    """The field that is missing is named, alone, and its absence rejects."""
    assert [(f"/LocalServiceRequest/{path}", None, Severity.REJECT)] == [
        (found.path, found.value, found.severity) for found in court.findings(name, drops=drops)
    ]


@pytest.mark.trips("new-provider-of-simple-port")
def test_a_port_of_one_number_names_its_new_provider(court: Court) -> None:
    """NNSP is among the fields of a simple port, whatever form it comes on."""
    findings = court.findings(PORT, ONE_NUMBER, [*OTHERS, "LSR.NNSP"])

    assert [("new-provider-of-simple-port", f"{LSR}/NNSP")] == [(found.rule, found.path) for found in findings]


@pytest.mark.passes("new-provider-of-simple-port")
def test_a_port_of_several_numbers_may_leave_its_new_provider_to_cc(court: Court) -> None:
    """NNSP that is not sent is the sender's own company code."""
    assert () == court.findings(PORT, drops=["LSR.NNSP"])


@pytest.mark.passes("date-sent-required")
@pytest.mark.passes("initiator-required")
@pytest.mark.passes("end-user-name-required")
def test_a_simple_port_needs_no_date_sent_no_initiator_and_no_name(court: Court) -> None:
    """What 47 CFR 52.36 does not list is not asked for on a port of one number."""
    drops = [*OTHERS, "LSR.D/TSENT", "LSR.INIT", "EU.NAME"]

    assert () == court.findings(PORT, ONE_NUMBER, drops)
    assert () == court.findings(SIMPLE_PORT)


@pytest.mark.passes("port-direction-required")
@pytest.mark.passes("port-account-required")
@pytest.mark.passes("authorization-on-conversion")
@pytest.mark.passes("migration-indicator-required")
@pytest.mark.parametrize("drops", [["LSR.AN"], ["LSR.ATN"]])
def test_one_name_of_the_account_is_enough(court: Court, drops: list[str]) -> None:
    """AN and ATN name the same account."""
    assert () == court.findings(LOOP_WITH_PORT, drops=drops)


@pytest.mark.trips("hunt-group-count-required")
@pytest.mark.trips("customer-name-of-casual-carrier")
@pytest.mark.trips("billing-address-of-new-account")
@pytest.mark.trips("final-bill-address")
def test_what_is_only_known_from_memory_warns(court: Court) -> None:
    """Needs that no page at hand states are told, and reject nothing."""
    sets = {"LSR.CCNA": "CUS", "LSR.BAN1": "N", "EU.FBI": "D", "HGI[1].HNUM": "001"}

    found = court.findings(LOOP, sets)

    assert {f"{LSR}/HTQTY", f"{LSR}/CUST", f"{LSR}/ZIP_BILL", "/LocalServiceRequest/EU/BILL_ZIP"} == {
        f.path for f in found
    }
    assert {Severity.WARN} == {f.severity for f in found}


@pytest.mark.passes("hunt-group-count-required")
@pytest.mark.passes("customer-name-of-casual-carrier")
@pytest.mark.passes("billing-address-of-new-account")
@pytest.mark.passes("final-bill-address")
def test_what_is_there_is_not_warned_of(court: Court) -> None:
    """With count, name and addresses nothing is told."""
    sets = {
        "LSR.CCNA": "CUS",
        "LSR.CUST": "SAWTOOTH LANTERN",
        "LSR.BAN1": "N",
        "LSR.ZIP (BILL)": "83799",
        "LSR.HTQTY": "001",
        "EU.FBI": "D",
        "EU.BILL ZIP": "83799",
        "HGI[1].HNUM": "001",
    }
    assert () == court.findings(LOOP, sets)
