"""Steps of a collocation job from its acceptance to its end: what each does, and what it refuses."""

import pytest

from tests.rig.counter import Case, Counter

_HALF = "12000.00"
_NEW_RACK = "collocation.quotations.acceptance_percent"


def _quoted(counter: Counter, kind: str = "caged") -> Case:
    return counter.applies(kind, "03-04").act("03-12 feasible").act("03-24 quote")


def _accepted(counter: Counter, kind: str = "caged") -> Case:
    return _quoted(counter, kind).act(f"03-31 acceptance paid={_HALF}")


def _in_service(counter: Counter) -> Case:
    return _accepted(counter, "virtual").act("04-20 delivery").act("06-21 ready")


@pytest.mark.carries("acceptance-complete")
@pytest.mark.carries("accept-starts-work", by="steps")
@pytest.mark.carries("cp2-day-boundaries", by="steps")
def test_an_acceptance_is_signed_and_half_paid(counter: Counter) -> None:
    """Without a signature it is refused; with it and half of the charges construction begins, timely on day 7."""
    case = _quoted(counter)
    unsigned = case.send("03-25", "acceptance", {"PAY.AMOUNT": _HALF}).refused
    case.act(f"03-31 23:59 acceptance paid={_HALF}")

    assert "not signed" in unsigned
    assert ("IN_CONSTRUCTION", "2027-07-02", "held") == (case.state, str(case.order.due_date), case.place.status)
    assert {"accepted", "timely"} <= set(case.order.facts["conditions"])


@pytest.mark.carries("acceptance-needed-to-go-on", by="steps")
def test_nothing_goes_on_without_the_payment(counter: Counter) -> None:
    """A signature alone leaves it quoted, and the CLEC is told what is missing."""
    case = _quoted(counter).act("03-25 acceptance paid=100.00")

    assert ("QUOTED", True) == (case.state, "when 12000.00 dollars have come; 100.00 have" in case.telling("status"))
    assert "IN_CONSTRUCTION" == case.act("03-26 payment-received amount=11900.00").state


@pytest.mark.carries("accept-c2c-existing", by="steps")
def test_a_connection_on_existing_rack_is_used_at_once(counter: Counter) -> None:
    """All charges with the acceptance; then cable may be placed and recurring charges begin."""
    case = counter.applies("clec-to-clec", "03-04").act("03-12 quote").act("03-15 acceptance paid=200.00")

    assert ("IN_SERVICE", True) == (case.state, "cable may be placed at once" in case.telling("acceptance"))


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("clec-to-clec", marks=pytest.mark.carries("accept-c2c-new", by="steps")),
        pytest.param(
            "direct-connection", marks=pytest.mark.carries("accept-direct-new", {_NEW_RACK: 80}, by="altered")
        ),
    ],
)
def test_new_rack_is_accepted_with_half(counter: Counter, kind: str) -> None:
    """The ordinary acceptance starts construction."""
    case = counter.applies(kind, "03-04").act("03-12 quote new_rack=true")
    half = float(case.order.facts["nonrecurring"]) / 2
    case.act(f"03-15 acceptance paid={half:.2f}")

    assert "IN_CONSTRUCTION" == case.state
    assert "2027-05-14" == str(case.order.due_date)


@pytest.mark.carries("material-change-revised-app", by="steps")
@pytest.mark.carries("nonmaterial-change", by="steps")
def test_a_change_is_material_or_not(counter: Counter) -> None:
    """A material one takes the time that the ILEC states, if the CLEC chooses so; another moves nothing."""
    extended, kept = _accepted(counter), counter.applies("caged", "03-31")
    for act in ("04-05 feasible", "04-06 quote", f"04-07 acceptance paid={_HALF}"):
        kept.act(act)
    early = extended.act("04-08 material-change").attempt("04-09 extend").refused
    extended.act("04-12 additional-time days=20").act("04-13 extend")
    kept.act("04-14 material-change").act("04-15 not-material")

    assert "has not stated the additional time" in early
    assert ("IN_CONSTRUCTION", "2027-07-22") == (extended.state, str(extended.order.due_date))
    assert ("IN_CONSTRUCTION", "2027-07-29") == (kept.state, str(kept.order.due_date))
    assert "the dates stand" in kept.telling("status")


@pytest.mark.carries("cancel-window", by="steps")
@pytest.mark.carries("cancel-irrevocable", by="steps")
@pytest.mark.carries("cancel-charge-work-done", by="steps")
def test_a_job_is_cancelled_until_it_is_ready(counter: Counter) -> None:
    """Accepted it stops the work and is final; what was done is quoted; once ready it is too late."""
    case, ready = _accepted(counter), counter.applies("caged", "03-31")
    for act in ("04-05 feasible", "04-06 quote", f"04-07 acceptance paid={_HALF}"):
        ready.act(act)
    case.act("04-08 cancellation").act("04-09 cancellation-accepted")
    back = case.send("04-10", "cancellation").refused
    stopped = case.place.status
    case.act("04-12 cancellation-quoted")
    late = ready.act("06-21 ready").send("06-22", "cancellation").refused

    assert ("CLOSED", "left") == (case.state, stopped)
    assert (True, True) == (bool(back), bool(late))
    assert "cannot be withdrawn" in case.telling("cancelled")
    assert "no fee for the cancellation" in case.telling("quotation")


@pytest.mark.carries("bill-physical-balance", by="steps")
@pytest.mark.carries("bill-completion-package", by="steps")
@pytest.mark.carries("bill-physical-mrc-start", by="steps")
def test_a_physical_site_is_ready_paid_walked_and_signed(counter: Counter) -> None:
    """The balance is due on the ready date; part of it opens no walk; the signature starts recurring charges."""
    case = _accepted(counter).act("06-21 ready")
    told = case.telling("ready")
    case.act("06-22 payment-received amount=1.00")
    part = case.state
    case.act("06-23 payment-received amount=11999.00")
    walking = case.state

    assert ("READY", "WALKTHROUGH", True) == (part, walking, "balance of 12000.00 dollars" in told)
    assert ("IN_SERVICE", True) == (
        case.act("06-24 sign-off").state,
        "recurring charges begin" in case.telling("status"),
    )


@pytest.mark.carries("bill-virtual-complete", by="steps")
def test_a_virtual_site_is_complete_when_it_is_ready(counter: Counter) -> None:
    """No walk-through is held; it is in service with the notice that it is ready."""
    case = _in_service(counter)

    assert ("IN_SERVICE", True) == (case.state, "balance of 12000.00" in case.telling("ready"))


@pytest.mark.carries("bill-clec-not-ready", by="steps")
def test_a_clec_that_is_not_ready_is_billed(counter: Counter) -> None:
    """The job is closed and recurring charges begin."""
    case = _accepted(counter).act("06-21 clec-not-ready text=no-fiber")

    assert ("IN_SERVICE", True) == (case.state, "recurring charges begin" in case.telling("status"))


@pytest.mark.carries("virtual-no-access", by="steps")
def test_nobody_enters_virtual_space(counter: Counter) -> None:
    """Early access is for physical space: for virtual it is refused, paid or not."""
    virtual, cageless = counter.applies("virtual", "03-04"), counter.applies("cageless", "03-04")
    for case in (virtual, cageless):
        for act in ("feasible", "quote", "acceptance paid=24000.00"):
            case.do(act)

    assert virtual.attempt("03-05 early-access").refused
    assert "may be entered" in cageless.act("03-05 early-access").telling("status")


@pytest.mark.carries("nebs-stop-work", by="steps")
@pytest.mark.carries("equip-nebs-level-1", by="steps")
def test_a_notice_of_unsafe_installation_has_four_items(counter: Counter) -> None:
    """Equipment, requirement, basis, and the list of the ILEC's own; without the list it is refused."""
    case = _accepted(counter)
    without = case.decide("05-03", "nebs-notice", own_equipment=None).refused
    case.act("05-03 nebs-notice equipment=D900 requirement=NEBS-1 basis=GR-63 own_equipment=list-7")

    assert "own" in without
    assert [] == [part for part in ("D900", "NEBS-1", "GR-63", "list-7") if part not in case.told]


@pytest.mark.carries("abandoned-precedence", by="steps")
def test_equipment_is_called_abandoned_with_its_removal_time(counter: Counter) -> None:
    """The notice gives 60 Days; an answer is possible only to such a notice."""
    case = _in_service(counter)
    early = case.attempt("06-22 abandonment-answered").refused
    case.act("06-23 abandonment-notice text=bay-4")

    assert "Nothing was called abandoned" in early
    assert ("IN_SERVICE", True) == (
        case.act("06-24 abandonment-answered").state,
        "within 60 Days" in case.telling("status"),
    )


@pytest.mark.carries("dc-power-reading-cap", {"collocation.readings.most": 5}, by="altered")
@pytest.mark.carries("dc-power-reading-cap", by="steps")
def test_four_readings_are_taken_within_a_year(counter: Counter) -> None:
    """The fifth is refused, a year after the first it is not."""
    case = _in_service(counter)
    for day in ("07-01", "08-02", "09-01", "10-01"):
        case.act(f"{day} reading-request").act(f"{day} reading-taken")

    assert "Four readings" in case.attempt("2028-06-30 reading-request").refused
    assert "" == case.attempt("2028-07-03 reading-request").refused


@pytest.mark.carries("equip-preapproved-classes", by="steps")
def test_equipment_that_always_qualifies_is_not_refused(counter: Counter) -> None:
    """A DSLAM is never called unnecessary; a router may be."""
    dslam, router = counter.applies("caged", "03-04"), counter.applies("caged", "03-04", {"EQUIP[1].FUNC": "ROUTER"})
    refusal = "03-12 denied-other equipment_unnecessary=true"

    assert "always qualifies" in dslam.attempt(refusal).refused
    assert "DENIED_OTHER" == router.act(refusal).state


@pytest.mark.carries("inv-removable-by-ilec", by="steps")
def test_a_posting_is_withdrawn(counter: Counter) -> None:
    """Of a posted site that is so, of another application not."""
    posted, caged = counter.applies("available-inventory", "03-04"), counter.applies("caged", "03-04")

    assert "posted inventory" in caged.attempt("03-05 posting-withdrawn").refused
    assert "DENIED_OTHER" == posted.act("03-05 posting-withdrawn").state


@pytest.mark.carries("inv-cancel-no-fee", by="steps")
def test_a_site_that_differs_from_its_posting_costs_nothing(counter: Counter) -> None:
    """The CLEC cancels what was quoted, without a fee."""
    case = counter.applies("available-inventory", "03-04").act("03-12 feasible").act("03-24 quote posting_differs=true")
    case.act("03-25 cancellation")

    assert ("CLOSED", True) == (case.state, "no quotation fee" in case.telling("cancelled"))


@pytest.mark.carries("inv-minimum-6-months", {"collocation.posted_sites.minimum_months": 7})
def test_a_posted_site_left_early_costs_six_months(counter: Counter) -> None:
    """Left in the third month, three more are due; after the sixth nothing is."""
    cases = [counter.applies("available-inventory", "03-04") for _ in range(2)]
    for act in ("feasible", "quote", "acceptance paid=99999.00", "ready", "sign-off"):
        for case in cases:
            case.do(act) if act != "sign-off" else case.act("03-05 clec-not-ready")
    early, late = cases

    assert "930.00 dollars" in early.act("06-03 retired").telling("status")
    assert "Of the least term 0.00 dollars" in late.act("09-06 retired").telling("status")
