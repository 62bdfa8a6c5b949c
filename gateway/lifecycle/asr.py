"""The life cycle of an ASR order, as a table: that of an LSR order, with the clauses on ASRs and what they change.

Where the agreement is silent, the table takes the readings of `lsr.py`, and these:

- **A correction before the FOC and a change after it are one event** (SUP 4 and SUP 3): which of them a version must
  carry is judged at intake, by whether a FOC is in force.
- **What a CLEC cannot accept within 30 Days is cancelled or billed** (7.4.8), as a person at the provider decides; the
  clock tells of the 31st Day.
- **What is to be clarified waits for a supplement** (7.4.1): before the FOC the order is negotiated about, after it the
  FOC stands. What only informs changes nothing.
- **A critical date can be in danger before the FOC, too**: the industry's form has a code of its own for it, and the
  FOC stays owed.
- **No readiness, no managed appointment**: those clauses (9.2.2.9) are on loops alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.machine import Because, Guard, Machine, Step, Table
from gateway.lifecycle.vocabulary import Cause, Event, NoticeKind, State, Trigger

_ONLY_LOOPS: Final = frozenset({Event.ILEC_READY, Event.CLEC_READY, Event.CLEC_NOT_READY})

_SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "9.2.4.4": "12.2.1.2.1",
        "9.2.4.4.1": "12.2.1.2.4",
        "12.2.1.1.5": "12.2.1.2.4",
        "12.2.1.1.6": "12.2.1.2.3",
        "9.2.4.3.1.2": "12.2.1.2.4",
        "9.2.4.3.1.2.2": "12.2.1.2.1",
        "9.1.12": "7.4.8, 9.6.4.1.5, 9.7.3.4",
        "9.2.2.16": "12.2.1.2.3",
        "9.2.2.9.7.1": "7.4.1, 7.4.6",
    }
)
"""The clause on ASRs that stands for each clause on LSRs; a clause that is not here holds for both."""

_JEOPARDIES: Final = frozenset({Event.JEOPARDY, Event.DUE_DATE_MISSED})


def _step(event: str, step: Step) -> Step:
    section = "12.2.1.2.3" if event in _JEOPARDIES else _SECTIONS.get(step.section, step.section)
    return replace(step, section=section)


def _because(words: Because) -> Because:
    return replace(words, section=_SECTIONS.get(words.section, words.section))


_NOT_ACCEPTED: Final = Guard(
    name="the CLEC or its end user was not ready",
    otherwise="Billing follows the completion, unless the CLEC cannot accept the service",
    holds=lambda standing: standing.cause is Cause.CLEC,
)
_AWAITING_FOC: Final = (State.ACCEPTED, State.NEGOTIATING, State.PENDING_FACILITIES)
_TOLD_OF: Final = (*_AWAITING_FOC, State.CONFIRMED, State.JEOPARDY, State.COMPLETED)
_INFORM: Final = Step(State.ACCEPTED, None, NoticeKind.CLARIFICATION, "12.2.1.2.1")
_EARLY_JEOPARDY: Final = Step(State.ACCEPTED, None, NoticeKind.JEOPARDY, "12.2.1.2.3")


def _clarify(state: State) -> Step:
    to = State.NEGOTIATING if state is State.ACCEPTED else state
    return Step(to, Trigger.CLARIFIED, NoticeKind.CLARIFICATION, "7.4.1")


_TABLE: Table = MappingProxyType(
    {
        (state, event): tuple(_step(event, step) for step in steps)
        for (state, event), steps in LSR_ORDER.table.items()
        if event not in _ONLY_LOOPS
    }
    | {(state, Event.CLARIFY): (_clarify(state),) for state in (*_AWAITING_FOC, State.CONFIRMED, State.JEOPARDY)}
    | {(state, Event.INFORM): (replace(_INFORM, to=state),) for state in _TOLD_OF}
    | {(state, Event.JEOPARDY): (replace(_EARLY_JEOPARDY, to=state),) for state in _AWAITING_FOC}
    | {(State.JEOPARDY, Event.BILL): (Step(State.BILLED, Trigger.BILLED, NoticeKind.BCN, "7.4.8", when=_NOT_ACCEPTED),)}
)

ASR_ORDER: Final = Machine(
    name="ASR order",
    first=State.RECEIVED,
    table=_TABLE,
    refusals=MappingProxyType({pair: _because(words) for pair, words in LSR_ORDER.refusals.items()}),
    refusals_by_state=MappingProxyType({state: _because(w) for state, w in LSR_ORDER.refusals_by_state.items()}),
    brings_version=LSR_ORDER.brings_version,
    follow=LSR_ORDER.follow,
    supplements=MappingProxyType({**LSR_ORDER.supplements, "4": Event.SUPPLEMENT_CHANGE}),
    stale_version_section="12.2.1.2.1",
    unlisted=LSR_ORDER.unlisted,
)
"""The life cycle of an ASR order."""
