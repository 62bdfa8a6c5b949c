"""Codes of an ASR: facilities, circuits, trunk circuit codes."""

import pytest

from tests.rig.court import MORE_TRUNKS, NEW_YEAR, REARRANGED, TRUNKS, TRUNKS_264, Court
from validators.verdict import Severity


@pytest.mark.trips("asr-facility-end-order")
def test_the_order_of_ends_only_warns(court: Court) -> None:
    """Carriers do not keep to the order of a facility's ends, so it is no ground of rejection."""
    turned = {"TRUNKING.CFA": "4001/T1/1-24/BOISIDXYW01/BOISIDMAK99"}
    (finding,) = court.findings(TRUNKS, turned, received=NEW_YEAR)

    assert ("asr-facility-end-order", Severity.WARN) == (finding.rule, finding.severity)


@pytest.mark.passes("asr-facility-end-order")
@pytest.mark.passes("asr-circuit-name")
@pytest.mark.passes("asr-trunk-circuit-codes")
@pytest.mark.parametrize("name", [TRUNKS, MORE_TRUNKS, REARRANGED, TRUNKS_264])
def test_codes_of_the_samples_are_good(court: Court, name: str) -> None:
    """Circuits, trunk groups, facilities and runs of codes as the trade writes them."""
    assert () == court.findings(name, received=NEW_YEAR)


@pytest.mark.passes("asr-facility-end-order")
def test_letters_come_before_digits(court: Court) -> None:
    """The old collation puts a letter before a digit."""
    assert () == court.findings(TRUNKS, {"TRUNKING.CFA": "NEW/T1/1-24/BOISIDMAK99/BOISIDMA001"}, received=NEW_YEAR)


@pytest.mark.trips("asr-circuit-name")
def test_an_unreadable_circuit_warns(court: Court) -> None:
    """A name that is neither a circuit nor a group is told, not refused."""
    (finding,) = court.findings(REARRANGED, {"ADMIN.ECCKT": "THE OLD ONE"}, received=NEW_YEAR)

    assert ("asr-circuit-name", Severity.WARN) == (finding.rule, finding.severity)


@pytest.mark.trips("asr-trunk-circuit-codes")
@pytest.mark.parametrize(
    ("name", "sets", "path"),
    [
        (TRUNKS, {"TRUNKING.TCIC": "00024-00001"}, "TRUNKING/TCIC"),
        (TRUNKS, {"TRUNKING.TCIC": "00001-00023"}, "TRUNKING/TCIC"),
        (TRUNKS, {"TRUNKING.TCIC": "00080-00103"}, "TRUNKING/TCIC"),
        (TRUNKS_264, {"ACI.0004.TCIC": "00149-00172"}, "ACI/DETAILS/DETAIL[3]/TCIC"),
    ],
)
def test_runs_of_codes_hold_together(court: Court, name: str, sets: dict[str, str], path: str) -> None:
    """Codes run upward, are as many as the trunks, skip nothing unsaid and stand once."""
    found = [f.path for f in court.findings(name, sets, received=NEW_YEAR) if f.rule == "asr-trunk-circuit-codes"]

    assert path in [one.removeprefix("/AccessServiceRequest/") for one in found]


@pytest.mark.passes("asr-trunk-circuit-codes")
def test_nothing_is_skipped_where_that_is_said(court: Court) -> None:
    """NS Y takes codes that end in 97 to 00 too."""
    sets = {"TRUNKING.TCIC": "00080-00103", "TRUNKING.NS": "Y"}

    assert () == court.findings(TRUNKS, sets, received=NEW_YEAR)
