"""What goes before a transfer of responsibility, and what the CLEC that assumes the site is charged."""

import pytest

from tests.rig.counter import Case, Counter

_WORKING = {"DOCS.CIRCUITS": "4", "DOCS.NOTIFIED": "Y"}
_SITE = "quote work_finished=true"


@pytest.mark.carries("tor-agreements", by="steps")
def test_a_transfer_is_quoted_once_both_agreements_have_final_terms(counter: Counter) -> None:
    """Until then it is not, and the ILEC may refuse the request."""
    case = counter.applies("transfer", "03-04")
    early = case.attempt(f"03-05 {_SITE} agreements_final=false").refused

    assert "Both agreements hold final terms" in early
    assert "QUOTED" == case.act(f"03-08 {_SITE} agreements_final=true").state


@pytest.mark.carries("tor-admin-only", by="steps")
def test_circuits_move_without_translations_work(counter: Counter) -> None:
    """With working circuits the ILEC says that nothing else is to be done with them; without any it need not."""
    working, idle = counter.applies("transfer", "03-04", _WORKING), counter.applies("transfer", "03-04")
    unsaid = working.attempt(f"03-05 {_SITE}").refused
    working.act(f"03-08 {_SITE} administrative_only=true")

    assert "no translations work" in unsaid
    assert ("QUOTED", "QUOTED") == (working.state, idle.act(f"03-08 12:30 {_SITE}").state)


def _quoted(counter: Counter) -> Case:
    case = counter.applies("transfer", "03-04")
    fees = [{"code": "8.14.2"}, {"code": "8.14.3"}, {"code": "8.14.4", "quantity": 2}]
    return case.decide(None, "quote", elements=fees)


@pytest.mark.carries("tor-no-quote-interval", by="steps")
def test_the_assessment_of_a_transfer_is_owed_even_if_it_is_declined(counter: Counter) -> None:
    """All fees are in the quotation; withdrawn, the assessment remains, and moved, the charges are the other CLEC's."""
    declined, moved = _quoted(counter), _quoted(counter)
    told = declined.telling("quotation")
    declined.act("03-09 withdraw")
    moved.act("03-10 payment-received amount=2687.60").act("03-31 moved")

    assert ("2687.60 dollars" in told, "fee of 1036.00" in told) == (True, True)
    assert ("CLOSED", True) == (declined.state, "1036.00 dollars is owed all the same" in declined.told)
    assert ("DONE", True) == (moved.state, "assuming CLEC's from this day" in moved.told)


@pytest.mark.carries("tor-no-quote-interval", {"collocation.kinds.transfer.elements": ()}, by="altered")
def test_a_transfer_is_charged_its_own_fees_alone(counter: Counter) -> None:
    """An element of another kind is refused."""
    case = counter.applies("transfer", "03-04").decide("03-08", "quote", elements=[{"code": "SPACE-CONSTRUCTION"}])

    assert "none of this kind" in case.refused


def test_no_time_is_set_for_the_quotation_of_a_transfer(counter: Counter) -> None:
    """The text has none, so no clock runs."""
    case = counter.applies("transfer", "03-04")

    assert [] == case.clocks()
