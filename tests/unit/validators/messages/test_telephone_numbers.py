"""The telephone numbers that a request is about."""

from tests.rig.court import LOOP, PORT, SIMPLE_PORT, sample
from validators.messages.compose import compose
from validators.messages.lsr import read_lsr
from validators.messages.telephone_numbers import telephone_numbers
from validators.schema import Schemas
from validators.xml import parse

_SCHEMAS = Schemas()


def numbers(name: str, sets: dict[str, str] | None = None) -> tuple[str, ...]:
    """Give the numbers of a sample."""
    return telephone_numbers(read_lsr(parse(compose(sample(name), sets or {}, schemas=_SCHEMAS))))


def test_a_port_is_about_its_numbers_and_accounts() -> None:
    """Ported numbers, runs of them as blocks, and the accounts by their telephone numbers; hyphens do not matter."""
    found = numbers(PORT, {"EU.EATN": "208-555-0160", "LSR.ATN": "2085550199", "NP[1].PORTED_NBR": "208-555-0200-0299"})

    assert {"2085550160", "2085550199", "20855502"} <= set(found)


def test_who_is_to_be_called_about_an_order_does_not_make_it_theirs() -> None:
    """A new loop names telephones of people alone, and an account number that is no telephone number."""
    assert () == numbers(LOOP, {"LSR.TEL_NO_INIT": "208-555-0111", "LSR.AN": "ACCT9"})


def test_a_simple_port_is_about_its_one_number() -> None:
    """The one-page form has it beside its administrative fields."""
    (number,) = numbers(SIMPLE_PORT, {"SPSR.PORTED_NBR": "208-555-0123", "SPSR.AN": "ACCT9"})

    assert "2085550123" == number
