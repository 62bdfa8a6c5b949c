"""What the log says of one order in the words of Exhibit B: its versions, its FOCs, who moved its due date, its end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS, NO_LOOP_AVAILABLE
from gateway.lifecycle.vocabulary import Cause
from gateway.record.gathered import PastEvent
from gateway.record.histories import History
from gateway.record.rows import Json
from gateway.reports.measures.records import DueDateChange, Mover

_GOOD = frozenset({"accepted", "deferred"})
_MOVERS = {"clec": Mover.CUSTOMER, "ilec": Mover.ILEC}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a request, as received."""

    ver: str
    received_at: datetime
    complete: bool
    """Complete and accurate: neither intake nor the back end rejected it."""
    request: Json
    """Product, activity, quantity, desired due date, project, flow-through; empty where the log is older than that."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One FOC."""

    ver: str
    at: datetime
    due_date: date
    manual: bool
    """A person worked on the request or its answer."""
    frame_due_time: str | None


@dataclass(frozen=True, slots=True)
class Rejection:
    """One version that was rejected."""

    ver: str
    at: datetime
    manual: bool
    standard: bool
    """For one of the exhibit's reasons, not for want of facilities."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The end of the installation, as the back end told it."""

    on: date
    told: Json
    """`miss_reason`, `dispatched`, `in_msa`, `zone`, where the back end gave them."""


@dataclass(slots=True)
class Story:
    """What happened to one order up to an instant."""

    versions: list[Version] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    changes: list[DueDateChange] = field(default_factory=list)
    jeopardy_at: datetime | None = None
    """When the first jeopardy was told."""
    delay: str | None = None
    """Reason code of the last jeopardy, or `customer` where the back end blamed the CLEC with none of its own."""
    completion: Completion | None = None
    cancelled_at: datetime | None = None
    trigger_set_at: datetime | None = None

    def version(self, ver: str) -> Version | None:
        """Give the version of that name, the last one where it came more than once."""
        return next((version for version in reversed(self.versions) if version.ver == ver), None)

    def rejects(self, ver: str) -> None:
        """Note that a version was not complete and accurate after all."""
        self.versions = [
            Version(known.ver, known.received_at, complete=False, request=known.request) if known.ver == ver else known
            for known in self.versions
        ]


class _Teller:
    """Follows one history event by event."""

    def __init__(self) -> None:
        self.story = Story()
        self._ilec_moves = False
        self._customer_moves = False
        self._estimated: date | None = None

    def received(self, event: PastEvent) -> None:
        data = event.data
        good = data.get("outcome") in _GOOD
        self.story.versions.append(Version(data["ver"], event.at, complete=good, request=data.get("request") or {}))

    def superseded(self, event: PastEvent) -> None:
        del event
        self._customer_moves = bool(self.story.confirmations)

    def confirmed(self, event: PastEvent) -> None:
        decision = event.data.get("decision") or {}
        due = event.data.get("due_date") or decision.get("due_date")
        if due is None:
            return
        foc = Confirmation(
            event.data["ver"],
            event.at,
            date.fromisoformat(due),
            manual=decision.get("decision") == "confirm" and decision.get("manual", True),
            frame_due_time=decision.get("frame_due_time") or decision.get("appointment_time"),
        )
        self.story.changes.extend(self._moves(foc, decision.get("moved_by")))
        self.story.confirmations.append(foc)
        self._ilec_moves = self._customer_moves = False
        self._estimated = None

    def _moves(self, foc: Confirmation, told: str | None) -> Sequence[DueDateChange]:
        """Say who moved the due date since the FOC before: what the back end says, else what happened in between."""
        if not self.story.confirmations or self.story.confirmations[-1].due_date == foc.due_date:
            return ()
        if told is not None:
            return (DueDateChange(_MOVERS[told], foc.due_date),)
        if self._ilec_moves and self._customer_moves and self._estimated is not None:
            # The ILEC gave a date that the CLEC then moved on: the first freezes the due date, the second is a delay.
            return (DueDateChange(Mover.ILEC, self._estimated), DueDateChange(Mover.CUSTOMER, foc.due_date))
        by_customer = self._customer_moves and not self._ilec_moves
        return (DueDateChange(Mover.CUSTOMER if by_customer else Mover.ILEC, foc.due_date),)

    def jeopardy(self, event: PastEvent) -> None:
        decision = event.data.get("decision") or {}
        rcode = decision.get("rcode")
        reason = JEOPARDY_REASONS.get(rcode or "")
        cause = event.data.get("cause") or decision.get("caused_by") or (reason and reason.cause.value) or "ilec"
        if self.story.jeopardy_at is None:
            self.story.jeopardy_at = event.at
        if decision.get("decision") == "facilities-unavailable":
            rcode = rcode or NO_LOOP_AVAILABLE
        # Where the back end blames the CLEC, the code of another's doing says nothing.
        known = reason is not None and reason.cause is Cause.CLEC
        self.story.delay = rcode if cause != "clec" or known else "customer"
        if cause == "clec":
            self._customer_moves = True
            return
        self._ilec_moves = True
        if estimated := decision.get("estimated_due_date"):
            self._estimated = date.fromisoformat(estimated)

    def missed(self, event: PastEvent) -> None:
        """Follow a due date that passed; where the CLEC's own delay stood in the way, it stays the reason."""
        if not self._customer_moves:
            self.jeopardy(event)

    def rejected(self, event: PastEvent) -> None:
        decision = event.data.get("decision") or {}
        standard = decision.get("decision") != "facilities-unavailable"
        manual = decision.get("decision") == "reject" and decision.get("manual", True)
        self.story.rejections.append(Rejection(event.data["ver"], event.at, manual=manual, standard=standard))
        self.story.rejects(event.data["ver"])
        self._customer_moves = False
        if event.data.get("to") == "CANCELLED":
            self.story.cancelled_at = event.at

    def completed(self, event: PastEvent) -> None:
        told = event.data.get("decision") or {}
        self.story.completion = Completion(date.fromisoformat(told["completed_on"]), told)

    def cancelled(self, event: PastEvent) -> None:
        self.story.cancelled_at = event.at

    def trigger_set(self, event: PastEvent) -> None:
        if self.story.trigger_set_at is None:
            self.story.trigger_set_at = event.at


_TOLD: Mapping[str, Callable[[_Teller, PastEvent], None]] = MappingProxyType(
    {
        "order.received": _Teller.received,
        "submission.received": _Teller.received,
        "order.superseded": _Teller.superseded,
        "order.confirmed": _Teller.confirmed,
        "order.jeopardy": _Teller.jeopardy,
        "order.due-date-missed": _Teller.missed,
        "order.rejected": _Teller.rejected,
        "order.reject-supplement": _Teller.rejected,
        "order.completed": _Teller.completed,
        "order.cancelled": _Teller.cancelled,
        "order.port-trigger-set": _Teller.trigger_set,
    }
)
TOLD_TYPES = tuple(_TOLD)
"""The events that the measures need, and no others."""


def story_of(history: History, until: datetime | None = None) -> Story:
    """Follow a history, of events up to `until` where that is given."""
    teller = _Teller()
    for event in history.events:
        if until is None or event.at <= until:
            _TOLD[event.type](teller, event)
    return teller.story
