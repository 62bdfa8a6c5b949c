"""The ready-for-service table as it is explained: which row applies, which still may, and the date of each."""

import pytest

from gateway.ids import Ids
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.services.process_entry import ProcessEntry
from gateway.services.ready_table import ReadyRow, RowStanding, ready_table
from tests.rig.counter import AGREEMENT, Case, Counter

APPLIES, POSSIBLE, RULED_OUT = RowStanding.APPLIES, RowStanding.POSSIBLE, RowStanding.RULED_OUT


def _table(counter: Counter, case: Case) -> dict[str, ReadyRow]:
    clocks = [clock for clock in counter.shelf.clocks.values() if clock.order_id == case.order.id]
    desk = Desk({AGREEMENT: counter.agreement}, MACHINES, Ids())
    entry = ProcessEntry(desk, case.order, (), counter.now)
    rows = ready_table(entry, counter.agreement, clocks)
    return {row.term.id.removeprefix("rfs-physical-"): row for row in rows}


def test_before_the_acceptance_each_row_that_may_apply_tells_its_date(counter: Counter) -> None:
    """Without a forecast 120 Days from the application if accepted in time; what counts from later has none."""
    quoted = counter.applies("caged", "03-04").act("03-12 feasible").decide("03-24", "quote")
    table = _table(counter, quoted)

    assert {"u-t": POSSIBLE, "u-l": POSSIBLE, "f-t": RULED_OUT, "f-l": RULED_OUT, "u-major": RULED_OUT} == {
        name: row.standing for name, row in table.items()
    }
    assert ("2027-07-02", None) == (str(table["u-t"].ready_on), table["u-l"].ready_on)
    assert "120 days after" in table["u-t"].arithmetic
    assert [("forecast", False)] == [(one.fact, one.met) for one in table["f-t"].conditions if one.met is False]


@pytest.mark.parametrize(("day", "row", "other"), [("03-31", "u-t", "u-l"), ("04-01", "u-l", "u-t")])
def test_an_accepted_quotation_has_one_row_with_the_date_of_the_request(
    counter: Counter, day: str, row: str, other: str
) -> None:
    """In time it counts from the application, late from the acceptance; the other row is ruled out by that."""
    quoted = counter.applies("caged", "03-04").act("03-12 feasible").decide("03-24", "quote")
    case = quoted.act(f"{day} acceptance paid=99999.00")
    table = _table(counter, case)

    assert (APPLIES, RULED_OUT) == (table[row].standing, table[other].standing)
    assert case.order.due_date == table[row].ready_on
    assert row == next(iter(table))


def test_an_agreed_date_takes_every_row_away(counter: Counter) -> None:
    """Once a date is agreed, waived or moved nothing of the table counts, and each row says so."""
    quoted = counter.applies("caged", "03-04").act("03-12 feasible").decide("03-24", "quote")
    case = quoted.act("03-31 acceptance paid=99999.00").decide("04-02", "ready-date-agreed")
    rows = _table(counter, case).values()

    assert {RULED_OUT} == {row.standing for row in rows}
    assert all(("agreed-date", False) in [(one.fact, one.met) for one in row.conditions] for row in rows)
