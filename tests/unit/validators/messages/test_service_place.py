"""What a request says of whose service it is about, and where."""

from tests.rig.court import DISCONNECT, LOOP, PORT, SIMPLE_PORT, sample
from validators.messages.compose import compose
from validators.messages.lsr import read_lsr
from validators.messages.service_place import ServicePlace, service_place
from validators.schema import Schemas
from validators.xml import parse

_SCHEMAS = Schemas()


def place(name: str, sets: dict[str, str] | None = None, drops: tuple[str, ...] = ()) -> ServicePlace:
    """Give the place of a sample."""
    return service_place(read_lsr(parse(compose(sample(name), sets or {}, drops, schemas=_SCHEMAS))))


def test_a_disconnect_names_its_circuit() -> None:
    """The circuit that goes is the line; the address stands in one line, in the order in which people write it."""
    found = place(DISCONNECT)

    assert "4120 OPALINE ST, STE B, BOISE, ID 83799" == found.address
    assert ("45/LXFU/900001//GR",) == found.lines


def test_a_new_loop_has_no_line_yet() -> None:
    """Nothing that does not exist is made up."""
    found = place(LOOP)

    assert () == found.lines
    assert found.name is not None


def test_a_port_names_its_numbers_and_its_account() -> None:
    """Each ported number or range is a line, and the existing account is found before the new one."""
    found = place(PORT, {"EU.EATN": "208-555-0160", "LSR.ATN": "208-555-0199"})

    assert "208-555-0160" == found.account
    assert 3 == len(found.lines)


def test_a_simple_port_has_only_what_its_one_page_asks() -> None:
    """There is no end user form: the ZIP code is all that is known of the address."""
    found = place(SIMPLE_PORT)

    assert (None, 1) == (found.name, len(found.lines))
    assert found.address is not None
    assert found.address.isdigit()


def test_an_address_within_a_building_and_on_a_route() -> None:
    """Designators stand behind the street, and a rural route in its place."""
    inside = place(DISCONNECT, {"EU.LD1": "FL", "EU.LV1": "2"})
    rural = place(DISCONNECT, {"EU.ROUTE": "RR 4", "EU.BOX": "12"}, ("EU.SANO", "EU.SASN", "EU.SATH"))

    assert inside.address is not None
    assert ", FL 2, BOISE" in inside.address
    assert rural.address is not None
    assert rural.address.startswith("RR 4 12, ")
