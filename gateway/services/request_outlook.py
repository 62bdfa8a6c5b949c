"""What a request whose life cycle stands in the agreement may still become: what its CLEC may send, and its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gateway.clock import Clock
from gateway.lifecycle.machine import Refusal
from gateway.record.places import LEFT, Place
from gateway.record.port import Record
from gateway.record.rows import OpenClock, Order
from gateway.services.desk import Desk
from gateway.services.process_entry import Happening, ProcessEntry
from gateway.services.process_facts import BY_AMOUNT, facts_at
from validators.agreement.process_terms import StateTerm


@dataclass(frozen=True, slots=True)
class MessageNow:
    """A message that the life cycle knows in the request's state.

    Attributes:
        says: its name, which MSG bears.
        section: what it rests on.
        refused: why it would be refused now, in words; empty where it may be sent.
    """

    says: str
    section: str
    refused: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A request's place in a queue of its Premises; nothing of it says who the others are.

    Attributes:
        place: its own place.
        before: how many stand before it.
        of: how many stand in the queue.
    """

    place: Place
    before: int
    of: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may follow for one request.

    Attributes:
        state: the state in which it is.
        messages: what its CLEC may send, and what it could if a condition held.
        standing: its place in a queue; None where it stands in none.
    """

    entry: ProcessEntry
    state: StateTerm
    messages: Sequence[MessageNow]
    standing: Standing | None

    def may_send(self, says: str) -> MessageNow | None:
        """Give a message that may be sent now."""
        return next((message for message in self.messages if message.says == says and not message.refused), None)


class Outlooks:
    """Reads what may follow, by the very facts that a message would be taken by; that it pays enough is left to it."""

    def __init__(self, record: Record, desk: Desk, clock: Clock) -> None:
        self._record = record
        self._desk = desk
        self._clock = clock

    async def of(self, order: Order, clocks: Sequence[OpenClock]) -> Outlook:
        """Give the outlook of a request with its clocks.

        Raises:
            NoAgreement: its agreement is not loaded any more.
            RecordUnavailable: the database does not answer.
        """
        places = await self._places(order)
        now = self._clock.of(order.partner_id).now()
        entry = ProcessEntry(self._desk, order, clocks, now, places=places)
        return Outlook(entry, entry.process.states[order.state], self._messages(entry), _standing(order, places))

    async def _places(self, order: Order) -> Sequence[Place]:
        own = await self._record.places.of(order.partner_id)
        there = await self._record.places.at(order.facts.get("premises") or "")
        return tuple({place.id: place for place in (*own, *there)}.values())

    def _messages(self, entry: ProcessEntry) -> Sequence[MessageNow]:
        machine, found = self._desk.machine_of(entry.order), []
        for says in entry.process.messages():
            steps = machine.table.get((entry.order.state, says))
            if steps:
                facts = facts_at(entry, Happening(says))
                step = machine.step(replace(entry.standing, facts=facts), says)
                if isinstance(step, Refusal):
                    paid = machine.step(replace(entry.standing, facts=facts | BY_AMOUNT), says)
                    step = step if isinstance(paid, Refusal) else paid
                refused = step.reason if isinstance(step, Refusal) else ""
                found.append(MessageNow(says, step.section, refused))
        return found


def _standing(order: Order, places: Sequence[Place]) -> Standing | None:
    own = next((place for place in places if place.id == order.id and place.status != LEFT), None)
    if own is None:
        return None
    queue = [place for place in places if place.stands_in(own.queue, own.premises)]
    return Standing(own, sum(place.before(own) for place in queue), len(queue))
