"""Requests for a field connection point: when they count, by when they are due, what subloops need of them."""

import pytest

from tests.rig.counter import Case, Counter
from validators.registers.buildings import CONNECTION_POINTS

_POINT = "BOISIDMAF01"
_PAY = "payment-received amount=3291.11"
_INTERVAL = {"clocks.fcp-cross-connect-90d.products": ("icb",)}


def _begun(counter: Counter) -> Case:
    return counter.applies("fcp", "03-04").act(f"03-08 {_PAY}")


def _ready(counter: Counter, *, further: str = "0.00") -> Case:
    return _begun(counter).act(f"05-10 ready termination={_POINT} further={further}")


@pytest.mark.carries("fcp-request-complete", by="steps")
@pytest.mark.carries("fcp-request-complete", {"collocation.kinds.fcp.elements": ()}, by="altered")
def test_a_request_counts_with_its_full_payment(counter: Counter) -> None:
    """The charge is told at once; a part of it begins nothing, with the rest the application date is set."""
    case = counter.applies("fcp", "03-04")
    asked = case.told
    part = case.act("03-05 payment-received amount=3291.10")
    waiting = (part.state, part.order.application_at, part.told)
    case.act("03-08 payment-received amount=0.01")

    assert "3291.11 dollars" in asked
    assert ("RECEIVED", None) == waiting[:2]
    assert "3291.10 of 3291.11" in waiting[2]
    assert ("WORKING", "2027-03-08") == (case.state, str(counter.local_date(case.order.application_at)))
    assert "due by Sun 2027-06-06" in case.told


@pytest.mark.carries("fcp-request-complete", by="needed")
def test_a_paid_request_waits_for_its_form(counter: Counter) -> None:
    """What comes last, the payment or the form in its entirety, is the day that counts."""
    case = counter.applies("fcp", "03-04", drops=["TERMS[1].QTY"]).act(f"03-05 {_PAY}")
    waiting = case.state
    case.again("03-09")

    assert ("RECEIVED", "WORKING", "2027-06-07") == (waiting, case.state, case.due("fcp-cross-connect-90d"))


def test_what_a_person_sees_on_the_form_holds_it_up(counter: Counter) -> None:
    """The attached form is read by the ILEC; a form that is complete is not sent again."""
    case = counter.applies("fcp", "03-04")
    twice = case.again("03-05").refused
    case.act("03-05 deficient text=page-2-is-blank").act(f"03-05 {_PAY}")
    waiting = case.state

    assert "form is complete" in twice
    assert ("RECEIVED", "WORKING") == (waiting, case.again("03-09").state)


def test_an_individual_case_adds_to_the_listed_charge(counter: Counter) -> None:
    """An expanded terminal is part of what is paid before the request counts (8.1.1.8.1)."""
    case = counter.applies("fcp", "03-04").act("03-05 quote further=1000.00")
    told = case.told
    set_up = case.act(f"03-08 {_PAY}").state

    assert "4291.11 dollars" in told
    assert ("RECEIVED", "WORKING") == (set_up, case.act("03-09 payment-received amount=1000.00").state)


@pytest.mark.carries("fcp-cross-connect-90-days", by="steps")
@pytest.mark.carries("fcp-cross-connect-90-days", _INTERVAL, by="altered")
def test_a_disputed_extension_leaves_the_ninety_days(counter: Counter) -> None:
    """A longer interval is told in writing; disputed, the first one holds again until the Commission waives it."""
    case = _begun(counter)
    undisputed = case.attempt("03-09 interval-dispute").refused
    told = case.act("04-05 interval-extended ready_on=2027-08-02 text=Frost.").told
    extended = (str(case.order.due_date), case.clocks(running=True))
    case.act("04-06 interval-dispute")
    disputed = (str(case.order.due_date), case.clocks(running=True))
    case.act("05-03 ready-date-agreed ready_on=2027-07-01 text=Waived.")

    assert "No longer interval" in undisputed
    assert "Frost. The cross connect is due by Mon 2027-08-02" in told
    assert ("2027-08-02", ["rfs-definition"]) == extended
    assert ("2027-06-06", ["fcp-cross-connect-90d"]) == disputed
    assert ("2027-07-01", ["rfs-definition"]) == (str(case.order.due_date), case.clocks(running=True))


def test_the_interval_stands_still_while_others_must_permit(counter: Counter) -> None:
    """Ten Days for a right of way move the end by ten (9.3.4.3.3)."""
    case = _begun(counter)
    never = case.attempt("03-10 permit-obtained").refused
    case.act("03-15 permit-awaited")
    twice = case.attempt("03-16 permit-awaited").refused
    told = case.act("03-25 permit-obtained").told

    assert ("No authorization" in never, "already" in twice) == (True, True)
    assert "2027-06-16" == case.due("fcp-cross-connect-90d")
    assert "Wed 2027-06-16" in told


@pytest.mark.carries("fcp-space-denial-tour-ten-days", by="steps")
def test_a_denial_that_was_wrong_keeps_the_first_date(counter: Counter) -> None:
    """The Premises may be inspected free; the cross connect is due as if nothing had been denied."""
    case = _begun(counter)
    told = case.act("03-12 denied-space text=No-space.").told
    case.act("03-20 tour-held").act("04-05 denial-wrong")

    assert "inspected within 10 Days, without charge" in told
    assert ("WORKING", "2027-06-06") == (case.state, case.due("fcp-cross-connect-90d"))
    assert "counted from the request as it was complete on Mon 2027-03-08" in case.told


def test_an_inspection_may_be_agreed_for_a_later_day(counter: Counter) -> None:
    """A mutually agreed date takes the place of the ten Days, and before any payment a wrong denial starts nothing."""
    case = counter.applies("fcp", "03-04").act("03-12 denied-space").act("03-15 tour-agreed tour_on=2027-04-12")
    running = case.clocks(running=True)
    case.act("04-12 tour-held").act("04-13 denial-wrong")

    assert [] == running
    assert ("RECEIVED", []) == (case.state, case.clocks(running=True))


def test_a_denial_may_be_left_at_that(counter: Counter) -> None:
    """The CLEC withdraws."""
    assert "CLOSED" == counter.applies("fcp", "03-04").act("03-12 denied-space").act("03-15 withdraw").state


@pytest.mark.carries("fcp-termination-notice", by="steps")
def test_orders_for_subloops_find_the_point_in_place(counter: Counter) -> None:
    """From the ready date the CLEC, and nobody else, has it on record; it was told what its orders carry."""
    case = _begun(counter)
    before = list(counter.shelf.dossier("sawtooth").entries(CONNECTION_POINTS))
    unknown = case.attempt("05-10 ready termination=the-pole").refused
    told = case.act(f"05-10 ready termination={_POINT.lower()}").told
    own, others = (
        [(one.key, one.data.in_place) for one in counter.shelf.dossier(who).entries(CONNECTION_POINTS)]
        for who in ("sawtooth", "bitterroot")
    )

    assert ([], [(_POINT, True)], []) == (before, own, others)
    assert "no CLLI code" in unknown
    assert "in APOT of orders for subloops" in told
    assert "pair 1 to 25" in case.decide("05-17", "inspected", assignments="Block A, pair 1 to 25").told


@pytest.mark.carries("fcp-acceptance-21-days", by="steps")
def test_without_an_inspection_charges_begin_after_21_days(counter: Counter) -> None:
    """None was scheduled by the end of the 21st Day: the CLEC is told that its charges run."""
    case = _ready(counter).act("06-01 .")

    assert ("CLOSED", ("status", "9.3.5.5.2.1.4")) == (case.state, case.notices[-1])
    assert "within 21 Days" in case.told


def test_an_inspection_is_scheduled_once_all_is_paid(counter: Counter) -> None:
    """The charges that remain are due on the ready date; a scheduled inspection may be held after the 21 Days."""
    case = _ready(counter, further="55.52")
    told = case.told
    unpaid = case.attempt("05-12 inspection-scheduled").refused
    case.act("05-13 payment-received amount=55.52").act("05-14 inspection-scheduled").act("06-08 .")

    assert "55.52 dollars are due on this day" in told
    assert "remaining nonrecurring charges are not paid" in unpaid
    assert ("READY", "CLOSED") == (case.state, case.act("06-08 inspected").state)
