"""The service address of an end user."""

import pytest

from tests.rig.court import LOOP, Court

EU = "/LocalServiceRequest/EU"


@pytest.mark.trips("service-address-complete")
@pytest.mark.parametrize(
    ("sets", "drops", "paths"),
    [
        ({}, ["EU.SANO"], ["SANO"]),
        ({}, ["EU.SANO", "EU.SASN", "EU.CITY", "EU.STATE"], ["SANO", "SASN", "CITY"]),
        ({"EU.ROUTE": "RR 2"}, [], ["ROUTE"]),
        ({"EU.AFT": "A"}, ["EU.SANO"], ["ROUTE"]),
        ({"EU.AFT": "C"}, ["EU.SANO"], ["SANO"]),
        ({"EU.AFT": "D"}, [], ["AAI"]),
    ],
)
def test_what_an_address_lacks_in_its_format_is_told(
    court: Court, sets: dict[str, str], drops: list[str], paths: list[str]
) -> None:
    """Each missing part is told; a rural route has no house number."""
    assert [f"{EU}/{path}" for path in paths] == [found.path for found in court.findings(LOOP, sets, drops)]


@pytest.mark.passes("service-address-complete")
@pytest.mark.parametrize(
    ("sets", "drops"),
    [
        ({}, []),
        ({"EU.ROUTE": "RR 2", "EU.BOX": "14"}, ["EU.SANO", "EU.SASN"]),
        ({"EU.AFT": "B"}, ["EU.SANO"]),
        ({"EU.AFT": "D", "EU.AAI": "RED BARN NORTH OF THE BRIDGE"}, ["EU.SANO", "EU.SASN"]),
    ],
    ids=["numbered", "rural", "unnumbered", "described"],
)
def test_a_complete_address_passes(court: Court, sets: dict[str, str], drops: list[str]) -> None:
    """Every format is complete in its own way."""
    assert () == court.findings(LOOP, sets, drops)
