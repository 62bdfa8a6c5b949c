"""Space that is denied, reserved or optioned: who keeps a place, for how long, and what is paid and returned."""

import pytest

from tests.rig.counter import Case, Counter


def _optioned(counter: Counter, at: str = "03-04", partner: str = "sawtooth") -> Case:
    case = counter.applies("option", at, partner=partner)
    return case.do("quote").do("acceptance paid=9999.00")


def _reserved(counter: Counter) -> Case:
    case = counter.applies("reservation", "03-04").act("03-12 feasible").act("03-24 quote").act("03-25 acceptance")
    return case.act("03-26 payment-received amount=6000.00")


@pytest.mark.carries("denial-queue-notify", by="steps")
def test_freed_space_is_told_in_the_order_of_the_queue(counter: Counter) -> None:
    """The second in the queue is not told while the first may still answer, unless there is enough for all."""
    first = counter.applies("caged", "03-04", partner="bitterroot").act("03-10 denied-space")
    second = counter.applies("caged", "03-11").act("03-12 denied-space")
    early = second.attempt("04-01 space-freed space=bay-4").refused
    first.act("04-02 space-freed space=bay-4").act("04-03 not-needed")
    second.act("04-05 space-freed space=bay-4")

    assert "stands before this one" in early
    assert ("QUEUE_OFFERED", True) == (second.state, "bay-4" in second.telling("queue"))


@pytest.mark.carries("denial-queue-decline-insufficient", by="steps")
@pytest.mark.carries("denial-queue-withdraw", by="steps")
def test_who_needs_more_keeps_the_place_and_who_needs_none_leaves(counter: Counter) -> None:
    """Space that is not sufficient may be declined; what is no longer needed gives the place up."""
    case = counter.applies("caged", "03-04").act("03-10 denied-space").act("04-01 space-freed")
    case.act("04-02 not-sufficient")
    kept = (case.state, case.place.queue, case.place.status)
    case.act("05-03 space-freed space=bay-7").act("05-04 not-needed")

    assert ("DENIED_SPACE", "denied", "waiting") == kept
    assert "left" == case.place.status


@pytest.mark.carries("denial-wrong-original-date", by="steps")
def test_a_wrong_denial_keeps_the_original_date(counter: Counter) -> None:
    """The request goes on to its quotation, and the ready date counts from the application as if nothing had been."""
    case = counter.applies("caged", "03-04").act("03-10 denied-space").act("03-20 denial-wrong")
    assert ("application", "held") == (case.place.queue, case.place.status)
    case.act("03-24 quote").act("03-31 acceptance paid=99999.00")

    assert ("2027-07-02", "held") == (str(case.order.due_date), case.place.status)


@pytest.mark.carries("cancel-cascade", by="steps")
def test_what_rests_on_a_cancelled_job_falls_with_it(counter: Counter) -> None:
    """The connection that names the job is cancelled by the gateway, its charges are quoted within 30 Days."""
    job = counter.applies("caged", "03-04")
    link = counter.applies("clec-to-clec", "03-05", {"COLLO.REF": job.pon})
    job.act("03-08 cancellation").act("03-09 cancellation-accepted")

    assert ("CANCELLED", True) == (link.state, "cancel-quote-30d" in link.clocks(running=True))
    assert "rests on is cancelled" in link.telling("cancelled")


@pytest.mark.carries("early-access-payment", {"collocation.early_access.percent_of_outstanding": 81}, by="altered")
@pytest.mark.carries("early-access-payment", by="steps")
def test_early_access_is_paid_for(counter: Counter) -> None:
    """80 percent of the outstanding half, so 90 percent of the charges: one cent less is refused."""
    case = counter.applies("cageless", "03-04").act("03-12 feasible").act("03-24 quote")
    case.act("03-31 acceptance paid=12000.00").act("04-01 payment-received amount=9599.99")
    short = case.attempt("04-02 early-access").refused
    case.act("04-05 payment-received amount=0.01").act("04-06 early-access")

    assert "80 percent" in short
    assert "may be entered" in case.telling("status")


@pytest.mark.carries("rate-reservation-25", {"collocation.reservation.percent": 26}, by="altered")
@pytest.mark.carries("rate-reservation-25", by="steps")
@pytest.mark.carries("res-starts-on-payment", by="steps")
def test_a_reservation_runs_from_its_payment(counter: Counter) -> None:
    """A quarter of 24,000 dollars holds the space for a year; the term begins when it comes."""
    case = counter.applies("reservation", "03-04").act("03-12 feasible").act("03-24 quote").act("03-25 acceptance")
    short = case.attempt("03-26 payment-received amount=5999.99").refused
    case.act("03-29 payment-received amount=6000.00")

    assert short
    assert "pay 6000.00 dollars" in case.telling("quotation")
    assert ("RESERVED", "2028-03-29") == (case.state, case.order.facts["term_ends"])


@pytest.mark.carries("res-cancel-refund", by="steps")
@pytest.mark.parametrize(
    ("at", "refund"),
    [("06-24", "4500.00"), ("06-25", "3000.00"), ("09-22", "3000.00"), ("09-23", "1500.00"), ("2027-12-22", "0.00")],
)
def test_a_cancelled_reservation_returns_its_share(counter: Counter, at: str, refund: str) -> None:
    """75 percent to day 90 of the payment, 50 to day 180, 25 to day 270, then nothing."""
    assert f"{refund} dollars are returned" in _reserved(counter).act(f"{at} cancellation").telling("cancelled")


@pytest.mark.carries("rate-option", {"collocation.kinds.option.elements": ("8.1.15",)}, by="altered")
@pytest.mark.carries("rate-option", by="steps")
def test_an_option_costs_its_fees(counter: Counter) -> None:
    """The administration fee once, and two dollars a square foot each month."""
    case = counter.applies("option", "03-04")
    case.decide("03-12", "quote", elements=[{"code": "8.1.14"}, {"code": "8.1.15", "quantity": 100}])

    assert ("1107.35", "200.00") == (case.order.facts["nonrecurring"], case.order.facts["recurring"])
    assert "Accept with 1107.35 dollars" in case.telling("quotation")


@pytest.mark.carries("opt-starts", by="steps")
@pytest.mark.carries("opt-priority", by="steps")
def test_an_option_ranks_and_runs_from_its_acceptance(counter: Counter) -> None:
    """Full payment within 7 Days; one that comes later holds nothing."""
    taken, late = counter.applies("option", "03-04"), counter.applies("option", "03-04", partner="bitterroot")
    for case in (taken, late):
        case.act("03-12 quote")
    taken.act("03-15 10:00 acceptance paid=1107.35")
    late.attempt("03-20 acceptance paid=1107.35")

    assert ("HELD", "2028-03-15", "option") == (taken.state, taken.order.facts["term_ends"], taken.place.queue)
    assert (counter.instant("03-15 10:00"), "EXPIRED") == (taken.place.rank_at, late.state)


@pytest.mark.carries("opt-limits", by="steps")
def test_a_clec_holds_one_option_at_a_wire_center(counter: Counter) -> None:
    """A second is denied; at another Wire Center it is not."""
    _optioned(counter)
    second = counter.applies("option", "04-01")
    elsewhere = counter.applies("option", "04-01", {"COLLO.PREM": "TWFLIDMA"})

    assert ("DENIED", "RECEIVED") == (second.state, elsewhere.state)


@pytest.mark.carries("opt-financials", by="steps")
def test_an_option_is_denied_to_who_owes(counter: Counter) -> None:
    """The ground is told."""
    case = counter.applies("option", "03-04").act("03-12 denied-space text=charges-of-January")

    assert ("DENIED", True) == (case.state, "charges-of-January" in case.telling("denial"))


def test_an_option_ends_with_its_term(counter: Counter) -> None:
    """Renewed ten Days before it goes on for a year; else it expires."""
    case, renewed = _optioned(counter), _optioned(counter, "03-04 12:30", "bitterroot")
    renewed.act("2028-02-23 renew").act("2028-02-24 renewal-accepted")
    counter.passes("2028-03-05 01:00")

    assert ("EXPIRED", "HELD") == (case.state, renewed.state)
    assert "No application and no renewal" in case.telling("expired")


def _wanted(counter: Counter, at: str) -> Case:
    """Have a third CLEC denied space, and ask that options be enforced."""
    return counter.applies("caged", at, partner="owyhee").do("denied-space").do("enforce-options")


@pytest.mark.carries("rofr-order", by="steps")
def test_the_newest_option_is_enforced_first(counter: Counter) -> None:
    """The older one is left alone until the newer has been asked."""
    older, newer = _optioned(counter), _optioned(counter, "03-05", "bitterroot")
    _wanted(counter, "03-08")
    early = older.attempt("04-01 enforcement-notice").refused
    newer.act("04-02 enforcement-notice").act("04-03 relinquish")

    assert "more recent option" in early
    assert "ENFORCING" == older.act("04-05 enforcement-notice").state


@pytest.mark.carries("opt-fee-credit", by="steps")
def test_the_monthly_fees_of_an_exercised_option_are_credited(counter: Counter) -> None:
    """In ten Days of the notice; the administration fee is not."""
    case = _optioned(counter)
    _wanted(counter, "03-08")
    case.act("04-01 enforcement-notice").act("04-11 23:00 exercise")

    assert ("EXERCISED", True) == (case.state, "administration fee is not" in case.telling("status"))
