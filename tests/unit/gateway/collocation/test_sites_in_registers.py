"""What a transfer and a direct connection enter into registers for orders of every family, and withdraw again."""

from typing import Any

import pytest

from tests.rig.counter import Case, Counter
from validators.registers.collocation_sites import DIRECT, TRANSFERS
from validators.registers.entry import Entry, Register

_SITE = "BOISIDMA01A"
_AUGMENT = {"COLLO.SITE": _SITE}


def _entered(counter: Counter, register: Register[Any], partner: str = "anybody") -> list[Entry[Any]]:
    return list(counter.shelf.dossier(partner).entries(register))


def _bars(counter: Counter) -> list[tuple[str, str, str]]:
    return [(one.key, one.data.bars, one.data.transfer) for one in _entered(counter, TRANSFERS)]


def _transfer(counter: Counter) -> Case:
    return counter.applies("transfer", "03-04", pon="MOVE1")


@pytest.mark.carries("tor-order-freeze", by="steps")
def test_augments_wait_for_the_acceptance_and_orders_for_the_circuits(counter: Counter) -> None:
    """From the application augments at the site are rejected, from the payment on service orders are."""
    transfer = _transfer(counter)
    barred = [
        counter.applies("plug-in", "03-05", _AUGMENT).findings,
        counter.applies("dc-power", "03-05", partner="bitterroot").findings,
    ]
    first = _bars(counter)
    transfer.act("03-08 quote work_finished=true").act("03-09 payment-received amount=24000.00")
    free = counter.applies("plug-in", "03-10", _AUGMENT)
    second = _bars(counter)
    transfer.act("03-31 moved")

    assert [["tor-order-freeze"]] * 2 == [[finding.rule for finding in found] for found in barred]
    assert "COMPLETE" == free.state
    assert ([(_SITE, "augments", "MOVE1")], [(_SITE, "orders", "MOVE1")], []) == (first, second, _bars(counter))


def test_an_augment_elsewhere_and_an_application_for_new_space_do_not_wait(counter: Counter) -> None:
    """The bar is on augments of this site alone."""
    _transfer(counter)

    assert "COMPLETE" == counter.applies("plug-in", "03-05", {"COLLO.SITE": "BOISIDMA02B"}).state
    assert "COMPLETE" == counter.applies("caged", "03-05", _AUGMENT).state


def test_an_augment_that_came_before_may_be_cured(counter: Counter) -> None:
    """What was on record when the transfer came is no new order."""
    augment = counter.applies("dc-power", "03-01", drops=["SPACE.CHANGE"])
    _transfer(counter)

    assert "COMPLETE" == augment.again("03-05").state


@pytest.mark.parametrize("end", ["withdraw", "refuse"])
def test_a_transfer_that_ends_bars_nothing(counter: Counter, end: str) -> None:
    """Withdrawn by the CLEC or refused by the ILEC, it leaves the site free."""
    _transfer(counter).act(f"03-05 {end}")

    assert [] == _bars(counter)


def test_a_bar_that_an_operator_has_lifted_is_not_lifted_again(counter: Counter) -> None:
    """Orders let through case by case change nothing of the transfer itself."""
    transfer = _transfer(counter)
    counter.shelf.entered.clear()

    assert "CLOSED" == transfer.act("03-05 withdraw").state
    assert {} == counter.shelf.entered


@pytest.mark.carries("direct-apot-on-orders", by="steps")
def test_a_direct_connection_is_known_from_its_readiness(counter: Counter) -> None:
    """The CLEC is told what its orders carry; it and nobody else is held to it, until the connection is retired."""
    case = counter.applies("direct-connection", "03-04").act("03-08 quote").act("03-09 acceptance paid=99999.00")
    before = _entered(counter, DIRECT, "sawtooth")
    told = case.act(f"03-31 direct-connection-ready site={_SITE} apot=BOISIDMAF77").told
    own, others = _entered(counter, DIRECT, "sawtooth"), _entered(counter, DIRECT)
    case.act("04-05 clec-not-ready").act("04-07 retired")

    assert ([], [(_SITE, "BOISIDMAF77")], []) == (before, [(one.key, one.data.apot) for one in own], others)
    assert "Give BOISIDMAF77 in APOT" in told
    assert [] == _entered(counter, DIRECT, "sawtooth")


@pytest.mark.parametrize(
    ("kind", "apot", "why"),
    [("direct-connection", "F77", "no CLLI code"), ("caged", "BOISIDMAF77", "no direct connection")],
)
def test_only_a_direct_connection_at_a_site_is_entered(counter: Counter, kind: str, apot: str, why: str) -> None:
    """A cage is none, and what is no code of a point is refused."""
    case = counter.applies(kind, "03-04")
    if kind == "caged":
        case.act("03-05 feasible")
    case.act("03-08 quote").act("03-09 acceptance paid=99999.00")

    assert why in case.attempt(f"03-31 direct-connection-ready site={_SITE} apot={apot}").refused
