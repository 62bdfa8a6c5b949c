"""What can be asked of a place: its address, features, services, and whether somebody must come."""

from typing import Any

import pytest

from gateway.preorder.queries.table import (
    ADDRESS_VALIDATION,
    DISPATCH_REQUIRED,
    FEATURES,
    SERVICE_AVAILABILITY,
)
from gateway.preorder.territory import Territory

OPALINE = {"sano": "4120", "sasn": "OPALINE", "sath": "ST", "city": "BOISE", "zip": "83799"}
NOWHERE = {"sano": "1", "sasn": "NO SUCH", "city": "BOISE"}
REMOTE = {"wire_center": "SLMNIDFO"}


@pytest.mark.upholds("preorder-lsr-address-verify")
@pytest.mark.upholds("preorder-asr-address")
def test_a_service_address_is_found_with_the_switch_that_serves_it(ask: Any) -> None:
    """A numbered address is valid and comes with LST and the beginnings of its numbers."""
    told = ask(ADDRESS_VALIDATION, {"address": OPALINE})

    assert (True, "valid", "BOISIDMADS0", ["2085550", "9865550"]) == (told.found, told.result, told.lst, told.npa_nxx)
    assert ["BOISIDMA"] == [address.wire_center for address in told.addresses]


@pytest.mark.parametrize(
    "written",
    [
        {"sano": "4120", "sasn": "opaline", "sath": "Street", "city": "boise"},
        {"sano": "4120", "sasn": " OPALINE ", "city": "BOISE"},
    ],
)
def test_an_address_is_found_however_it_is_written(ask: Any, written: dict[str, str]) -> None:
    """Small letters, blanks and a thoroughfare in full, or none at all, mean the same place."""
    assert ask(ADDRESS_VALIDATION, {"address": written}).result == "valid"


def test_a_wrong_house_number_offers_the_nearest_of_the_street(ask: Any) -> None:
    """What does not exist is an answer, with what may be meant."""
    told = ask(ADDRESS_VALIDATION, {"address": {"sano": "89", "sasn": "SPINDLE", "city": "BOISE"}})

    assert (False, "near") == (told.found, told.result)
    assert ["88", "90", "87"] == [address.sano for address in told.addresses]


def test_a_street_without_number_leaves_it_open(ask: Any) -> None:
    """Several addresses fit: each is shown."""
    told = ask(ADDRESS_VALIDATION, {"address": {"sasn": "SPINDLE", "city": "BOISE"}})

    assert (False, "ambiguous", 3) == (told.found, told.result, len(told.addresses))


def test_an_unknown_street_is_told_so(ask: Any) -> None:
    """Nothing is near."""
    told = ask(ADDRESS_VALIDATION, {"address": NOWHERE})

    assert (False, "unknown", []) == (told.found, told.result, told.addresses)


@pytest.mark.upholds("preorder-lsr-features-and-pic")
def test_features_are_those_of_the_switch_and_carriers_can_be_chosen(ask: Any) -> None:
    """A place tells the USOCs of its switch, and who may carry intraLATA and interLATA toll."""
    told = ask(FEATURES, {"address": OPALINE})

    assert ["ESC", "ESM", "ESX", "MBB", "NSD", "SEA"] == [feature.usoc for feature in told.features]
    assert ("9903", True, False) == tuple(
        (carrier.cic, carrier.intralata, carrier.interlata) for carrier in told.carriers
    )[2]


def test_features_at_no_address_are_none(ask: Any) -> None:
    """The address must be valid first."""
    told = ask(FEATURES, {"address": NOWHERE})

    assert (False, [], []) == (told.found, told.features, told.carriers)


def test_services_are_told_with_the_reason_where_they_are_not_to_be_had(ask: Any) -> None:
    """A remote switch has no DS1 loops."""
    told = ask(SERVICE_AVAILABILITY, {**REMOTE, "service": "loop-ds1"})

    assert (False, [(False, "THE REMOTE SWITCH HAS NO ROOM FOR IT")]) == (
        told.found,
        [(service.available, service.reason) for service in told.services],
    )


def test_services_of_a_place_are_those_of_its_wire_center(ask: Any) -> None:
    """An address leads to its wire center."""
    told = ask(SERVICE_AVAILABILITY, {"place": {"address": OPALINE}, "service": "loop-ds1"})

    assert (True, "BOISIDMA") == (told.found, told.wire_center)


def test_services_of_an_unknown_wire_center_are_none(ask: Any) -> None:
    """There is no such building."""
    assert not ask(SERVICE_AVAILABILITY, {"wire_center": "XXXXIDXX"}).found


@pytest.mark.upholds("preorder-lsr-dispatch-required")
@pytest.mark.parametrize(("activity", "dispatch"), [("N", True), ("V", False)])
def test_a_new_line_needs_a_technician_and_one_taken_over_does_not(ask: Any, activity: str, dispatch: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Where a line works already, a conversion needs nobody at the terminal."""
    told = ask(DISPATCH_REQUIRED, {"address": OPALINE, "activity": activity})

    assert (True, dispatch, "BOISIDMA") == (told.found, told.dispatch, told.wire_center)


def test_dispatch_at_no_address_is_not_known(ask: Any) -> None:
    """The address must be valid first."""
    assert ask(DISPATCH_REQUIRED, {"address": NOWHERE}).dispatch is None


def test_a_working_number_stands_for_its_address(ask: Any, territory: Territory) -> None:
    """A question about a place may name a number that works there."""
    assert ask(FEATURES, {"wtn": territory.files.customers[0].tn}).found
    assert not ask(FEATURES, {"wtn": "2085559999"}).found
