"""Every clock of requests about collocation, brought about by the acts that start it: its end, and what that brings."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.record.rows import ClockState
from tests.rig.counter import Case, Counter

_TABLE = Path(__file__).parent / "clocks.txt"
_WAYS = {
    "@service": "03-10 quote; 03-15 acceptance paid=99999.00",
    "@accepted": "03-12 feasible; 03-24 quote; 03-31 acceptance paid=99999.00",
    "@late": "03-12 feasible; 03-24 quote; 04-01 acceptance paid=99999.00",
    "@major": "03-12 feasible"
    "; 03-24 quote ready_on=2027-07-30 major_infrastructure=true extension_for=standby-generators"
    "; 03-31 acceptance paid=99999.00",
    "@attached": "03-24 survey-answered; 03-31 estimate; 04-07 payment-received amount=1000.00; 04-07 attachers-told",
    "@in-use": "03-24 survey-answered; 03-31 estimate; 04-07 payment-received amount=1000.00; 05-10 made-ready",
}
_WITH = {"large": {"ASK.QTY": "301"}, "extensive": {"ASK.WIRECENTERS": "6"}}
"""What a first message holds beside, by the word after the `+` of its kind."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: see the head of `clocks.txt`."""

    clock: str
    kind: str
    received: str
    acts: str
    due: str
    stopped_by: str
    outcome: str

    def reach(self, counter: Counter) -> Case:
        """Bring about what starts the clock."""
        kind, _, plus = self.kind.partition("+")
        if plus == "forecast":
            counter.applies("forecast", "01-01", {"COLLO.ALTKIND": kind.upper()})
        if plus == "wanted":
            counter.applies("caged", self.received, partner="bitterroot").do("denied-space").do("enforce-options")
        case = counter.applies(kind, self.received, _WITH.get(plus))
        acts = self.acts
        for name, way in _WAYS.items():
            acts = acts.replace(name, way)
        for act in filter(None, map(str.strip, acts.split(";"))):
            case.act(act)
        return case


def rows() -> list[Row]:
    """Read the table."""
    lines = (line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return [Row(*(cell.strip() for cell in line.split("|"))) for line in lines]


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=pytest.mark.carries(row.clock, by="clock"), id=row.clock) for row in rows()]
)
def test_a_clock_ends_on_its_day(counter: Counter, row: Row) -> None:
    """It is due when the agreement says, and the act that it waits for ends it unbroken until then."""
    case = row.reach(counter)

    assert row.due == case.due(row.clock)
    if row.stopped_by != "-":
        counter.move_to(case.clock(row.clock).due_at)
        case.do(row.stopped_by)
        clock = case.clock(row.clock)
        assert (ClockState.STOPPED, None) == (clock.state, clock.breached_at)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.clock)
def test_the_end_of_a_clock_has_its_consequence(counter: Counter, row: Row) -> None:
    """Nobody acts: a duty is breached and its CLEC told, a right is over; what follows from that follows."""
    case = row.reach(counter)
    told = len(case.notices)

    counter.move_to(case.clock(row.clock).due_at)
    before = case.clock(row.clock)
    counter.run_out(case.clock(row.clock))
    after = case.clock(row.clock)

    assert (ClockState.OPEN, None) == (before.state, before.breached_at)
    outcome = "breach" if after.breached_at else "over"
    kinds = [kind for kind, _ in case.notices[told:]]
    assert row.outcome == " ".join([outcome, case.state, *kinds])
