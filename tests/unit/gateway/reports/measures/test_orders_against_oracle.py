from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.op3_commitments_met import commitment_met, judge_commitment
from gateway.reports.measures.op4_installation_interval import installation_interval, judge_interval
from gateway.reports.measures.op15_pending_past_due import judge_pending
from gateway.reports.measures.outcome import mean, share
from gateway.reports.measures.records import DueDateChange, Mover, ServiceOrder
from tests.oracle import exhibit_b

HISTORIES = 10_000


def histories(seed: int) -> Iterator[ServiceOrder]:
    """Orders of the years 2025 to 2027 with up to six changes of due date, late, early, on Saturdays and holidays."""
    chance = Random(seed)  # noqa: S311 - the same histories in every run
    for number in range(HISTORIES):
        applied = date(2025, 1, 1) + timedelta(days=chance.randrange(1000))
        due = applied + timedelta(days=chance.randrange(1, 15))
        changes = tuple(
            DueDateChange(chance.choice(list(Mover)), due + timedelta(days=chance.randrange(-4, 25)))
            for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 4, 6)))
        )
        yield ServiceOrder(
            record_id=str(number),
            clec="A",
            order_type="N",
            application_date=applied,
            original_due=due,
            changes=changes,
            completed=applied + timedelta(days=chance.randrange(45)),
        )


def facts(order: ServiceOrder) -> tuple[date, date, list[exhibit_b.Change], date]:
    """Give what the oracle reads of an order: no type of the product."""
    assert order.application_date is not None
    assert order.original_due is not None
    assert order.completed is not None
    return (
        order.application_date,
        order.original_due,
        [(change.by.value, change.new_date) for change in order.changes],
        order.completed,
    )


def test_commitments_met_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """10,000 random due-date histories meet or miss their Applicable Due Date as the oracle says."""
    for order in histories(seed=3):
        _, original, changes, completed = facts(order)
        expected = completed <= exhibit_b.applicable_due_date(original, changes)
        assert expected == commitment_met(order, basis), order


def test_installation_intervals_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """10,000 random due-date histories have the installation interval that numpy's business days give."""
    for order in histories(seed=4):
        applied, original, changes, completed = facts(order)
        expected = exhibit_b.installation_days(applied, original, changes, completed)
        assert expected == installation_interval(order, basis).days, order


def test_pending_delays_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """10,000 random pending orders are past due, and by as many days, as the oracle says."""
    chance = Random(15)  # noqa: S311 - the same days in every run
    counted = 0
    for order in histories(seed=15):
        applied, original, changes, completed = facts(order)
        last_day = applied + timedelta(days=chance.randrange(30))
        delay = judge_pending(order, last_day, basis)
        expected = None if completed <= last_day else exhibit_b.pending_days(original, changes, last_day)
        assert ([] if expected is None else [expected]) == [value for _, value in mean([delay.outcome]).values], order
        counted += expected is not None
    assert counted > HISTORIES / 10


def test_monthly_results_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """Over the orders completed in each month, OP-3 and OP-4 are the oracle's counts and sums."""
    orders = list(histories(seed=34))[:600]
    for number in range(12):
        month = Month(2025, 1).later(number)
        mine = [facts(order) for order in orders if order.completed and month.holds(order.completed)]
        met = sum(done <= exhibit_b.applicable_due_date(due, changes) for _, due, changes, done in mine)
        days = sum(exhibit_b.installation_days(*parts) for parts in mine)
        commitments = share(judge_commitment(order, month, basis) for order in orders)
        intervals = mean(judge_interval(order, month, None, basis) for order in orders)
        assert (met, len(mine)) == (commitments.numerator, commitments.denominator)
        assert (Fraction(days), len(mine)) == (intervals.total, intervals.count)
        assert len(orders) - len(mine) == len(commitments.excluded) == len(intervals.excluded)
