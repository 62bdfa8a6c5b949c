"""Combined and commingled elements."""

import pytest

from tests.rig.court import LOOP, Court
from validators.verdict import Outcome, Severity

LSR = "/LocalServiceRequest/LSR"
LINE = "/LocalServiceRequest/LS/DETAILS/DETAIL"
CERTIFIED = {"LSR.REMARKS": "CERTIFIED 02-20-2026 D MERRIWEATHER"}
FAR = {"LSR.ACTL": "NMPAIDMAH7Z"}
DS1_EEL = {"LSR.REQTYP": "PB", "LSR.NC": "HC--", "LSR.NCI": "04QB9.11", "LS[1].CFA": "1/T1/1/BOISIDMA/NMPAIDMA"} | FAR
DS3_EEL = DS1_EEL | {"LSR.NC": "HF--", "LSR.NCI": "04QB6.33", "LS[1].CFA": "1/T3/1/BOISIDMA/NMPAIDMA"}
DS0_EEL = DS1_EEL | {"LSR.NC": "XD--"}
LMC = {"LSR.REQTYP": "PB", "LS[1].CFA": "101/T1/1/BOISIDMAF01/BOISIDMAH7Z"}
DS1 = {"LSR.NC": "HC--", "LSR.NCI": "04QB9.11", "LSR.DDD": "03-30-2026"}


def _rules(court: Court, sets: dict[str, str], agreement: str = "template") -> set[str]:
    return {found.rule for found in court.findings(LOOP, sets, agreement=agreement)}


@pytest.mark.parametrize(
    ("rule", "sets"),
    [
        pytest.param("eel-definition", DS1_EEL, marks=pytest.mark.trips("eel-definition")),
        pytest.param("lmc-definition", LMC, marks=pytest.mark.trips("lmc-definition")),
    ],
)
def test_the_loop_in_a_combination_must_still_be_offered(court: Court, rule: str, sets: dict[str, str]) -> None:
    """The end of 9.2's loops ends the combinations with them."""
    assert rule in _rules(court, sets, agreement="idaho-2021")


@pytest.mark.passes("eel-definition")
@pytest.mark.passes("eel-same-bandwidth")
@pytest.mark.passes("eel-mux-configurations")
@pytest.mark.passes("eel-collocation-elsewhere")
@pytest.mark.passes("eel-certification-before-provisioning")
@pytest.mark.upholds("eel-no-audit-before-provisioning")
@pytest.mark.parametrize("sets", [DS1_EEL, DS3_EEL, DS1_EEL | {"LS[1].CFA": DS3_EEL["LS[1].CFA"]}, DS0_EEL])
def test_a_certified_combination_passes(court: Court, sets: dict[str, str]) -> None:
    """The loop is offered, its transport carries it, and the certification alone suffices."""
    assert () == court.findings(LOOP, sets | CERTIFIED)


@pytest.mark.passes("lmc-definition")
@pytest.mark.passes("lmc-same-wire-center")
@pytest.mark.passes("commingling-cfa-required")
def test_a_loop_mux_combination_within_one_wire_center_passes(court: Court) -> None:
    """An analog loop on a multiplexer beside the collocation."""
    assert () == court.findings(LOOP, LMC)


@pytest.mark.trips("eel-same-bandwidth")
def test_transport_that_carries_less_than_the_loop_is_refused(court: Court) -> None:
    """A DS3 loop does not go onto a DS1; both fields are named."""
    found = next(
        f
        for f in court.findings(LOOP, DS3_EEL | CERTIFIED | {"LS[1].CFA": "1/T1/1/BOISIDMA/NMPAIDMA"})
        if f.rule == "eel-same-bandwidth"
    )

    assert (f"{LINE}/CFA", (f"{LSR}/NC",)) == (found.path, found.also)


@pytest.mark.trips("eel-mux-configurations")
@pytest.mark.passes("eel-mux-configurations")
def test_no_ds0_loop_goes_straight_onto_a_ds3(court: Court) -> None:
    """Multiplexing is DS3 to DS1 or DS1 to DS0 (9.23.3.9.3)."""
    straight = {"LS[1].CFA": "1/T3/1/BOISIDMA/NMPAIDMA"}

    assert "eel-mux-configurations" in _rules(court, DS0_EEL | CERTIFIED | straight)
    assert "eel-mux-configurations" not in _rules(court, DS0_EEL | CERTIFIED)


@pytest.mark.trips("eel-collocation-elsewhere")
def test_transport_within_one_wire_center_is_told(court: Court) -> None:
    """The collocation lies in the loop's own wire center: told, not refused (9.23.3.7.2.12.4)."""
    found = court.findings(LOOP, DS1_EEL | CERTIFIED | {"LSR.ACTL": "BOISIDMAH7Z"})

    assert [("eel-collocation-elsewhere", Severity.WARN)] == [(f.rule, f.severity) for f in found]


@pytest.mark.trips("lmc-same-wire-center")
def test_a_loop_mux_combination_has_no_transport(court: Court) -> None:
    """A facility between two wire centers is refused and points to the collocation (9.25.2.3)."""
    found = court.findings(LOOP, LMC | {"LS[1].CFA": "101/T1/1/BOISIDMAF01/NMPAIDMAH7Z"})

    assert [("lmc-same-wire-center", (f"{LSR}/ACTL",))] == [(f.rule, f.also) for f in found]


@pytest.mark.trips("commingling-cfa-required")
@pytest.mark.parametrize("sets", [LMC, {"LSR.REMARKS": "COMMINGLE WITH 13.HCGS.208555.GR"}], ids=["LMC", "remarks"])
def test_a_commingled_arrangement_names_its_facility(court: Court, sets: dict[str, str]) -> None:
    """Each line has a CFA where services are commingled (9.1.1.8)."""
    found = court.findings(LOOP, sets | {"LS[1].CFA": ""})

    assert [("commingling-cfa-required", f"{LINE}/CFA")] == [(f.rule, f.path) for f in found]


@pytest.mark.trips("hicap-self-certification")
@pytest.mark.trips("eel-certification-before-provisioning")
def test_without_certification_a_person_looks_for_the_letter(court: Court) -> None:
    """The order is taken and nothing is confirmed before the certification is on file (9.1.1.4, 9.1.1.10.3)."""
    verdicts = [court.judged(court.message(LOOP, sets)).verdict for sets in (DS1, DS1_EEL)]

    assert [Outcome.DEFERRED, Outcome.DEFERRED] == [verdict.outcome for verdict in verdicts]


@pytest.mark.passes("hicap-self-certification")
@pytest.mark.upholds("hicap-process-immediately")
def test_a_certified_high_capacity_loop_is_taken_at_once(court: Court) -> None:
    """Nobody's own view of impairment holds a certified order up (9.1.1.4.1)."""
    assert Outcome.ACCEPTED is court.judged(court.message(LOOP, DS1 | CERTIFIED)).verdict.outcome


@pytest.mark.trips("eel-ds0-channel-card")
@pytest.mark.passes("eel-ds0-channel-card")
def test_a_ds0_loop_tells_its_channel_card(court: Court) -> None:
    """NCI tells the signalling of an EEL's DS0 loop (9.23.3.8.3)."""
    found = court.findings(LOOP, DS0_EEL | {"LSR.NCI": "", "LSR.SECNCI": ""})

    assert [("eel-ds0-channel-card", (f"{LSR}/NC",))] == [(f.rule, f.also) for f in found]
    assert () == court.findings(LOOP, DS0_EEL)


@pytest.mark.upholds("eel-certification-when")
@pytest.mark.parametrize(("sets", "asked"), [(DS0_EEL, False), (DS1_EEL, True), (DS3_EEL, True)])
def test_only_high_capacity_is_certified(court: Court, sets: dict[str, str], *, asked: bool) -> None:
    """A combination with a DS0 loop needs no certification of eligibility (9.1.1.10)."""
    assert asked is ("eel-certification-before-provisioning" in _rules(court, sets))


@pytest.mark.upholds("eel-rearrangement-with-conversion")
@pytest.mark.upholds("lmc-new-or-conversion")
@pytest.mark.upholds("poa-before-order-combo")
@pytest.mark.parametrize("sets", [DS0_EEL, LMC], ids=["EEL", "LMC"])
@pytest.mark.parametrize("activity", ["N", "V", "W"])
def test_a_combination_is_new_or_converted_by_authority(court: Court, sets: dict[str, str], activity: str) -> None:
    """A conversion is taken with AGAUTH and refused without it; new service needs none."""
    without = {found.rule for found in court.findings(LOOP, sets | {"LSR.ACT": activity})}

    assert () == court.findings(LOOP, sets | {"LSR.ACT": activity, "LSR.AGAUTH": "Y"})
    assert ({"authorization-on-conversion"} if activity != "N" else set()) == without


@pytest.mark.parametrize(
    ("remarks", "told"),
    [
        pytest.param("CERTIFIED COMMINGLED", True, marks=pytest.mark.trips("ratcheted-mux-ordering")),
        pytest.param("CERTIFIED", False, marks=pytest.mark.passes("ratcheted-mux-ordering")),
    ],
)
def test_a_multiplexer_with_other_services_is_of_the_tariff(court: Court, remarks: str, *, told: bool) -> None:
    """A DS1 EEL on a DS3 in a commingled arrangement is for a person to look at (9.1.1.9)."""
    sets = DS1_EEL | {"LS[1].CFA": DS3_EEL["LS[1].CFA"], "LSR.REMARKS": remarks}

    found = [f for f in court.findings(LOOP, sets) if f.rule == "ratcheted-mux-ordering"]

    assert [Severity.DEFER] * told == [f.severity for f in found]
