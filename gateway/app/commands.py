"""What administrative commands work with, beside a running gateway or without one: the record, and a service over it.

Each opener raises `SchemaOutdated` and `RecordUnavailable` as `open_record_at` does, and `AgreementError` where it
needs agreements and a file of them is wrong.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from getpass import getuser
from pathlib import Path

import argon2

from gateway.app.sandbox import suites
from gateway.app.storage import agreements_folder, agreements_of, open_record_at, queue_terms, redis_url, system_clock
from gateway.clock import ManualClock
from gateway.ids import Ids
from gateway.own_secret import own_secret
from gateway.queue.assembly import Queue, open_queue
from gateway.record.sql import SqlRecord
from gateway.reports.desk import Reports
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.workers import Workers
from gateway.sandbox.examination import Examination
from gateway.services.audit import AuditLog
from gateway.services.certifying import Certifying
from gateway.services.codes import Codes
from gateway.services.daily_reports import DailyReports
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.services.partner_files import PartnerFiles
from gateway.services.partners import Partners
from gateway.services.people import People
from gateway.services.personal_data import load_personal_data
from gateway.services.registers import Registers
from gateway.services.retention import Retention
from gateway.settings import Settings
from validators.agreement.terms import Agreement


@asynccontextmanager
async def open_partners(settings: Settings) -> AsyncIterator[tuple[SqlRecord, Partners]]:
    """Open the record and what adds partners and keys to it."""
    async with open_record_at(settings) as record:
        yield record, Partners(record, system_clock(), Ids(), f"cli:{getuser()}")


@asynccontextmanager
async def open_people(settings: Settings) -> AsyncIterator[People]:
    """Open what looks after people who sign in."""
    async with open_record_at(settings) as record:
        clock, codes = system_clock(), Codes(own_secret(settings.own_secret_file))
        yield People(record, clock, Ids(), AuditLog(record, clock), codes, argon2.PasswordHasher())


@asynccontextmanager
async def open_daily_reports(settings: Settings) -> AsyncIterator[tuple[SqlRecord, DailyReports]]:
    """Open the record and the daily reports."""
    agreements = agreements_of(settings)
    async with open_record_at(settings) as record:
        clock = system_clock() if settings.manual_clock is None else ManualClock(settings.manual_clock)
        yield record, DailyReports(record, Desk(agreements, MACHINES, Ids()), clock)


@asynccontextmanager
async def open_reports(
    settings: Settings,
    measures: Path | None = None,
    processes: int = 1,
    agreements: Mapping[str, Agreement] | None = None,
) -> AsyncIterator[Reports]:
    """Open the record for reports, by other terms of Exhibit B if a file is given; `processes` judge great months.

    A gateway that serves gives the `agreements` that it holds; without them they are read.

    Raises:
        TermsError: the terms cannot be used.
    """
    agreements = agreements or agreements_of(settings)
    workers = Workers(settings.database_url, agreements_folder(settings), processes)
    async with open_record_at(settings) as record:
        now = settings.manual_clock or system_clock().now()
        yield Reports(record, agreements, load_measure_terms(measures), workers, now)


@asynccontextmanager
async def open_registers_at(settings: Settings) -> AsyncIterator[Registers]:
    """Open the registers of dated operator data."""
    async with open_record_at(settings) as record:
        yield Registers(record, system_clock(), Ids())


@asynccontextmanager
async def open_certifying(settings: Settings) -> AsyncIterator[Certifying]:
    """Open what grants certifications."""
    agreements = agreements_of(settings)
    async with open_record_at(settings) as record:
        yield Certifying(record, Registers(record, system_clock(), Ids()), agreements)


@asynccontextmanager
async def open_examination(settings: Settings) -> AsyncIterator[Examination]:
    """Open the record of a test environment for what its partners have shown there."""
    agreements = agreements_of(settings)
    async with open_record_at(settings) as record:
        yield Examination(record, Desk(agreements, MACHINES, Ids()), suites())


@asynccontextmanager
async def open_partner_files(settings: Settings) -> AsyncIterator[PartnerFiles]:
    """Open what operators know of partners."""
    agreements = agreements_of(settings)
    async with open_record_at(settings) as record:
        registers = Registers(record, system_clock(), Ids())
        await registers.refresh()
        yield PartnerFiles(record, registers, agreements, system_clock())


@asynccontextmanager
async def open_queue_at(settings: Settings) -> AsyncIterator[Queue]:
    """Open the queue of the back end."""
    async with open_record_at(settings) as record:
        queue = open_queue(record, redis_url(settings), settings.environment, system_clock(), queue_terms(settings))
        try:
            yield queue
        finally:
            await queue.close()


@asynccontextmanager
async def open_retention(settings: Settings) -> AsyncIterator[Retention]:
    """Open what purges personal data."""
    agreements, listed = agreements_of(settings), load_personal_data()
    async with open_record_at(settings) as record:
        clock = system_clock() if settings.manual_clock is None else ManualClock(settings.manual_clock)
        by = f"cli:{getuser()}"
        yield Retention(record, agreements, listed, clock, Ids(), by=by)
