"""What belongs to no order: pre-order queries, outages and maintenance, as the records that PO-1 and GA judge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gateway.record.preorder import QueryEntry
from gateway.record.registers import RegisterRow
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.ga1_availability import Maintenance, availability, is_down_time
from gateway.reports.measures.ga7_outage_resolution import ReleaseOutage
from gateway.reports.measures.intervals import Interval
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Excluded, Lasted
from gateway.reports.measures.po1_response_times import Query, QueryType
from validators.registers.certifications import RELEASES
from validators.registers.interfaces import MAINTENANCE, OUTAGES
from validators.registers.interfaces import Maintenance as MaintenanceEntry
from validators.registers.interfaces import Outage as OutageEntry

REGISTERS_READ: Final = (OUTAGES.id, MAINTENANCE.id, RELEASES.id)
"""The registers that the measures of availability read."""
INTERFACES: Final[Mapping[str, tuple[str, str]]] = {
    "lsr-gateway": ("GA-1", "lsr_gateway"),
    "asr-system": ("GA-4", "asr_system"),
}
"""The measure of each interface, and the name of its published hours."""
_ANSWERED: Final = frozenset({"found", "not-found"})
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a record is of, where it is of no order: id and name of an entry of a log."""

    order_id: str
    pon: str
    register: str = ""
    """Where the entry stands, if it stands in a register."""
    began_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outage:
    """One entry of the register of outages."""

    row: RegisterRow
    told: OutageEntry

    @property
    def subject(self) -> Subject:
        """What the entry is called, and when it was."""
        return Subject(self.row.id, self.told.what, self.row.register, self.told.began_at, self.told.restored_at)

    def span(self, period: Interval) -> Interval:
        """Give how long it lasted; to the end of the period where it is not over."""
        return Interval(self.told.began_at, self.told.restored_at or period.stop)


@dataclass(frozen=True, slots=True)
class Works:
    """One entry of the register of maintenance."""

    row: RegisterRow
    told: MaintenanceEntry

    @property
    def subject(self) -> Subject:
        """What the entry is called, and when it was."""
        return Subject(self.row.id, self.told.what, self.row.register, self.told.begins_at, self.told.ends_at)

    @property
    def span(self) -> Interval:
        """How long it lasted."""
        return Interval(self.told.begins_at, self.told.ends_at)

    @property
    def work(self) -> Maintenance:
        """The same as the measure of availability takes it."""
        return Maintenance(self.span, self.told.announced_at)


@dataclass(frozen=True, slots=True)
class InterfaceLog:
    """The registers as they stood when the month was closed."""

    outages: Sequence[Outage]
    works: Sequence[Works]
    releases: Mapping[str, datetime]
    """When each release went live: the start of its day."""

    @classmethod
    def of(cls, rows: Iterable[RegisterRow], closed_at: datetime, basis: MeasureBasis) -> "InterfaceLog":
        """Read entries; what was entered or withdrawn from `closed_at` on is as if it had not been."""
        standing = [
            row
            for row in rows
            if row.entered_at < closed_at and (row.withdrawn_at is None or row.withdrawn_at >= closed_at)
        ]
        return cls(
            [Outage(row, OutageEntry.model_validate(row.data)) for row in standing if row.register == OUTAGES.id],
            [
                Works(row, MaintenanceEntry.model_validate(row.data))
                for row in standing
                if row.register == MAINTENANCE.id
            ],
            {row.key: basis.calendar.start_of(row.valid_from) for row in standing if row.register == RELEASES.id},
        )

    def availability(
        self, interface: str, month: Month, basis: MeasureBasis
    ) -> Iterator[tuple[Subject, Lasted | Excluded]]:
        """Give the scheduled time of an interface, what each outage took of it, and what is left out and why."""
        period = Interval(basis.calendar.start_of(month.first_day), basis.calendar.start_of(month.later(1).first_day))
        _, hours = INTERFACES[interface]
        up_time = basis.terms.hours[hours].in_zone_of(basis.calendar)
        works = [one for one in self.works if one.row.key == interface and _touches(one.span, period)]
        outages = [one for one in self.outages if one.row.key == interface and _touches(one.span(period), period)]
        counted = [one.work for one in works if is_down_time(one.work, basis)]
        scheduled = availability(period, up_time, counted, (), basis)
        name = f"scheduled-{interface}"
        yield (
            Subject(name, f"Scheduled time of {interface}"),
            Lasted(f"{name}/{month}", "", scheduled.scheduled_available // _SECOND, 0),
        )
        lost, spans = timedelta(), list[Interval]()
        for one in works:
            if is_down_time(one.work, basis):
                yield one.subject, Excluded(one.row.id, "", "announced_maintenance")
                continue
            counted.append(one.work)
            now = availability(period, up_time, counted, (), basis).outage
            yield one.subject, _lost(one.row.id, now - lost)
            lost = now
        for outage in outages:
            spans.append(outage.span(period))
            now = availability(period, up_time, counted, spans, basis).outage
            yield outage.subject, _lost(outage.row.id, now - lost)
            lost = now

    def resolved(self) -> Iterator[tuple[Subject, ReleaseOutage]]:
        """Give the outages that came of a release (GA-7)."""
        for outage in self.outages:
            told = outage.told
            released = self.releases.get(told.release or "")
            if released is None:
                continue
            yield (
                outage.subject,
                ReleaseOutage(
                    record_id=outage.row.id,
                    released_at=released,
                    detected_at=told.began_at,
                    resolved_at=told.restored_at,
                    first_lost_at=told.first_lost_at,
                    duplicate_of=told.duplicate_of,
                    migrated=told.release_in_use,
                    acknowledged=told.acknowledged,
                ),
            )


def query_of(entry: QueryEntry) -> tuple[Subject, Query] | None:
    """Give a pre-order query as PO-1 judges it; None where the exhibit has no such type."""
    if entry.measure is None:
        return None
    answered = entry.outcome in _ANSWERED
    replied = entry.at + timedelta(microseconds=entry.micros)
    query = Query(
        record_id=entry.id,
        clec=entry.partner_id,
        type=QueryType(entry.measure),
        sent_at=entry.at,
        received_at=None if entry.outcome == "silent" else replied,
        error=not answered and entry.outcome != "silent",
    )
    return Subject(entry.id, entry.query), query


def _lost(record_id: str, lost: timedelta) -> Lasted:
    seconds = lost // _SECOND
    return Lasted(record_id, "", -seconds, seconds)


def _touches(span: Interval, period: Interval) -> bool:
    return span.start < period.stop and span.stop > period.start
