"""Directory listings."""

import pytest

from tests.rig.court import PORT, Court
from validators.verdict import Severity

DL = "/LocalServiceRequest/DL"
LISTING = {
    "LSR.AFO": "Y--Y------",
    "DL.DLQTY": "0001",
    "DL[1].LACT": "N",
    "DL[1].RTY": "LML",
    "DL[1].LTY": "1",
    "DL[1].LNLN": "COPPER KETTLE CAFE",
    "DL[1].LTN": "9865550130",
    "DL[1].LANO": "1601",
    "DL[1].LASN": "THISTLEDOWN",
    "DL[1].LALOC": "NAMPA",
}


@pytest.mark.trips("listing-quantity")
def test_a_quantity_that_differs_from_the_listings_is_told(court: Court) -> None:
    """DLQTY is counted against the listings, and warns."""
    found = court.findings(PORT, LISTING | {"DL.DLQTY": "0002"})

    assert [("listing-quantity", Severity.WARN, f"{DL}/DLQTY")] == [(f.rule, f.severity, f.path) for f in found]


@pytest.mark.trips("listing-fields")
def test_what_a_listing_lacks_is_told(court: Court) -> None:
    """Kind, name, number and address are asked for, and warn."""
    found = court.findings(PORT, LISTING, ["DL[1].LTY", "DL[1].LTN", "DL[1].LASN"])

    assert [(Severity.WARN, f"{DL}/DETAILS/DETAIL/{field}") for field in ("LTY", "LTN", "LASN")] == [
        (f.severity, f.path) for f in found
    ]


@pytest.mark.passes("listing-fields")
@pytest.mark.passes("listing-quantity")
@pytest.mark.parametrize(
    ("sets", "drops"),
    [
        ({}, []),
        ({"DL[1].OMTN": "O", "DL[1].ADI": "O"}, ["DL[1].LTN", "DL[1].LANO", "DL[1].LASN", "DL[1].LALOC"]),
        ({"DL[1].LACT": "D"}, ["DL[1].LTN", "DL[1].LANO", "DL[1].LASN", "DL[1].LALOC"]),
    ],
    ids=["whole", "number and address left out", "taken out"],
)
def test_a_complete_listing_passes(court: Court, sets: dict[str, str], drops: list[str]) -> None:
    """A listing may leave number and address out by its own fields; one that ends needs neither."""
    assert () == court.findings(PORT, LISTING | sets, drops)
