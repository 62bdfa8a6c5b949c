"""The inputs of cases about the gateway itself: availability, and outages after releases."""

from typing import Self

from pydantic import Field, model_validator

from gateway.reports.cases.case_values import CaseInput, Instant, MonthText
from gateway.reports.measures.ga1_availability import Maintenance
from gateway.reports.measures.ga7_outage_resolution import ReleaseOutage
from gateway.reports.measures.intervals import Interval
from gateway.reports.measures.po1_response_times import Query, QueryPart, QueryType
from gateway.reports.measures.schedule import Schedule


class DownTime(CaseInput):
    """Maintenance, and when it was announced."""

    start: Instant = Field(alias="from")
    stop: Instant = Field(alias="to")
    notified: Instant | None = None

    def interval(self) -> Interval:
        """Give it as a span."""
        return Interval(self.start, self.stop)


class AvailabilityInput(CaseInput):
    """One interface in a period."""

    start: Instant = Field(alias="from")
    stop: Instant = Field(alias="to")
    schedule: Schedule
    down: tuple[DownTime, ...] = ()
    outages: tuple[tuple[Instant, Instant], ...] = ()

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.stop <= self.start:
            raise ValueError("the period ends before it begins")
        return self

    def maintenance(self) -> tuple[Maintenance, ...]:
        """Give the maintenance with its announcement."""
        return tuple(Maintenance(span.interval(), span.notified) for span in self.down)


class OutageInput(CaseInput):
    """An outage after a release."""

    id: str
    release: Instant
    detected: Instant
    resolved: Instant | None = None
    first_lost: Instant | None = None
    duplicate_of: str | None = None
    migrated: bool = True
    acknowledged: bool = True

    def record(self) -> ReleaseOutage:
        """Give the outage."""
        return ReleaseOutage(
            self.id,
            released_at=self.release,
            detected_at=self.detected,
            resolved_at=self.resolved,
            first_lost_at=self.first_lost,
            duplicate_of=self.duplicate_of,
            migrated=self.migrated,
            acknowledged=self.acknowledged,
        )


class OutagesInput(CaseInput):
    """The outages resolved in a month."""

    period: MonthText
    outages: tuple[OutageInput, ...]


class QueryInput(CaseInput):
    """A query and its answer."""

    id: str
    type: QueryType
    sent: Instant
    received: Instant | None = None
    error: bool = False
    part: QueryPart = "total"

    def record(self) -> Query:
        """Give the query."""
        return Query(self.id, "", self.type, self.sent, self.received, error=self.error, part=self.part)


class QueriesInput(CaseInput):
    """Queries of a month, of which one transaction type is timed."""

    type: QueryType
    part: QueryPart = "total"
    queries: tuple[QueryInput, ...]
