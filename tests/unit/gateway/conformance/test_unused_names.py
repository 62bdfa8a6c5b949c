import re

from gateway.conformance.unused_names import UnusedNames

_SENT = b"<C><PON>FIRST</PON><PREM>BOISIDMA</PREM><REF>EARLIER</REF></C>"


def test_pons_premises_and_references_are_replaced_and_put_back() -> None:
    """A scenario's orders meet nobody else's at the target, and what is read names what the scenario wrote."""
    names = UnusedNames()
    earlier = names.outward(b"<PON>EARLIER</PON>")

    sent = names.outward(_SENT)

    assert re.fullmatch(rb"<C><PON>C\w{10}001</PON><PREM>BOISID\w{5}</PREM><REF>C\w{10}000</REF></C>", sent)
    assert re.sub(rb"</?\w+>", b"", earlier) in sent
    assert _SENT == names.inward(sent)


def test_a_premises_has_one_name_in_a_scenario_and_others_elsewhere() -> None:
    """Who applies at one Premises meets there; the same scenario played twice does not meet itself."""
    one, other = UnusedNames(), UnusedNames()
    body = b"<PREM>BOISIDMA</PREM>"

    assert one.outward(body) == one.outward(body)
    assert one.outward(body) != other.outward(body)


def test_a_reference_to_no_pon_of_the_scenario_stays_as_it_is() -> None:
    """What a scenario says of a request that it never sent is sent as it says it."""
    assert b"<REF>NOBODYS</REF>" == UnusedNames().outward(b"<REF>NOBODYS</REF>")
