"""Rows of an order as a loop of Friday 2026-11-20 has them, and commands made of plain functions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gateway.record.port import Changes, NaturalKey, Needs, OnRecord
from gateway.record.rows import (
    ClockState,
    Event,
    Family,
    Notice,
    OpenClock,
    Order,
    Submission,
    WorkItem,
)

RECEIVED = datetime(2026, 11, 21, 2, 30, 0, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class Do:
    """A command: what it needs to see, and the function that decides."""

    needs: Needs
    decision: Callable[[OnRecord], tuple[Any, Changes]]

    def decide(self, on_record: OnRecord) -> tuple[Any, Changes]:
        """Decide."""
        return self.decision(on_record)


class Samples:
    """Makes rows whose ids follow from the PON, so that a test can name them."""

    received = RECEIVED

    def key(self, pon: str) -> NaturalKey:
        """Give the natural key of the PON of partner `clec`."""
        return NaturalKey("clec", Family.LSR, pon)

    def order(self, pon: str, **changed: Any) -> Order:
        """Make an order."""
        order = Order(
            id=f"ord_{pon}",
            partner_id="clec",
            agreement_id="template",
            family=Family.LSR,
            pon=pon,
            ver="00",
            number=f"N{pon}",
            product="loop-2w-nonloaded",
            activity="N",
            state="RECEIVED",
            revision=1,
            received_at=RECEIVED,
            application_at=None,
            desired_due_date=date(2026, 12, 4),
            due_date=None,
            original_due_date=None,
            submission_id=f"sub_{pon}_00",
            updated_at=RECEIVED,
            facts={"quantity": 3},
        )
        return replace(order, **changed)

    def submission(self, pon: str, ver: str = "00", **changed: Any) -> Submission:
        """Make a submission of the order of that PON."""
        submission = Submission(
            id=f"sub_{pon}_{ver}",
            partner_id="clec",
            family=Family.LSR,
            pon=pon,
            ver=ver,
            digest="d" * 64,
            body=b"<LocalServiceRequest/>",
            received_at=RECEIVED,
            order_id=f"ord_{pon}",
            outcome="accepted",
            findings=(),
            acknowledgement={"order": f"ord_{pon}"},
        )
        return replace(submission, **changed)

    def event(self, pon: str, name: str = "received") -> Event:
        """Make an event of the order of that PON."""
        return Event(f"evt_{pon}_{name}", f"ord_{pon}", "clec", name, RECEIVED, "12.2.1", {"name": name})

    def notice(self, pon: str, name: str = "foc", **changed: Any) -> Notice:
        """Make a notice about the order of that PON."""
        notice = Notice(
            id=f"ntc_{pon}_{name}",
            order_id=f"ord_{pon}",
            partner_id="clec",
            kind=name,
            ver="00",
            section="12.2.1.2",
            issued_at=RECEIVED,
            document=b"<Notice/>",
            data={"kind": name},
        )
        return replace(notice, **changed)

    def clock(self, pon: str, name: str = "foc", hours: int = 72, **changed: Any) -> OpenClock:
        """Make a clock of the order of that PON that runs `hours` from receipt and fires only at its end."""
        due = RECEIVED + timedelta(hours=hours)
        clock = OpenClock(
            id=f"clk_{pon}_{name}",
            order_id=f"ord_{pon}",
            partner_id="clec",
            clock=name,
            section="12.2.1.2",
            ver="00",
            owed_by="ILEC",
            starts_at=RECEIVED,
            due_at=due,
            next_at=due,
            state=ClockState.OPEN,
        )
        return replace(clock, **changed)

    def work(self, pon: str, name: str = "new") -> WorkItem:
        """Make a work item about the order of that PON."""
        return WorkItem(
            f"wrk_{pon}_{name}", "work:lsr", f"ord_{pon}", "clec", "01", f'{{"id": "wrk_{pon}_{name}"}}', RECEIVED
        )

    def do(self, decision: Callable[[OnRecord], tuple[Any, Changes]], **needs: Any) -> Do:
        """Make a command out of a function; the needs are given as any iterables."""
        return Do(Needs(**{name: frozenset(keys) for name, keys in needs.items()}), decision)

    def write(self, **changes: Any) -> Do:
        """Make a command that writes without looking."""
        return self.do(lambda _on_record: (None, Changes(**changes)))

    def place(self, pon: str, **more: Any) -> Do:
        """Make a command that places a new order with its message, or is refused as a duplicate."""

        def decide(on_record: OnRecord) -> tuple[str, Changes]:
            if on_record.submissions_of(self.key(pon)):
                raise ValueError(f"duplicate {pon}")
            order = self.order(pon)
            return order.id, Changes(new_orders=[order], submissions=[self.submission(pon)], **more)

        return self.do(decide, natural_keys=[self.key(pon)])

    def advance(self, pon: str, state: str) -> Do:
        """Make a command that moves an order to `state` and gives its new revision."""

        def decide(on_record: OnRecord) -> tuple[int, Changes]:
            order = on_record.order(f"ord_{pon}")
            assert order is not None
            moved = replace(order, state=state, revision=order.revision + 1)
            return moved.revision, Changes(orders=[moved])

        return self.do(decide, order_ids=[f"ord_{pon}"])


@pytest.fixture
def samples() -> Samples:
    """Give the maker of rows and commands."""
    return Samples()
