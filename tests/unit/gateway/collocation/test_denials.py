"""What an application is denied for, and what it is not: space, equipment, optioned space, adjacent structures."""

from datetime import date
from typing import Any

import pytest

from gateway.record.registers import RegisterRow
from tests.rig.counter import Case, Counter
from validators.registers.premises import PREMISES


@pytest.mark.carries("deny-lack-of-space", by="steps")
def test_a_lack_of_space_is_told_with_the_feasibility(counter: Counter) -> None:
    """The denial is the answer of the study: it ends that clock, and says what follows."""
    case = counter.applies("caged", "03-04")
    case.act("03-14 23:00 denied-space text=no-bay-left.")

    assert ("DENIED_SPACE", ("denial", "8.2.1.10")) == (case.state, case.notices[-1])
    assert "feasibility-physical-10d" not in case.clocks(running=True)
    assert "no-bay-left." in case.told


@pytest.mark.carries("deny-prerequisite-reclaim", by="steps")
@pytest.mark.parametrize("kind", ["caged", "virtual"])
def test_obsolete_equipment_is_no_lack_of_space(counter: Counter, kind: str) -> None:
    """What the ILEC has to remove within the interval is no ground."""
    refused = counter.applies(kind, "03-04").attempt("03-12 denied-space removable_equipment=true").refused

    assert "unused equipment that the ILEC has to remove" in refused


@pytest.mark.carries("deny-virtual-needs-release", by="steps")
def test_space_for_the_ilecs_own_use_goes_to_virtual_collocation_first(counter: Counter) -> None:
    """Kept, it is no ground against virtual space but by proof to the Commission; against a cage it may be one."""
    virtual, proved, caged = (counter.applies(kind, "03-04") for kind in ("virtual", "virtual", "caged"))
    refused = virtual.attempt("03-12 denied-space own_space_kept=true").refused
    proved.act("03-12 denied-space own_space_kept=true commission_agreed=true")
    caged.act("03-12 denied-space own_space_kept=true")

    assert "gives up what it keeps for itself" in refused
    assert ("COMPLETE", "DENIED_SPACE", "DENIED_SPACE") == (virtual.state, proved.state, caged.state)


@pytest.mark.carries("equip-must-be-necessary", by="steps")
def test_equipment_that_is_not_necessary_is_denied(counter: Counter) -> None:
    """The request ends with that, and the CLEC is told which; a class that always qualifies is not denied for it."""
    case = counter.applies("caged", "03-04", {"EQUIP[1].FUNC": "BILLINGSERVER"})
    case.act("03-12 denied-other equipment_unnecessary=true text=billing-server")

    assert ("DENIED_OTHER", "denial") == (case.state, case.notices[-1][0])
    assert "billing-server" in case.told


@pytest.mark.carries("inv-eligible", by="steps")
def test_overdue_charges_for_collocation_stand_against_a_posted_site(counter: Counter) -> None:
    """The ILEC denies the site and says what is owed."""
    case = counter.applies("available-inventory", "03-04").act("03-12 denied-other text=charges-of-January")

    assert ("DENIED_OTHER", True) == (case.state, "charges-of-January" in case.telling("denial"))


def _optioned(counter: Counter, feet: str, partner: str) -> Case:
    case = counter.applies("option", "03-01", {"SPACE.SQFT": feet}, partner=partner)
    return case.do("quote").do("acceptance paid=9999.00")


@pytest.mark.carries("rofr-when", by="steps")
def test_options_are_enforced_for_who_was_denied_space_and_asks(counter: Counter) -> None:
    """It is told what is optioned there, whose it is stays unsaid; without its message no holder is asked."""
    option = _optioned(counter, "120", "bitterroot")
    case = counter.applies("caged", "03-04").act("03-10 denied-space")
    told = case.told
    unasked = option.attempt("03-11 enforcement-notice").refused
    case.act("03-12 enforce-options")
    option.act("03-15 enforcement-notice")

    assert ("120 square feet" in told, "bitterroot" in told) == (True, False)
    assert "nobody who was denied space there asks for it" in unasked
    assert ("ENFORCING", True) == (option.state, "denial-tour-10d" in case.clocks())


def test_where_nothing_is_optioned_nothing_is_told_of_it(counter: Counter) -> None:
    """An option elsewhere, and one that was given up, are no space for the applicant."""
    _optioned(counter, "120", "bitterroot").act("03-02 relinquish")
    case = counter.applies("caged", "03-04").act("03-10 denied-space")

    assert "ptioned" not in case.told


@pytest.mark.carries("rofr-after-release", by="steps")
def test_released_space_has_the_ordinary_intervals_from_its_release(counter: Counter) -> None:
    """The denial was right, so nothing is dated back; released before the CLEC asked, it is not for it yet."""
    option = _optioned(counter, "120", "bitterroot")
    case = counter.applies("caged", "03-04").act("03-10 denied-space")
    unasked = case.attempt("03-11 option-released").refused
    case.act("03-12 enforce-options")
    option.act("03-15 enforcement-notice").act("03-16 relinquish")
    case.act("03-17 option-released")

    assert "has not asked" in unasked
    assert "2027-03-17" == str(counter.local_date(case.order.application_at))
    assert "2027-03-27" == case.due("feasibility-physical-10d")
    assert "count from Wed 2027-03-17" in case.told


_OUT = "space has run out"


def _enter_premises(counter: Counter, **data: Any) -> None:
    begin = counter.instant("03-01")
    row = RegisterRow(
        id="reg-premises",
        register=PREMISES.id,
        partner_id=None,
        key="BOISIDMA",
        data=data,
        section=PREMISES.section,
        valid_from=date(2027, 3, 1),
        valid_until=None,
        entered_by="operator",
        entered_at=begin,
    )
    counter.shelf.entered[row.id] = row


@pytest.mark.carries("kind-adjacent-needs-exhaust", by="steps")
@pytest.mark.parametrize(("kind", "answer"), [("adjacent", "feasible"), ("adjacent-new", "quote")])
def test_adjacent_space_waits_until_physical_space_has_run_out(counter: Counter, kind: str, answer: str) -> None:
    """Nothing on record says so: the answer is refused, until it says so itself."""
    case = counter.applies(kind, "03-04")
    refused = case.attempt(f"03-08 {answer}").refused
    case.act(f"03-09 {answer} space_exhausted=true")

    assert _OUT in refused
    assert case.state in ("QUOTING", "QUOTED")


def test_the_register_or_the_denial_queue_may_say_that_space_has_run_out(counter: Counter) -> None:
    """A Premises that is entered as full, or at which a denied request waits, needs no word of the decision."""
    restricted = counter.applies("adjacent", "03-02", {"COLLO.PREM": "TWFLIDMA"})
    denied = counter.applies("caged", "03-02", {"COLLO.PREM": "TWFLIDMA"}, partner="bitterroot")
    _enter_premises(counter, full=True)

    assert "QUOTING" == counter.applies("adjacent", "03-03").act("03-08 feasible").state
    assert _OUT in restricted.attempt("03-08 13:00 feasible").refused
    denied.act("03-09 denied-space")
    assert "QUOTING" == restricted.act("03-10 feasible").state


def test_a_premises_that_is_only_restricted_is_not_full(counter: Counter) -> None:
    """An entry for want of power says nothing of its space."""
    _enter_premises(counter, full=False, ds3=False)

    assert _OUT in counter.applies("adjacent", "03-04").attempt("03-08 feasible").refused
