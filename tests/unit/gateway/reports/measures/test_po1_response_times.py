from datetime import UTC, datetime, timedelta
from fractions import Fraction

from gateway.reports.measures.outcome import mean
from gateway.reports.measures.po1_response_times import Query, QueryPart, QueryType, judge_queries

SENT = datetime(2026, 11, 17, 10, tzinfo=UTC)


def query(name: str, seconds: float | None, *, error: bool = False) -> Query:
    """Make an address validation that took so long; None if it was never answered."""
    answered = None if seconds is None else SENT + timedelta(seconds=seconds)
    return Query(name, "A", QueryType.ADDRESS_VALIDATION, SENT, answered, error=error)


def test_response_times_are_averaged_exactly() -> None:
    """Three replies of 1, 1.5 and 2.7 seconds take 26/15 seconds on average; errors and time-outs stay out."""
    queries = [
        query("a", 1),
        query("b", 1.5),
        query("c", 2.7),
        query("d", 9, error=True),
        query("e", None),
        query("f", -1),
    ]
    result = mean(judge_queries(queries, QueryType.ADDRESS_VALIDATION))
    assert Fraction(26, 15) == result.average
    assert {"d": "rejected_or_error", "e": "timed_out", "f": "invalid_start_stop"} == {
        record.record_id: record.reason for record in result.excluded
    }


def test_each_transaction_type_is_measured_by_itself() -> None:
    """A type without queries has no average."""
    assert mean(judge_queries([query("a", 1)], QueryType.LOOP_QUALIFICATION)).average is None


def test_only_telephone_numbers_have_an_accept_screen() -> None:
    """Part (c) of a transaction other than telephone numbers is left out."""
    part: QueryPart = "accept_screen"
    screens = [
        Query("a", "A", kind, SENT, SENT + timedelta(seconds=2), part=part)
        for kind in (QueryType.TELEPHONE_NUMBER, QueryType.APPOINTMENT_SCHEDULING)
    ]
    assert Fraction(2) == mean(judge_queries(screens, QueryType.TELEPHONE_NUMBER, part)).average
    assert mean(judge_queries(screens, QueryType.APPOINTMENT_SCHEDULING, part)).average is None
