"""The command behind a decision of the ILEC about a request whose life cycle stands in the agreement file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from gateway.lifecycle.decisions import DecisionInvalid
from gateway.lifecycle.machine import Refusal
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import Json
from gateway.services.carry_out import Instruction
from gateway.services.desk import Desk
from gateway.services.process_entry import Happening, ProcessEntry
from gateway.services.process_values import read_values
from gateway.services.refusals import StateForbids

_FALLEN: Final = "parent-cancelled"


@dataclass(frozen=True, slots=True)
class TakeStep:
    """Carries out one decision.

    Attributes:
        premises: the Premises of the request, as it was read before the commit; it never changes.
        falling: ids of the requests that would fall with it, as they were read before the commit.
    """

    desk: Desk
    instruction: Instruction
    partner_id: str
    premises: str | None
    falling: tuple[str, ...] = ()

    @property
    def needs(self) -> Needs:
        """The request and those that may fall with it, whether the decision was taken before, and the places."""
        needs = self.instruction.needs
        return replace(
            needs,
            order_ids=needs.order_ids | frozenset(self.falling),
            premises=frozenset({self.premises} if self.premises else ()),
            applicants=frozenset({self.partner_id}),
        )

    def decide(self, on_record: OnRecord) -> tuple[Json, Changes]:
        """Give the answer, the first one if the decision was taken before.

        Raises:
            KeyReused, NotFound: see `Instruction`.
            DecisionInvalid: it is none of the life cycle, or carries what it should not; every fault is listed.
            StateForbids: the life cycle does not allow it now.
            DecisionRefused: the agreement does not allow what it says.
        """
        earlier = self.instruction.earlier_answer(on_record)
        if earlier is not None:
            return earlier, Changes()
        order = self.instruction.order(on_record)
        at, event = self.instruction.at, self.instruction.body["decision"]
        entry = ProcessEntry(self.desk, order, on_record.open_clocks(order.id), at, places=on_record.places())
        values = self._values(entry, event)
        before = len(entry.told)
        moved = entry.happen(
            Happening(event, values, at=_counts_at(entry, values)), data={"decision": _plain(self.instruction.body)}
        )
        if isinstance(moved, Refusal):
            raise StateForbids(order.id, moved.text, moved.section)
        notice = entry.told[before] if len(entry.told) > before else None
        self._let_fall(entry, on_record)
        return self.instruction.done(entry, on_record, entry.order.ver, notice)

    def _let_fall(self, entry: ProcessEntry, on_record: OnRecord) -> None:
        """Let what rests on the request fall with it, in the same commit; what has ended by itself stays as it is."""
        for order_id in set(entry.dependents) & set(self.falling):
            order = on_record.order(order_id)
            if order is None:
                continue
            clocks, places = on_record.open_clocks(order_id), on_record.places()
            other = ProcessEntry(self.desk, order, clocks, self.instruction.at, places=places)
            if not isinstance(other.happen(Happening(_FALLEN), data={"by": entry.order.pon}), Refusal):
                entry.beside(other)

    def _values(self, entry: ProcessEntry, event: str) -> dict[str, Any]:
        process = entry.process
        if event not in process.decisions():
            known = ", ".join(process.decisions())
            raise StateForbids(
                entry.order.id, f"{event} is no decision about a {process.name}; they are {known}.", process.section
            )
        values, bad = read_values(process, event, self.instruction.body)
        if bad:
            raise DecisionInvalid(bad)
        return values


def _counts_at(entry: ProcessEntry, values: Mapping[str, Any]) -> Any:
    """Give the instant that counts: when funds came, and the signature was there."""
    came = values.get("received_at")
    if came is None:
        return None
    signed = entry.instant("acceptance")
    return min(entry.at, came if signed is None else max(came, signed))


def _plain(body: Mapping[str, Any]) -> Json:
    return {
        name: value if isinstance(value, str | int | bool | list | dict) or value is None else str(value)
        for name, value in body.items()
    }
