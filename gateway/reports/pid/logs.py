"""Judges what belongs to no order: availability and outages (GA-1, GA-4, GA-7), answers to queries (PO-1)."""

from collections.abc import AsyncIterator, Iterator
from functools import partial

from gateway.record.histories import Wanted
from gateway.record.logged_queries import logged_queries
from gateway.record.preorder import QueryEntry
from gateway.record.registers import RegisterQuery
from gateway.record.sql import SqlRecord
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.ga7_outage_resolution import judge_outage
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Excluded
from gateway.reports.measures.po1_response_times import Query, judge_queries
from gateway.reports.pid.judging import Judged
from gateway.reports.pid.record_file import Records
from gateway.reports.pid.report import Part
from gateway.reports.reading.logged import INTERFACES, REGISTERS_READ, InterfaceLog, Subject, query_of


async def judge_logs(
    record: SqlRecord, wanted: Wanted, month: Month, basis: MeasureBasis, state: str, into: tuple[Part, Records]
) -> None:
    """Judge the logs of a month and add them to a part: of one CLEC its own queries; availability concerns all.

    Raises:
        RecordUnavailable: the database cannot be reached.
    """
    part, records = into
    async for subject, judged in _judged(record, wanted, month, basis):
        line = part.tally.add(judged, state)
        records.write(line, subject, judged)


async def _judged(
    record: SqlRecord, wanted: Wanted, month: Month, basis: MeasureBasis
) -> AsyncIterator[tuple[Subject, Judged]]:
    start, stop = basis.calendar.start_of(month.first_day), basis.calendar.start_of(month.later(1).first_day)
    async for entry in logged_queries(record.engine, start, stop, wanted.partner_id):
        found = query_of(entry)
        if found is not None:
            yield found[0], _response(*found, entry)
    rows = [
        row
        for register in REGISTERS_READ
        for row in await record.registers.page(RegisterQuery(register=register, withdrawn=True))
    ]
    log = InterfaceLog.of(rows, wanted.entered_until, basis)
    judged = [*_of_interfaces(log, month, basis), *_of_releases(log, month, basis)]
    # In the order of their ids, all of one entry together, as the orders are.
    for subject, one in sorted(judged, key=lambda pair: pair[0].order_id):
        yield subject, one


def _response(subject: Subject, query: Query, entry: QueryEntry) -> Judged:
    (outcome,) = judge_queries((query,), query.type)
    name = query.type.name.replace("_", " ").capitalize()
    return Judged(f"PO-1({query.type.value})", name, outcome, partial(_query_facts, subject, entry))


def _query_facts(subject: Subject, entry: QueryEntry) -> dict[str, str]:
    return {"asked": subject.pon, "asked_at": entry.at.isoformat(" ", "seconds"), "answered_by": entry.source}


def _of_interfaces(log: InterfaceLog, month: Month, basis: MeasureBasis) -> Iterator[tuple[Subject, Judged]]:
    for interface, (measure, _) in INTERFACES.items():
        for subject, outcome in log.availability(interface, month, basis):
            yield subject, Judged(measure, interface, outcome, partial(_what, subject, basis))


def _of_releases(log: InterfaceLog, month: Month, basis: MeasureBasis) -> Iterator[tuple[Subject, Judged]]:
    for subject, outage in log.resolved():
        outcome = judge_outage(outage, month, basis)
        if not isinstance(outcome, Excluded) or outcome.reason != "outside_period":
            yield subject, Judged("GA-7", "", outcome, partial(_what, subject, basis))


def _what(subject: Subject, basis: MeasureBasis) -> dict[str, str]:
    """Give when it was, in the agreement's zone, and in which register it stands."""
    instants = {"began_at": subject.began_at, "ended_at": subject.ended_at}
    told = {name: basis.calendar.local(at).isoformat(" ", "seconds") for name, at in instants.items() if at}
    return {"asked": subject.pon, "register": subject.register, **told}
