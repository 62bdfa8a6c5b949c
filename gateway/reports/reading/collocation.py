"""What the log says of one collocation in the words of CP-2: application, quotation, acceptance, readiness."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from gateway.record.gathered import PastEvent
from gateway.record.histories import History
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.cp2_collocations import CollocationJob

_ACCEPTED = "IN_CONSTRUCTION"


@dataclass(frozen=True, slots=True)
class Collocation:
    """One collocation, and when it came to its end."""

    job: CollocationJob
    ended_on: date | None
    """When it became ready, was cancelled or expired; None while it is under way."""


@dataclass(slots=True)
class _Story:
    """What happened so far, as local dates."""

    day: Callable[[PastEvent], date]
    kind: str = ""
    complete: date | None = None
    forecast: bool = False
    quote: date | None = None
    quoted_ready: date | None = None
    accepted: date | None = None
    equipment: date | None = None
    agreed: date | None = None
    ready: date | None = None
    cancelled: date | None = None
    expired: date | None = None
    facts: set[str] = field(default_factory=set)

    def received(self, event: PastEvent) -> None:
        self.kind = (event.data.get("request") or {}).get("product") or event.data.get("kind") or self.kind

    def completed(self, event: PastEvent) -> None:
        self.complete = self.complete or self.day(event)

    def quoted(self, event: PastEvent) -> None:
        self.quote = self.day(event)
        told = (event.data.get("decision") or {}).get("ready_on")
        self.quoted_ready = date.fromisoformat(told) if told else None

    def accepts(self, event: PastEvent) -> None:
        if self.accepted is None and event.data.get("to") == _ACCEPTED != event.data.get("from"):
            self.accepted = self.day(event)

    def delivered(self, event: PastEvent) -> None:
        self.equipment = self.equipment or self.day(event)

    def moved(self, event: PastEvent) -> None:
        """Follow a ready date that the parties agreed, or that the CLEC's own change moved."""
        if told := event.data.get("due_date"):
            self.agreed = date.fromisoformat(told)

    def became_ready(self, event: PastEvent) -> None:
        self.ready = self.day(event)

    def cancels(self, event: PastEvent) -> None:
        self.cancelled = self.day(event)

    def expires(self, event: PastEvent) -> None:
        self.expired = self.day(event)


_TOLD: Mapping[str, Callable[[_Story, PastEvent], None]] = MappingProxyType(
    {
        "order.received": _Story.received,
        "order.complete": _Story.completed,
        "order.quote": _Story.quoted,
        "order.acceptance": _Story.accepts,
        "order.payment-received": _Story.accepts,
        "order.delivery": _Story.delivered,
        "order.ready-date-agreed": _Story.moved,
        "order.extend": _Story.moved,
        "order.ready": _Story.became_ready,
        "order.cancellation-accepted": _Story.cancels,
        "order.parent-cancelled": _Story.cancels,
        "order.quotation-expired": _Story.expires,
    }
)
COLLOCATION_TYPES = tuple(_TOLD)
"""The events that CP-2 needs, and no others."""


def collocation_of(history: History, basis: MeasureBasis) -> Collocation | None:
    """Follow the history of a collocation; None while no complete application was quoted."""

    def day(event: PastEvent) -> date:
        counts_at = event.data.get("counts_at")
        return basis.calendar.local_date(datetime.fromisoformat(counts_at) if counts_at else event.at)

    story = _Story(day)
    for event in history.events:
        if tell := _TOLD.get(event.type):
            tell(story, event)
            story.facts.update(event.data.get("facts", ()))
    if story.complete is None or story.quote is None:
        return None
    return Collocation(_job(history, story, story.complete, story.quote, basis), _end(story))


def _end(story: _Story) -> date | None:
    return story.ready or story.cancelled or story.expired


def _job(history: History, story: _Story, complete: date, quote: date, basis: MeasureBasis) -> CollocationJob:
    applied = basis.calendar.business_day_on_or_after(complete)
    major = "major" in story.facts and story.quoted_ready is not None
    return CollocationJob(
        record_id=history.order_id,
        clec=history.partner_id,
        type=basis.terms.collocation_kinds.get(story.kind, story.kind),
        complete_received=complete,
        quote=quote,
        accepted=story.accepted,
        # The life cycle has said at the application whether a forecast stood long enough; that is what counts here.
        forecast=applied - timedelta(days=basis.limits.cp2_forecast_days) if "forecast" in story.facts else None,
        equipment=story.equipment,
        major_days=(story.quoted_ready - applied).days if major and story.quoted_ready else None,
        rescheduled_rfs=story.agreed,
        ready=story.ready,
        cancelled=story.ready is None and story.cancelled is not None,
    )
