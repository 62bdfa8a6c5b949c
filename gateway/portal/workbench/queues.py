"""The queues of the workbench: which orders wait for the ILEC, by family and by what they wait for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from gateway.lifecycle.vocabulary import State
from gateway.portal.rendering import label
from gateway.record.rows import Family
from gateway.record.waiting import Trait
from gateway.services.held_orders import AWAITING_FOC
from validators.agreement.terms import Agreement

BY_TABLE: Final = (Family.LSR, Family.ASR)
"""The families that share their kinds of queue."""
_NAMES: Final[Mapping[Family, str]] = MappingProxyType(
    {Family.LSR: "LSR", Family.ASR: "ASR", Family.COLLOCATION: "Collocation and other requests"}
)
_BY_STATE: Final[Mapping[State, tuple[str, str]]] = MappingProxyType(
    {
        State.ACCEPTED: ("new", "New, to be confirmed"),
        State.NEGOTIATING: ("negotiating", "A time or a clarification is being agreed"),
        State.PENDING_FACILITIES: ("facilities", "Facilities are awaited"),
        State.JEOPARDY: ("jeopardy", "In jeopardy"),
        State.CONFIRMED: ("confirmed", "Confirmed, to be completed"),
        State.COMPLETED: ("completed", "Completed, to be billed"),
    }
)
_BY_TRAIT: Final[Mapping[Trait, str]] = MappingProxyType(
    {
        Trait.SUPPLEMENT: "Supplements before their FOC",
        Trait.ANSWERED: "Facilities answered, before the FOC",
        Trait.DEFERRED: "Left to a person, before the FOC",
        Trait.BY_HAND: "Came by hand, before the FOC",
    }
)


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue.

    Attributes:
        id: in the address.
        kind: what its orders wait for, in words that the queues of several families share.
        states: of the orders in it.
        trait: what they are beside.
    """

    id: str
    kind: str
    family: Family
    states: tuple[str, ...]
    trait: Trait | None = None

    @property
    def title(self) -> str:
        """Its family and kind."""
        return f"{_NAMES[self.family]}: {self.kind}"


def queues_of(agreements: Iterable[Agreement]) -> Mapping[str, Queue]:
    """Give all queues by id: those of LSRs and ASRs, and one for each state of a request in which the ILEC decides."""
    known = (*_of_orders(), *_of_requests(agreements))
    return MappingProxyType({queue.id: queue for queue in known})


def _of_orders() -> Iterable[Queue]:
    for family in BY_TABLE:
        for state, (kind, words) in _BY_STATE.items():
            yield Queue(f"{family.value}-{kind}", words, family, (state.value,))
        for trait, words in _BY_TRAIT.items():
            states = tuple(state.value for state in AWAITING_FOC)
            yield Queue(f"{family.value}-{trait.value}", words, family, states, trait)


def _of_requests(agreements: Iterable[Agreement]) -> Iterable[Queue]:
    terms = [agreement.collocation for agreement in agreements if agreement.collocation is not None]
    decided = {
        state: None
        for of_agreement in terms
        for process in of_agreement.processes.values()
        for step in process.steps
        if step.by == "ilec"
        for state in process.sources(step)
    }
    for state in decided:
        name = state.lower().replace("_", "-")
        yield Queue(f"collocation-{name}", label(state), Family.COLLOCATION, (state,))
