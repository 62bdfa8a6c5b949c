"""A site ordered before the agreement: built, and turned up with the agreement or at the end of its interval."""

from datetime import date, timedelta

import pytest

from tests.rig.counter import Bench, Case, Counter
from tests.rig.without import as_built
from validators.agreement.terms import Agreement

_READY = {"caged": "READY", "virtual": "IN_SERVICE"}


def _unexecuted(counter: Counter) -> Agreement:
    return as_built(counter.agreement, status="none")


def _built(counter: Counter, kind: str) -> Case:
    case = counter.applies(kind, "03-04").act("03-08 feasible").act("03-10 quote")
    return (
        case.act("03-11 acceptance paid=12000.00").act("03-12 delivery")
        if kind == "virtual"
        else case.act("03-11 acceptance paid=12000.00")
    )


@pytest.mark.carries("order-before-execution", by="steps")
@pytest.mark.parametrize("kind", ["caged", "virtual"])
def test_a_site_waits_for_its_agreement(counter: Counter, counter_bench: Bench, kind: str) -> None:
    """Finished early it is not turned up; on the last day of its interval it is, by the terms of this agreement."""
    waiting = Counter(counter_bench, _unexecuted(counter))
    case = _built(waiting, kind)
    early = case.attempt("04-05 ready").refused
    last = str(case.order.due_date)
    before = case.attempt(f"{_day_before(last)} ready").refused
    case.act(f"{last} ready")

    assert ("in force yet" in early, "in force yet" in before) == (True, True)
    assert _READY[kind] == case.state
    assert "rates and terms of this one apply" in case.telling("ready")


@pytest.mark.parametrize("kind", ["caged", "virtual"])
def test_under_an_agreement_it_is_ready_when_it_is(counter: Counter, kind: str) -> None:
    """Nothing is told of another agreement then."""
    case = _built(counter, kind).act("04-05 ready")

    assert (_READY[kind], False) == (case.state, "No agreement" in case.telling("ready"))


def _day_before(day: str) -> str:
    return f"{date.fromisoformat(day) - timedelta(days=1)}"
