"""The one composition root: every part of the gateway is built here, from the settings, and given to who needs it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from getpass import getuser
from pathlib import Path
from random import SystemRandom

import structlog
from aiohttp import web

from gateway.asyncapi import asyncapi_yaml
from gateway.clock import Clock, ManualClock, SystemClock
from gateway.doors.announcements import AnnouncementsDoor
from gateway.doors.backend import BackendDoor
from gateway.doors.batches import BatchDoor
from gateway.doors.clec import ClecDoor
from gateway.doors.connections import ConnectionLimits, Connections
from gateway.doors.drop_folder import DropFolder
from gateway.doors.gatekeeper import Gatekeeper, Rates
from gateway.doors.keys import KeysDoor
from gateway.doors.listening import listening
from gateway.doors.monthly_reports import MonthlyReportsDoor
from gateway.doors.oauth import OAuthDoor
from gateway.doors.open import OpenDoor
from gateway.doors.operations import OperationsDoor
from gateway.doors.partner_files import PartnerFilesDoor
from gateway.doors.preorder import PreOrderDoor
from gateway.doors.rates import Rate
from gateway.doors.reading import Limits
from gateway.doors.registers import RegistersDoor
from gateway.doors.reports import ReportsDoor
from gateway.doors.routes import Door
from gateway.doors.sandbox import SandboxDoor
from gateway.doors.server import web_application
from gateway.doors.soap.door import SoapDoor
from gateway.doors.tls import TlsFiles, server_context
from gateway.doors.webhooks import WebhooksDoor
from gateway.embedded import EmbeddedRedis, Fsync, server_binary, socket_path
from gateway.ids import Ids
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.metrics import Metrics
from gateway.own_secret import own_secret
from gateway.preorder.assembly import reference_data
from gateway.preorder.ilec_system import IlecTerms
from gateway.preorder.port import ReferenceData
from gateway.queue.assembly import Queue, open_queue
from gateway.queue.decisions import Handling
from gateway.queue.lease import Lease
from gateway.queue.terms import QueueTerms
from gateway.queue.wakeup import Wakeup
from gateway.record.holds import HoldBook
from gateway.record.port import RecordUnavailable
from gateway.record.preorder import PreOrderReads
from gateway.record.sandbox_times import KeptTimes
from gateway.record.schema import ensure_schema
from gateway.record.sql import SqlRecord, open_record
from gateway.reports.desk import Reports
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.on_request import ReportsOnRequest
from gateway.sandbox.back_end import ScriptedBackEnd
from gateway.sandbox.examination import Examination
from gateway.sandbox.script import Script
from gateway.sandbox.suites import Suites
from gateway.sandbox.times import PartnerTimes
from gateway.sandbox.travel import PartnerTravel
from gateway.services.audit import AuditLog
from gateway.services.batch_runner import BatchRunner, Shift
from gateway.services.batches import Batches
from gateway.services.certifying import Certifying
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.customer_records import CustomerRecords
from gateway.services.daily_reports import DailyReports
from gateway.services.decisions import Decisions
from gateway.services.desk import Desk
from gateway.services.holds import Holds, HoldTerms
from gateway.services.intake import Intake
from gateway.services.keys import Keys
from gateway.services.machines import MACHINES
from gateway.services.mailbox import Mailbox
from gateway.services.partner_files import PartnerFiles
from gateway.services.partners import Partners
from gateway.services.preorder import PreOrder, answered_of_record
from gateway.services.query_log import QueryLog
from gateway.services.rechecks import Rechecks
from gateway.services.reference_checks import ReferenceChecks
from gateway.services.refusals import Refused
from gateway.services.registers import Registers
from gateway.services.time_travel import TimeTravel
from gateway.services.tokens import Tokens
from gateway.services.webhook_delivery import WebhookTerms
from gateway.services.webhook_endpoints import WebhookEndpoints
from gateway.settings import Settings
from gateway.webhooks.addresses import AddressGuard
from gateway.webhooks.deliverer import Clocks, Courier, Deliverer
from gateway.webhooks.sender import Sender
from gateway.webhooks.signing import Signer
from gateway.webhooks.tools import Tools
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path
from validators.families import FAMILIES
from validators.judge import Judge
from validators.rules import rule_book
from validators.schema import Schemas

log = structlog.get_logger("gateway")

Loop = Callable[[], Awaitable[None]]

_PUT_OFF_SECONDS = 1.0
_WEBHOOKS_LOOK_EVERY = timedelta(milliseconds=500)


def system_clock() -> Clock:
    """Give the machine's clock, for commands that need the present and nothing else of the gateway."""
    return SystemClock()


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway that is ready to serve: its HTTP application and what runs beside it until it stops."""

    application: web.Application
    connections: Connections
    loops: Sequence[Loop]


@asynccontextmanager
async def open_record_at(settings: Settings) -> AsyncIterator[SqlRecord]:
    """Open the record that the settings name; the embedded one is made and upgraded, another must be up to date.

    Raises:
        SchemaOutdated: a database server lacks migrations; the text says what to run.
        RecordUnavailable: it cannot be reached.
    """
    if settings.database is None:
        settings.data.mkdir(parents=True, exist_ok=True)
    try:
        record = open_record(settings.database_url)
    except ValueError as wrong:
        raise RecordUnavailable(str(wrong)) from None
    try:
        await ensure_schema(record.engine, upgrade=settings.database is None)
        yield record
    finally:
        await record.close()


@asynccontextmanager
async def open_partners(settings: Settings) -> AsyncIterator[tuple[SqlRecord, Partners]]:
    """Open the record and the partner service alone, for administrative commands."""
    async with open_record_at(settings) as record:
        yield record, Partners(record, SystemClock(), Ids(), f"cli:{getuser()}")


@asynccontextmanager
async def open_daily_reports(settings: Settings) -> AsyncIterator[tuple[SqlRecord, DailyReports]]:
    """Open the record and the daily reports beside a running gateway, for administrative commands."""
    agreements = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    async with open_record_at(settings) as record:
        clock = SystemClock() if settings.manual_clock is None else ManualClock(settings.manual_clock)
        yield record, DailyReports(record, Desk(agreements, MACHINES, Ids()), clock)


@asynccontextmanager
async def open_reports(settings: Settings, measures: Path | None = None) -> AsyncIterator[Reports]:
    """Open the record for reports, by other terms of Exhibit B if a file is given.

    Raises:
        TermsError, AgreementError: the terms cannot be used.
        SchemaOutdated, RecordUnavailable: see `open_record_at`.
    """
    agreements = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    async with open_record_at(settings) as record:
        yield Reports(record, agreements, load_measure_terms(measures))


@asynccontextmanager
async def open_registers_at(settings: Settings) -> AsyncIterator[Registers]:
    """Open the record and its registers beside a running gateway, for administrative commands."""
    async with open_record_at(settings) as record:
        yield Registers(record, SystemClock(), Ids())


@asynccontextmanager
async def open_certifying(settings: Settings) -> AsyncIterator[Certifying]:
    """Open the record and what grants certifications beside a running gateway, for administrative commands."""
    agreements = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    async with open_record_at(settings) as record:
        yield Certifying(record, Registers(record, SystemClock(), Ids()), agreements)


@asynccontextmanager
async def open_examination(settings: Settings) -> AsyncIterator[Examination]:
    """Open the record of a test environment for what its partners have shown there."""
    agreements = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    async with open_record_at(settings) as record:
        yield Examination(record, Desk(agreements, MACHINES, Ids()), _suites())


def _suites() -> Suites:
    return Suites.read(bundled_path("config") / "sate" / "certification.yaml")


@asynccontextmanager
async def open_partner_files(settings: Settings) -> AsyncIterator[PartnerFiles]:
    """Open what operators know of partners, for administrative commands.

    Raises:
        AgreementError: an agreement file is wrong.
        SchemaOutdated, RecordUnavailable: see `open_record_at`.
    """
    agreements = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    async with open_record_at(settings) as record:
        registers = Registers(record, SystemClock(), Ids())
        await registers.refresh()
        yield PartnerFiles(record, registers, agreements, SystemClock())


@asynccontextmanager
async def open_queue_at(settings: Settings) -> AsyncIterator[Queue]:
    """Open the record and its queue beside a running gateway, for administrative commands."""
    async with open_record_at(settings) as record:
        queue = open_queue(record, redis_url(settings), settings.environment, SystemClock(), queue_terms(settings))
        try:
            yield queue
        finally:
            await queue.close()


def redis_url(settings: Settings) -> str:
    """Give where Redis is: the server that is set, else the socket of the private one."""
    return settings.redis or f"unix://{socket_path(_redis_folder(settings))}"


def _redis_folder(settings: Settings) -> Path:
    return settings.data / "redis"


def _private_redis(settings: Settings, clock: Clock) -> EmbeddedRedis:
    binary = server_binary(settings.embedded_redis)
    return EmbeddedRedis(_redis_folder(settings), clock, binary, fsync=Fsync(settings.embedded_fsync))


def queue_terms(settings: Settings) -> QueueTerms:
    """Give the queue's patience as the settings have it."""
    return QueueTerms(stale_after=timedelta(seconds=settings.claim_seconds), attempts=settings.work_attempts)


@asynccontextmanager
async def open_gateway(settings: Settings) -> AsyncIterator[Gateway]:
    """Build the whole gateway, and take it down in the opposite order.

    Raises:
        AgreementError: an agreement file is wrong; every problem is listed.
        TerritoryWrong: a file of reference data is wrong; every line that is wrong is listed.
        SchemaOutdated, RecordUnavailable: see `open_record_at`.
    """
    agreements = load_agreements(settings.agreements or bundled_path("config") / "agreements")
    async with AsyncExitStack() as stack:
        record = await stack.enter_async_context(open_record_at(settings))
        machine = SystemClock()
        if settings.redis is None:
            await stack.enter_async_context(_private_redis(settings, machine))
        queue = open_queue(record, redis_url(settings), settings.environment, machine, queue_terms(settings))
        stack.push_async_callback(queue.close)
        ids = Ids()
        registers = Registers(record, machine, ids)
        await registers.refresh()
        desk = Desk(agreements, MACHINES, ids, registers.dossier)
        sources = reference_data(_sources(settings), machine)
        stack.push_async_callback(sources.close)
        sandbox = await _open_sandbox(settings, record, machine)
        yield _assemble(settings, desk, record, queue, machine, registers, sources, sandbox)


def _sources(settings: Settings) -> Path | IlecTerms:
    if settings.ilec_url is None:
        return settings.territory or bundled_path("config") / "territory"
    keep = timedelta(minutes=settings.ilec_keep_minutes)
    return IlecTerms(settings.ilec_url, settings.ilec_key, settings.ilec_seconds, keep)


@dataclass(frozen=True, slots=True)
class _BeforeOrders:
    """What is answered and held before anything is ordered."""

    preorder: PreOrder
    checks: ReferenceChecks
    query_log: QueryLog
    due: tuple[Callable[[], Awaitable[object]], ...]


def _before_orders(
    settings: Settings,
    desk: Desk,
    judge: Judge,
    record: SqlRecord,
    sources: ReferenceData,
    clock: Clock,
    metrics: Metrics,
) -> _BeforeOrders:
    terms = HoldTerms(timedelta(hours=settings.number_hold_hours), timedelta(hours=settings.appointment_hold_hours))
    holds, query_log = Holds(HoldBook(record), sources, clock, desk.ids, terms), QueryLog(record)
    customers = CustomerRecords(record, PreOrderReads(record), sources, clock, desk.ids)
    preorder = PreOrder(record, desk, sources, answered_of_record(holds, customers), query_log, clock, metrics)
    checks = ReferenceChecks(sources, HoldBook(record), settings.order_check_seconds)
    rechecks = Rechecks(record, PreOrderReads(record), desk, judge, checks, clock)
    return _BeforeOrders(preorder, checks, query_log, (holds.release_due, rechecks.run_due))


@dataclass(frozen=True, slots=True)
class _Sandbox:
    """What only the test environment has."""

    times: PartnerTimes
    kept: KeptTimes
    script: Script
    suites: Suites


async def _open_sandbox(settings: Settings, record: SqlRecord, machine: Clock) -> _Sandbox | None:
    if not settings.sandbox:
        return None
    kept = KeptTimes(record.engine)
    script = Script.read(bundled_path("config") / "sate" / "test-accounts.yaml")
    return _Sandbox(PartnerTimes(machine, await kept.all()), kept, script, _suites())


def _assemble(  # noqa: PLR0913, PLR0917 - what the whole is made of
    settings: Settings,
    desk: Desk,
    record: SqlRecord,
    queue: Queue,
    machine: SystemClock,
    registers: Registers,
    sources: ReferenceData,
    sandbox: _Sandbox | None,
) -> Gateway:
    # Contract time may be set by hand for a demonstration, and is each partner's own in the test environment; the
    # queue's patience always runs on the machine's time.
    manual = None if settings.manual_clock is None else ManualClock(settings.manual_clock)
    clock: Clock = sandbox.times if sandbox else manual or machine
    metrics, wake = Metrics(), queue.wakeup.ring
    schemas = Schemas()
    judge = Judge(schemas, desk.agreements, rule_book())
    decisions = Decisions(record, desk, judge, clock, metrics, wake)
    before = _before_orders(settings, desk, judge, record, sources, clock, metrics)
    keeper = ClockKeeper(record, desk, clock, metrics, wake, before.due)
    travel = TimeTravel(manual, record, keeper) if manual else None
    limits, audit = Limits(settings.body_limit, settings.request_seconds), AuditLog(record, machine)
    webhooks = _webhooks(settings, desk, record, clock, machine)
    intake, mailbox = Intake(record, desk, judge, clock, wake, before.checks), Mailbox(record, clock)
    soap = SoapDoor(intake, mailbox, before.preorder, metrics, limits)
    files = PartnerFiles(record, registers, desk.agreements, clock)
    holder = desk.ids.new("key", machine.now())
    bell = Wakeup(machine)
    batches = Batches(record, clock, bell.ring)
    shift = Shift(Lease(record, machine, "batches", holder, queue.terms.lease), bell, machine)
    doors: list[Door] = [
        ClecDoor(record, desk, intake, mailbox, metrics, limits),
        BatchDoor(batches, Limits(settings.batch_limit, settings.batch_seconds)),
        PreOrderDoor(before.preorder, limits),
        BackendDoor(queue.claims, decisions, limits),
        OperationsDoor(record, queue.sweep, clock, travel, audit, limits),
        KeysDoor(Keys(record, machine, desk.ids, audit), limits),
        soap,
        WebhooksDoor(WebhookEndpoints(record, clock, audit), webhooks.tools, limits),
        ReportsDoor(DailyReports(record, desk, clock)),
        RegistersDoor(registers, limits),
        MonthlyReportsDoor(ReportsOnRequest(partial(open_reports, settings), clock)),
        PartnerFilesDoor(files),
        AnnouncementsDoor(files),
    ]
    # Where each partner's clock stands until it is moved, the deadlines fire as it moves.
    run_time = keeper.run
    if sandbox:
        back_end = ScriptedBackEnd(record, desk, judge, decisions, sandbox.script, sandbox.times)
        by_hand = PartnerTravel(sandbox.times, sandbox.kept, record, keeper, back_end)
        doors.append(SandboxDoor(by_hand, sandbox.script, Examination(record, desk, sandbox.suites), limits))
        run_time = back_end.run
    routes = tuple(route for door in doors for route in door.routes())
    open_door = OpenDoor(record, queue.streams.ping, clock, metrics, asyncapi_yaml())
    gatekeeper = Gatekeeper(record, machine, _rates(settings))
    tokens = Tokens(record, machine, desk.ids, timedelta(seconds=settings.token_seconds))
    oauth = OAuthDoor(gatekeeper, tokens, limits)
    oauth.describe(routes)
    open_routes = (*open_door.routes(), *oauth.routes(), *soap.open_routes())
    open_door.describe(routes, open_routes)
    connections = Connections(_connection_limits(settings), metrics)
    application = web_application(
        routes,
        open_routes,
        gatekeeper,
        settings.body_limit,
        [connections.watched],
    )
    handling = Handling(decisions.take, (Refused, DecisionInvalid))
    # What explains a refused document takes half a second to make: not before the first order can be taken.
    prepare = partial(asyncio.to_thread, schemas.prepare, *FAMILIES)
    loops: list[Loop] = [
        queue.relay(holder).run,
        queue.decision_reader(holder, handling).run,
        run_time,
        webhooks.run,
        before.query_log.run,
        prepare,
        partial(registers.run, machine),
        BatchRunner(record, intake, schemas, clock, shift, metrics).run,
    ]
    if settings.drop_folder is not None:
        loops.append(DropFolder(settings.drop_folder, batches, machine, settings.batch_limit).run)
    return Gateway(application, connections, loops)


@dataclass(frozen=True, slots=True)
class _Webhooks:
    """What sends webhooks, and what the door needs of it."""

    deliverer: Deliverer
    sender: Sender
    tools: Tools
    machine: Clock

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            await self.deliverer.run(lambda: self.machine.wait_until(self.machine.now() + _WEBHOOKS_LOOK_EVERY))
        finally:
            await self.sender.close()


def _webhooks(settings: Settings, desk: Desk, record: SqlRecord, clock: Clock, machine: Clock) -> _Webhooks:
    guard, signer = AddressGuard(settings.webhook_private_networks), Signer(own_secret(settings.own_secret_file))
    sender, clocks = Sender(guard), Clocks(clock, machine)
    courier = Courier(sender, signer, clocks)
    lease = Lease(record, machine, "webhooks", desk.ids.new("key", machine.now()), timedelta(seconds=15))
    terms = WebhookTerms(window=timedelta(hours=settings.webhook_hours))
    deliverer = Deliverer(record, desk, courier, clocks, terms, SystemRandom(), lease)
    return _Webhooks(deliverer, sender, Tools(guard, signer, courier, desk.ids, machine), machine)


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return server_context(
        TlsFiles(
            settings.tls_certificate, settings.tls_key, settings.tls_client_ca, required=settings.tls_client_required
        )
    )


def _connection_limits(settings: Settings) -> ConnectionLimits:
    return ConnectionLimits(
        settings.connections, settings.connections_per_address, settings.head_seconds, settings.idle_seconds
    )


def _rates(settings: Settings) -> Rates:
    """Give the limits of each partner, and of bad keys by address."""
    partner = Rate(settings.partner_rate, settings.partner_burst or max(1, round(settings.partner_rate)))
    bad_keys = Rate(settings.bad_keys_per_minute / 60, settings.bad_keys_per_minute)
    return Rates(partner if settings.partner_rate else None, bad_keys, _PUT_OFF_SECONDS)


async def serve(settings: Settings, ready: Callable[[str], None], stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then finish what was begun and stop.

    Args:
        settings: see `Settings`.
        ready: is called with the base URL once orders can be taken.
        stop: set by a signal.
    """
    async with open_gateway(settings) as gateway:
        loops = [asyncio.ensure_future(loop()) for loop in gateway.loops]
        try:
            # Requests under way are answered first; then the loops stop, and the record closes last.
            address = (settings.host, settings.port)
            async with listening(gateway.application, gateway.connections, address, _tls(settings)) as url:
                ready(url)
                await stop.wait()
        finally:
            await _end(loops)


async def _end(loops: Iterable[asyncio.Future[None]]) -> None:
    """Cancel the loops until all have ended: one cancellation may be lost in a library's time-out that it meets."""
    running = set(loops)
    while running:
        for loop in running:
            loop.cancel()
        _, running = await asyncio.wait(running, timeout=1.0)
