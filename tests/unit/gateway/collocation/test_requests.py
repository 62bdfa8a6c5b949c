"""Steps of what is asked for by application and clock beside collocation: what each does, what it refuses."""

from datetime import time

import pytest

from tests.rig.counter import Case, Counter


def _told(case: Case, act: str) -> str:
    before = len(case.notices)
    case.act(act)
    assert len(case.notices) == before + 1, "one notice comes of it"
    return case.told


@pytest.mark.carries("bfr-quote-fields", by="steps")
def test_a_bona_fide_quotation_shows_development_apart(counter: Counter) -> None:
    """It lists both rates and the costs of development and construction; without them it is refused."""
    case = counter.applies("bfr", "03-04").act("03-12 qualifies")
    amounts = {"recurring": "100.00", "nonrecurring": "9000.00"}
    without = case.decide("03-24", "quote", **amounts, development=None).refused
    case.decide("03-24", "quote", **amounts, development="4000.00", description="Fiber meet", ready_on="2027-09-01")

    assert "development" in without
    assert "9000.00 once and 100.00 a month, of which 4000.00 for development" in case.telling("quotation")


@pytest.mark.carries("srp-to-bfr", by="steps")
def test_a_special_request_that_needs_analysis_is_referred(counter: Counter) -> None:
    """The CLEC is told that it is a bona fide request, and from when the time of that counts."""
    told = _told(counter.applies("srp", "03-04").act("03-05 acknowledged"), "03-12 referred")

    assert "counts from Thu 2027-03-04" in told


@pytest.mark.carries("constr-pay-first", by="steps")
@pytest.mark.carries("constr-application-date", by="steps")
def test_construction_begins_with_its_payment(counter: Counter) -> None:
    """A payment before the CLEC has accepted begins nothing; the one after is the application date of the service."""
    case = counter.applies("construction", "03-04").act("03-24 quote")
    early = case.attempt("03-25 payment-received").refused
    told = _told(case.act("03-26 agree"), "04-05 payment-received")

    assert "has not accepted" in early
    assert ("ACCEPTED", "2027-04-05") == (case.state, str(counter.local_date(case.order.application_at)))
    assert "application date is Mon 2027-04-05" in told


@pytest.mark.carries("dcp-accept-by-full-payment", by="steps")
@pytest.mark.carries("dcp-billing-back-to-app", by="steps")
def test_a_power_change_is_accepted_by_its_payment_in_full(counter: Counter) -> None:
    """Half accepts nothing; all of it does, and the billing changes back to the day of the application."""
    case = counter.applies("dc-power", "03-04").act("03-24 quote")
    half = case.act("03-25 payment-received amount=12000.00").state
    told = _told(case, "03-26 payment-received amount=12000.00")

    assert ("QUOTED", "IN_CONSTRUCTION") == (half, case.state)
    assert "billing changes back to Thu 2027-03-04" in told


@pytest.mark.carries("dcp-financials-current", by="steps")
def test_a_power_change_is_refused_while_the_account_is_not_current(counter: Counter) -> None:
    """The CLEC is told what is owed; disputed charges are no ground."""
    case = counter.applies("dc-power", "03-04")

    assert "dispute" not in _told(case, "03-05 refuse text=500-dollars-of-January")
    assert ("REFUSED", ("denial", "8.2.1.32.3")) == (case.state, case.notices[-1])


@pytest.mark.carries("decom-financials-current", by="steps")
def test_what_is_owed_stops_a_decommission(counter: Counter) -> None:
    """Unmet prerequisites end it with their reason; met ones let it go on to the validation."""
    unmet, met = counter.applies("decommission", "03-04"), counter.applies("decommission", "03-04")

    assert "charges-of-January" in _told(unmet, "03-05 prerequisites-unmet text=charges-of-January")
    assert "validated" in _told(met, "03-05 prerequisites-met")
    assert ("REFUSED", "CHECKED") == (unmet.state, met.state)


@pytest.mark.carries("decom-irrevocable", by="steps")
def test_an_accepted_decommission_is_not_withdrawn(counter: Counter) -> None:
    """Nothing that the CLEC may send takes it back."""
    case = counter.applies("decommission", "03-04").act("03-05 prerequisites-met")

    assert "cannot be withdrawn" in _told(case, "03-08 accepted")
    assert case.send("03-09", "cancellation").refused


@pytest.mark.carries("decom-turnover-condition", by="steps")
def test_a_site_is_turned_over(counter: Counter) -> None:
    """With it the time for refunds begins."""
    case = counter.applies("decommission", "03-04").act("03-05 prerequisites-met").act("03-08 accepted")

    assert "12 or reusable within 36 months" in _told(case, "03-31 turned-over")
    assert {"decom-refund-reimbursable-1y", "decom-refund-reusable-3y"} == set(case.clocks(running=True))


@pytest.mark.carries("tor-irrevocable", by="steps")
def test_a_transfer_is_irrevocable_with_its_payment(counter: Counter) -> None:
    """Until all is paid it may be withdrawn, then not."""
    open_still, paid = counter.applies("transfer", "03-04"), counter.applies("transfer", "03-04")
    for case in (open_still, paid):
        case.act("03-05 quote work_finished=true")
    part = paid.attempt("03-08 payment-received amount=1000.00").refused
    paid.act("03-09 payment-received amount=24000.00")

    assert "All quoted charges" in part
    assert ("CLOSED", "ACCEPTED") == (open_still.act("03-10 withdraw").state, paid.state)
    assert paid.attempt("03-11 withdraw").refused


@pytest.mark.carries("tor-finish-work-first", by="steps")
def test_work_in_progress_stops_a_transfer(counter: Counter) -> None:
    """While the vacating CLEC's job at the site is open the quotation is not accepted, paid or not."""
    case = counter.applies("transfer", "03-04")
    case.decide("03-05", "quote", work_finished=False)
    open_job = case.attempt("03-08 payment-received amount=24000.00").refused
    case.act("03-09 work-finished")
    case.act("03-10 payment-received amount=24000.00")

    assert "finished or cancelled" in open_job
    assert "ACCEPTED" == case.state


@pytest.mark.carries("tor-as-is-entire", by="steps")
def test_a_site_moves_whole(counter: Counter) -> None:
    """It is done with the notice that says so."""
    case = counter.applies("transfer", "03-04").act("03-05 quote work_finished=true")
    case.act("03-08 payment-received amount=24000.00")

    assert "as is and whole" in _told(case, "04-05 moved")
    assert "DONE" == case.state


@pytest.mark.carries("tor-kinds", by="steps")
def test_a_transfer_is_taken_up(counter: Counter) -> None:
    """With its documents, and nobody queued, it is open and its date is that of its receipt."""
    case = counter.applies("transfer", "03-04")

    assert ("RECEIVED", "2027-03-04") == (case.state, str(counter.local_date(case.order.application_at)))


@pytest.mark.carries("tor-financials", by="steps")
def test_debts_refuse_a_transfer(counter: Counter) -> None:
    """The vacating CLEC is told why; nothing is left open."""
    case = counter.applies("transfer", "03-04")

    assert "January" in _told(case, "03-08 refuse text=January")
    assert ("REFUSED", []) == (case.state, case.clocks(running=True))


@pytest.mark.carries("tor-blocked-by-queue", by="steps")
def test_a_queue_at_the_premises_blocks_a_transfer(counter: Counter) -> None:
    """Another CLEC that waits for space there goes before."""
    counter.applies("caged", "03-01", partner="bitterroot").act("03-10 denied-space")
    case = counter.applies("transfer", "03-11", {"COLLO.PREM": "BOISIDMA"})

    assert ("REFUSED", ("denial", "8.2.1.22.2.1")) == (case.state, case.notices[-1])


@pytest.mark.carries("joint-test-waiver-2pct", by="steps")
@pytest.mark.parametrize(("errors", "words"), [("2", "The test is charged"), ("3", "No charge")])
def test_a_joint_test_is_free_above_two_percent(counter: Counter, errors: str, words: str) -> None:
    """Of 100 terminations two errors of the ILEC leave it charged, three do not."""
    case = counter.applies("joint-test", "03-04")

    assert words in _told(case, f"03-24 tested terminations=100 ilec_errors={errors}")


@pytest.mark.carries("jiv-full-prepayment", by="steps")
def test_a_visit_is_paid_before_it_is_scheduled(counter: Counter) -> None:
    """The whole fee is quoted, and no visit is scheduled without it."""
    case = counter.applies("joint-inventory", "03-04").act("03-05 quote")
    unpaid = case.attempt("03-08 schedule visit_at=2027-04-05T09:00:00-06:00").refused
    part = case.attempt("03-09 payment-received amount=100.00").refused

    assert "1610.12 dollars are payable in full" in case.telling("quotation")
    assert ("payable in full first" in unpaid, "payable in full" in part) == (True, True)


@pytest.mark.carries("cal-visit-business-hours", by="steps")
@pytest.mark.carries("cal-visit-business-hours", {"collocation.visits.end": time(18)}, by="altered")
@pytest.mark.parametrize("at", ["2027-04-03T09:00:00-06:00", "2027-05-31T09:00:00-06:00", "2027-04-05T17:01:00-06:00"])
def test_a_visit_is_in_business_hours(counter: Counter, at: str) -> None:
    """Not on a Saturday, a holiday or after five, local time; until five it is."""
    case = counter.applies("joint-inventory", "03-04").act("03-05 quote").act("03-08 payment-received amount=1610.12")
    refused = case.attempt(f"03-09 schedule visit_at={at}").refused
    late = case.attempt("03-09 schedule visit_at=2027-04-05T17:01:00-06:00").refused

    assert "08:00 to 17:00" in refused
    assert late
    assert "SCHEDULED" == case.act("03-09 schedule visit_at=2027-04-05T17:00:00-06:00").state


@pytest.mark.carries("jiv-max-two", by="steps")
def test_at_most_two_visits_are_scheduled(counter: Counter) -> None:
    """A second time is given, a third is not."""
    case = counter.applies("joint-inventory", "03-04").act("03-05 quote")
    case.act("03-08 payment-received amount=24000.00").act("03-09 schedule visit_at=2027-04-05T09:00:00-06:00")
    told = _told(case, "03-10 schedule visit_at=2027-04-12T09:00:00-06:00")

    assert "2027-04-12" in told
    assert "At most two" in case.attempt("03-11 schedule visit_at=2027-04-19T09:00:00-06:00").refused


@pytest.mark.carries("row-two-steps", by="steps")
@pytest.mark.carries("pole-scope", by="steps")
def test_inquiry_and_verification_go_before_an_order(counter: Counter) -> None:
    """A duct is inquired, verified, estimated, and only then ordered; the timeline of poles is not its own."""
    duct = counter.applies("duct", "03-04")
    early = duct.attempt("03-05 payment-received").refused
    for act in ("03-12 inquiry-answered", "03-15 verification-paid", "03-24 survey-answered", "03-31 estimate"):
        duct.act(act)
    duct.act("04-07 payment-received")

    assert early
    assert ("MAKE_READY", "2027-03-04") == (duct.state, str(counter.local_date(duct.order.application_at)))
    assert [] == [name for name in duct.clocks() if name.startswith(("pole-survey", "pole-makeready"))]


@pytest.mark.carries("row-order-by-payment", by="steps")
def test_the_payment_is_the_order(counter: Counter) -> None:
    """With it the work starts; after the 90 days of the estimate it does not."""
    paid, late = counter.applies("pole", "03-04"), counter.applies("pole", "03-04")
    for act in ("03-24 survey-answered", "03-31 estimate"):
        paid.act(act)
        late.act(act)

    assert "placed by its payment of 1000.00" in _told(paid, "06-29 23:59 payment-received")
    assert late.attempt("06-30 00:01 payment-received").refused
    assert ("MAKE_READY", "EXPIRED") == (paid.state, late.state)


@pytest.mark.carries("pole-errors-timely", by="steps")
def test_errors_of_a_pole_application_are_told(counter: Counter) -> None:
    """Each with its cure, in one notice."""
    case = counter.applies("pole", "03-04")
    case.decide("03-08", "deficient", items=[{"item": "", "text": "route map unreadable", "cure": "send it again"}])

    assert ("deficiency", "10.8.2.4.1.1") == case.notices[-1]
    assert "route map unreadable" in case.told


@pytest.mark.carries("pole-denial-reasons", by="steps")
def test_a_denial_gives_its_basis(counter: Counter) -> None:
    """Without one it is refused."""
    case = counter.applies("pole", "03-04")

    assert "text" in case.decide("03-08", "denied", text=None).refused
    assert "capacity" in _told(case, "03-09 denied text=capacity")


@pytest.mark.carries("pole-notice-fields", by="steps")
def test_the_attacher_notice_has_five_items(counter: Counter) -> None:
    """Work, date, right to modify, the further days with the takeover, contact; without a contact it is refused."""
    case = counter.applies("pole", "03-04")
    for act in ("03-24 survey-answered", "03-31 estimate", "04-07 payment-received"):
        case.act(act)
    nobody = case.decide("04-08", "attachers-told", contact=None).refused
    told = _told(case, "04-08 attachers-told work=Poles-1-to-20. contact=J-Doe")

    assert "contact" in nobody
    parts = ("Poles-1-to-20.", "By Mon 2027-06-07.", "added to or modified", "15 more days", "may finish", "J-Doe")
    assert [] == [part for part in parts if part not in told]


@pytest.mark.carries("pdr-transfer-irrevocable", by="steps")
def test_a_paid_transfer_of_poles_is_not_withdrawn(counter: Counter) -> None:
    """It comes with its payment, is dated by its receipt, and knows no withdrawal."""
    case = counter.applies("pdr-transfer", "03-04")

    assert "2027-03-04" == str(counter.local_date(case.order.application_at))
    assert case.send("03-05", "withdraw").refused


@pytest.mark.carries("pdr-transfer-financials", by="steps")
def test_a_transfer_of_poles_needs_an_agreement_and_good_standing(counter: Counter) -> None:
    """The refusal says what is wanting."""
    case = counter.applies("pdr-transfer", "03-04")

    assert "no-agreement" in _told(case, "03-08 refuse text=no-agreement")
    assert "REFUSED" == case.state


@pytest.mark.carries("pole-clock-stop", by="steps")
@pytest.mark.carries("pole-clock-stop", {"clocks.pole-makeready-60d.pauses_on": ()}, by="altered")
def test_a_stopped_clock_of_make_ready_stands_still(counter: Counter) -> None:
    """Ten Days of stoppage move the end by ten; both notices go out, the second with the new deadline."""
    case = counter.applies("pole", "03-04")
    for act in ("03-24 survey-answered", "03-31 estimate", "04-07 payment-received", "04-07 attachers-told"):
        case.act(act)
    stopped = _told(case, "04-12 clock-stopped text=Flood.")
    told = _told(case, "04-22 clock-restarted text=Dry-again.")

    assert ("Flood." in stopped, "Dry-again." in told) == (True, True)
    assert "2027-06-16" == case.due("pole-makeready-60d")
    assert "Wed 2027-06-16" in told
