"""CP-2 from the history of a collocation, as its life cycle writes it: which submeasure, met or missed, left out."""

import pytest

from gateway.record.gathered import PastEvent
from gateway.record.histories import History
from gateway.record.rows import Family
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Excluded, Lasted, Measured
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.pid.judging import Book, judge_order
from gateway.reports.pid.record_file import outcome_of
from tests.rig.counter import Case, Counter

_BUILT = "03-12 feasible; 03-24 quote; 03-31 acceptance paid=99999.00"
_CANCELLED = "04-10 cancellation; 04-12 cancellation-accepted"
_MAJOR = (
    "03-12 feasible; 03-24 quote ready_on=2027-07-30 major_infrastructure=true extension_for=standby-generators"
    "; 03-31 acceptance paid=99999.00"
)


def _history(counter: Counter, case: Case) -> History:
    events = [event for event in counter.shelf.events if event.order_id == case.order.id]
    told = tuple(PastEvent(event.type, event.at, event.data) for event in events)
    order = case.order
    return History(order.id, order.partner_id, order.agreement_id, Family.COLLOCATION, order.pon, order.number, told)


def _said(outcome: Counted | Measured | Lasted | Excluded) -> str:
    return outcome.reason if isinstance(outcome, Excluded) else outcome_of(outcome)


@pytest.mark.upholds("cp2-classes")
@pytest.mark.upholds("cp2-met")
@pytest.mark.parametrize(
    ("kind", "acts", "month", "expected"),
    [
        ("caged+forecast", f"{_BUILT}; 06-02 ready", "2027-06", {"CP-2A": "met"}),
        ("caged+forecast", f"{_BUILT}; 06-03 ready", "2027-06", {"CP-2A": "missed"}),
        ("caged+forecast", f"{_BUILT}; 06-03 ready", "2027-05", {}),
        pytest.param(
            "caged+forecast",
            f"{_MAJOR}; 07-30 ready",
            "2027-07",
            {"CP-2C": "missed"},
            marks=pytest.mark.upholds("cp2-prevails"),
        ),
        pytest.param(
            "icdf",
            f"{_BUILT}; 06-02 ready",
            "2027-06",
            {"CP-2": "type_not_listed"},
            marks=pytest.mark.upholds("cp2-scope"),
        ),
        ("cageless", f"{_BUILT}; 07-02 ready", "2027-07", {"CP-2B": "met"}),
        ("cageless", f"{_BUILT}; 07-03 ready", "2027-07", {"CP-2B": "missed"}),
        pytest.param(
            "caged", f"{_MAJOR}; 07-30 ready", "2027-07", {"CP-2C": "met"}, marks=pytest.mark.upholds("cp2-major")
        ),
        ("caged", f"{_MAJOR}; 08-02 ready", "2027-08", {"CP-2C": "missed"}),
        (
            "caged",
            f"{_BUILT}; 04-10 ready-date-agreed ready_on=2027-07-20 text=late-payment; 07-20 ready",
            "2027-07",
            {"CP-2C": "met"},
        ),
        (
            "caged",
            f"{_BUILT}; {_CANCELLED}",
            "2027-04",
            {"CP-2": "cancelled"},
        ),
    ],
)
def test_a_collocation_counts_in_the_submeasure_that_its_history_says(
    counter: Counter, kind: str, acts: str, month: str, expected: dict[str, str]
) -> None:
    """The RFS date follows from application, forecast, quotation and acceptance; the month is that of readiness."""
    kind, _, forecast = kind.partition("+")
    if forecast:
        counter.applies("forecast", "01-01", {"COLLO.ALTKIND": kind.upper()})
    case = counter.applies(kind, "03-04 10:00")
    for act in acts.split(";"):
        case.act(act.strip())
    book = Book.of(counter.agreement, load_measure_terms())
    judged = judge_order(_history(counter, case), Month.parse(month), book)
    assert expected == {one.measure: _said(one.outcome) for one in judged}


def test_a_quotation_that_nobody_accepted_is_left_out_as_expired(counter: Counter) -> None:
    """A job whose quotation ran out has no RFS date: it is named with that reason."""
    case = counter.applies("cageless", "03-04 10:00")
    for act in ("03-12 feasible", "03-24 quote"):
        case.act(act)
    counter.passes("04-26 10:00")
    book = Book.of(counter.agreement, load_measure_terms())
    judged = judge_order(_history(counter, case), Month(2027, 4), book)
    assert [("CP-2", "expired")] == [(one.measure, _said(one.outcome)) for one in judged]
